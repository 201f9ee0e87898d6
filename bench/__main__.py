"""Every measure beside its peers in one run: `make bench`, or `python -m bench [PART …]`.

Prints a table, and writes all values as JSON and what has a limit as a picture. Ratios are taken within a round, so
that others at work on the machine count on both sides. Nothing is written to the officer's own folders.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import indexing, keys, large, resting, searches, starts
from bench.chart import chart
from bench.figures import Figure, machine, table, write_json
from bench.packs import Packs

SMALL, LARGE = 1000, 10_000
"""Documents."""
_SESSIONS = {SMALL: 10, LARGE: 50}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="bench", description="Every measure beside its peers in one run.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(_PARTS)} (all)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each start is measured (7)")
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} documents rather than {SMALL:,}; takes long")
    parser.add_argument("--documents", type=int, help="so many documents")
    parser.add_argument("--sessions", type=int, help="so many idle sessions")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), help="where all values go")
    parser.add_argument("--chart", type=Path, default=Path("build/speed.svg"), help="where the picture goes")
    options = parser.parse_args()
    unknown = set(options.parts) - set(_PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    documents = options.documents or (LARGE if options.large else SMALL)
    options.sessions = options.sessions or _SESSIONS[LARGE if options.large else SMALL]
    about = machine()
    print(", ".join(f"{name} {value}" for name, value in about.items()))
    figures: list[Figure] = []
    broken: list[str] = []
    with TemporaryDirectory() as folder:
        packs = Packs(Path(folder), documents)
        for name in options.parts or _PARTS:
            began = time.monotonic()
            print(f"\n{name}", end="", flush=True)
            try:
                found = _PARTS[name](packs, options)
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:  # the other parts are worth having
                broken.append(name)
                print(f": cannot be measured: {error}", flush=True)
                continue
            figures += found
            print(f", {time.monotonic() - began:.0f} s", *table(found), sep="\n", flush=True)
    about |= {"load_after": machine()["load"], "rounds": options.rounds, "documents": documents}
    write_json(options.json, figures, about)
    caption = f"{about['processors']} processors, Python {about['python']}, {options.rounds} rounds; "
    caption += f"the load of the machine was {about['load']} at first and {about['load_after']} in the end"
    options.chart.parent.mkdir(parents=True, exist_ok=True)
    options.chart.write_text(chart(figures, caption), encoding="utf-8")
    missed = [figure.name for figure in figures if figure.is_kept is False]
    print(f"\n{len(missed)} limits missed{': ' if missed else ''}{'; '.join(missed)}")
    print(f"all values are in {options.json}, the picture in {options.chart}")
    if broken:
        sys.exit(f"not measured: {', '.join(broken)}")


def _few(options: argparse.Namespace) -> int:
    """Rounds of what takes long or is measured many times in a round."""
    rounds: int = options.rounds
    return max(1, rounds * 3 // 7)


_PARTS: dict[str, Callable[[Packs, argparse.Namespace], list[Figure]]] = {
    "starts": lambda packs, options: starts.measure(packs, options.rounds),
    "keys": lambda packs, options: keys.measure(packs, _few(options)),
    "10mb": lambda packs, options: large.measure(packs, options.rounds),
    "search": lambda packs, options: searches.measure(packs, _few(options)),
    "index": lambda packs, options: indexing.measure(packs, _few(options)),
    "memory": lambda packs, options: resting.measure(packs, _few(options), options.sessions),
}


if __name__ == "__main__":
    main()
