"""Search as it is typed, letter by letter to the first page, beside a search of the same files without an index."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.figures import Figure, Held, Limit
from bench.line import ROOT
from bench.packs import Packs, environment
from briefing.analysis.query import parse_query
from briefing.analysis.query_error import QueryError
from briefing.storage.index.basis import basis_of
from briefing.storage.index.place import reading
from briefing.storage.index.search import PassageIndex, most_at_first
from briefing.storage.pack_files import list_pack

TYPED = (
    "logistics hub",
    '"public opinion"',
    "demining NOT winter",
    "convoys OR pilots",
    "radar after:2024",
    "role:escort budget",
    "type:PERSON minister",
    'entity:"coast guard" radar',
    r"~\d+ officers",
)
"""What is typed, each letter a search."""
_THROUGH_FILES = {"rg": ("rg", "-c"), "grep": ("grep", "-rc")}


def measure(packs: Packs, rounds: int) -> list[Figure]:
    """Every letter of everything in `TYPED` in every round; the other program looks for one word."""
    pack = packs.indexed(packs.documents)
    command = [sys.executable, "-m", "bench.searches", str(pack), str(rounds)]
    run = subprocess.run(command, cwd=ROOT, env=environment(packs.home), stdout=subprocess.PIPE, check=True)
    letters = tuple(json.loads(run.stdout))
    name = f"search as typed, {packs.documents:,} documents"
    figures = []
    for program, (called, *options) in _THROUGH_FILES.items():
        if path := shutil.which(called):
            values = tuple(_through_files([path, *options, "logistics", str(pack)]) for _ in range(rounds))
            figures.append(Figure(f"{program} through the same files", "ms", values, about="cached by the system"))
            break
    return [Figure(name, "ms", letters, limit=Limit(Held.P95, 50), about="a letter, to the first page"), *figures]


def _through_files(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1000


def letters(pack: Path, rounds: int) -> list[float]:
    """Milliseconds of the search for every letter typed."""
    files = list_pack([pack])
    taken = []
    with reading([pack], basis_of(files.rules.names, files.settings.ner)) as index:
        if index is None:
            raise RuntimeError(f"no sound index of {pack}")
        passages = PassageIndex(index.beside())
        for _ in range(rounds):
            for text in TYPED:
                for end in range(1, len(text) + 1):
                    began = time.perf_counter()
                    try:
                        query = parse_query(text[:end], typing=True)
                        passages.page(passages.find(query, most=most_at_first(query)), 0)
                    except QueryError:  # not yet anything
                        continue
                    taken.append((time.perf_counter() - began) * 1000)
    return taken


if __name__ == "__main__":
    print(json.dumps(letters(Path(sys.argv[1]), int(sys.argv[2]))))
