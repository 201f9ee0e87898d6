"""Speed, memory and growth of finding names, beside spaCy's small model on the same text, in turn in one run.

`python -m bench.extraction [--rounds N] [--documents N …] [--python PATH]` prints two tables. The text is made of the
lines of the seeds in ever new order, half of their people and places under invented names, so that nothing learned from
one document flatters the next. Every measurement is made in a process of its own, which tells its own peak of memory.
This one imports nothing large: on Linux a process begins with the peak of the one that started it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from briefing.model import Document

ROOT = Path(__file__).resolve().parent.parent
WORDS = 300
"""Words in a document, at the least."""
COMPARED = 100
"""Documents on which rules and model are compared."""
REPEATED = 1000
"""Documents up to which a measurement is repeated."""
_SYLLABLES = ("ba", "ce", "dor", "fen", "gi", "hal", "jor", "ka", "lim", "mo", "nar", "ost", "pel", "qui", "ras", "sen")
_GAP = "\0"


class Measured(NamedTuple):
    """What one process found out about itself."""

    load: float
    """Seconds until the first document could be read, the start of Python itself left out."""
    seconds: float
    """Of the processor, to find and link the names in all documents: others at work on the machine count less."""
    words: int
    peak: float
    """Megabytes of memory."""


def main() -> None:
    """Print both tables, or, as a process started for it, make or measure one thing."""
    parser = argparse.ArgumentParser(prog="bench.extraction")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000, 10000])
    parser.add_argument("--python", default=sys.executable, help="a Python that has spaCy, if this one has not")
    parser.add_argument("--part", nargs=3, metavar=("NAME", "TEXTS", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        name, texts, count = options.part
        print(json.dumps(_PARTS[name](Path(texts), int(count))))
        return
    with TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        _in_process(options.python, "texts", texts, max(COMPARED, *options.documents))
        _compare(options.python, texts, options.rounds)
        _grow(options.python, texts, sorted(options.documents), options.rounds)


def _in_process(python: str, part: str, texts: Path, count: int) -> Measured:
    arguments = [python, "-m", "bench.extraction", "--part", part, str(texts), str(count)]
    run = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Measured(*json.loads(run.stdout))


def _compare(python: str, texts: Path, rounds: int) -> None:
    names = ["lists", "rules", "model", "both"]
    check = "import sys; from briefing.extraction.model_names import name_model_installed as has; sys.exit(not has())"
    if subprocess.run([python, "-c", check], cwd=ROOT, check=False).returncode:
        print("spaCy is not installed: the rules alone (--python names a Python that has it)\n")
        names = names[:2]
    taken: dict[str, list[Measured]] = {name: [] for name in names}
    for number in range(rounds + 1):
        for name in names:
            one = _in_process(python, name, texts, COMPARED)
            if number:  # the first round warms the caches of the disk
                taken[name].append(one)
    words = taken["rules"][0].words
    print(f"{f'{COMPARED} documents, {words} words':28} {'load s':>7} {'words/s':>8} {'from':>7} {'to':>7}", end="")
    print(f" {'x rules':>8} {'peak MB':>8} {'x rules':>8}")
    for name, runs in taken.items():
        load, peak = median(one.load for one in runs), median(one.peak for one in runs)
        speeds = [one.words / one.seconds for one in runs if one.seconds]
        print(f"{_MEANING[name]:28} {load:7.3f} ", end="")
        if speeds:
            beside = [one.words / one.seconds for one in taken["rules"]]
            ratio = median(speed / base for speed, base in zip(speeds, beside, strict=True))
            print(f"{median(speeds):8.0f} {min(speeds):7.0f} {max(speeds):7.0f} {ratio:8.2f} ", end="")
        else:
            print(" " * 34, end="")
        print(
            f"{peak:8.0f} {median(one.peak / base.peak for one, base in zip(runs, taken['rules'], strict=True)):8.2f}"
        )


def _grow(python: str, texts: Path, sizes: Sequence[int], rounds: int) -> None:
    taken: dict[int, list[Measured]] = {size: [] for size in sizes}
    for number in range(rounds):
        for size in sizes:
            if number == 0 or size <= REPEATED:
                taken[size].append(_in_process(python, "rules", texts, size))
    print(f"\n{'growth of the rules':20} {'words':>8} {'seconds':>8} {'µs/word':>8} {'x first':>8} {'peak MB':>8}")
    first = None
    for size, runs in taken.items():
        seconds = median(one.seconds for one in runs)
        each = seconds / runs[0].words * 1e6
        first = first or each
        peak = median(one.peak for one in runs)
        print(f"{f'{size} documents':20} {runs[0].words:8} {seconds:8.2f} {each:8.1f} {each / first:8.2f} {peak:8.0f}")


def _write_texts(path: Path, count: int) -> Measured:
    """Writes `count` documents to the file at `path`, one a line in JSON."""
    from briefing.extraction.entities import extract_mentions
    from briefing.model import EntityType
    from briefing.storage.pack_folder import read_pack

    began = time.perf_counter()
    words = 0
    lines: list[str] = []
    known: set[str] = set()
    for document in read_pack([ROOT / "seeds"]).documents:
        signs = list(document.text)
        for mention in extract_mentions([document]):
            if mention.type in (EntityType.PERSON, EntityType.PLACE):
                known.add(mention.text)
                signs[mention.span.start : mention.span.end] = [_GAP, *[""] * (len(mention.text) - 1)]
        lines += [line for line in "".join(signs).split("\n") if line]
    random = Random(1)  # noqa: S311 - the same texts every time
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            text = _text(random, lines, sorted(known))
            words += len(text.split())
            file.write(json.dumps(text) + "\n")
    return Measured(0, time.perf_counter() - began, words, _peak())


def _text(random: Random, lines: Sequence[str], known: Sequence[str]) -> str:
    chosen: list[str] = []
    words = 0
    while words < WORDS:
        line = random.choice(lines)
        chosen.append(line)
        words += len(line.split())
    names = [*random.sample(known, 4), _invented(random), _invented(random)]
    names += [f"{_invented(random)} {_invented(random)}" for _ in range(2)]
    first, *parts = "\n\n".join(chosen).split(_GAP)
    return first + "".join(random.choice(names) + part for part in parts)


def _invented(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(2, 4))).capitalize()


def _measured(ready: Callable[[], Callable[[list[Document]], object]], path: Path, count: int) -> Measured:
    """Gets ready, then reads the first `count` documents of the file at `path`."""
    from briefing.parsing import parse_document

    began = time.perf_counter()
    read = ready()
    load = time.perf_counter() - began
    with path.open(encoding="utf-8") as file:
        texts: list[str] = [json.loads(line) for line in islice(file, count)]  # no more, to keep the peak its own
    documents = [parse_document(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    words = sum(len(text.split()) for text in texts)
    began = time.process_time()
    read(documents)
    return Measured(load, time.process_time() - began, words, _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _lists(_path: Path, _count: int) -> Measured:
    """The lists of names alone, what reads them loaded beforehand."""
    from briefing.extraction.entities.names import listed_names

    began = time.perf_counter()
    listed_names()
    return Measured(time.perf_counter() - began, 0, 0, _peak())


def _rules() -> Callable[[list[Document]], object]:
    from briefing.extraction.entities import extract_mentions
    from briefing.parsing import parse_document

    extract_mentions([parse_document("a.txt", b"Mr. Smith left.")])  # reads all lists
    return extract_mentions


def _model() -> Callable[[list[Document]], object]:
    from briefing.extraction.model_names import load_name_model

    model = load_name_model()
    return lambda documents: [list(model([block.shown.text for block in document.blocks])) for document in documents]


def _both() -> Callable[[list[Document]], object]:
    from briefing.extraction.entities import extract_mentions
    from briefing.extraction.model_names import load_name_model
    from briefing.parsing import parse_document

    model = load_name_model()
    extract_mentions([parse_document("a.txt", b"Mr. Smith left.")])
    return lambda documents: extract_mentions(documents, (), model)


_PARTS: dict[str, Callable[[Path, int], Measured]] = {
    "texts": _write_texts,
    "lists": _lists,
    "rules": lambda path, count: _measured(_rules, path, count),
    "model": lambda path, count: _measured(_model, path, count),
    "both": lambda path, count: _measured(_both, path, count),
}
_MEANING = {
    "lists": "the lists of names alone",
    "rules": "rules",
    "model": "spaCy's small model alone",
    "both": "the model under the rules",
}


if __name__ == "__main__":
    main()
