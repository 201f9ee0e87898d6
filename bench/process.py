"""What processes use, as Linux tells it in /proc."""

from __future__ import annotations

from pathlib import Path

IS_TOLD = Path("/proc/self/smaps_rollup").exists()
"""Whether this system tells it."""


def family(pid: int) -> list[int]:
    """The process and all that it has started, and so on; those that have ended in the meantime are left out."""
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in _read(path).split()]
    return found


def memory(pid: int) -> float:
    """Megabytes (of 2^20 bytes) of proportional set size of the process and those it has started."""
    lines = [line for one in family(pid) for line in _read(Path(f"/proc/{one}/smaps_rollup")).splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def processor_time(pid: int) -> float:
    """Milliseconds that the process and those it has started have run, all threads."""
    paths = [path for one in family(pid) for path in Path(f"/proc/{one}/task").glob("*/schedstat")]
    return sum(int(text.split()[0]) for path in paths if (text := _read(path))) / 1e6


def wake_ups(pid: int) -> int:
    """How often a thread of the process, or of those it has started, has waited for something and gone on."""
    paths = [path for one in family(pid) for path in Path(f"/proc/{one}/task").glob("*/status")]
    lines = [line for path in paths for line in _read(path).splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches:"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:  # it has ended
        return ""
