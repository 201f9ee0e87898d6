"""Work that forked processes share: in order, none lost, whatever becomes of a process."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import os, signal, sys
from briefing.storage.index.workers import in_order

def work(task):
    if task == "end":
        os._exit(1)
    return [task, os.getpid()]

def once(task):
    if task[0] == 3 and not os.path.exists(task[1]):
        open(task[1], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return task[0]

"""


def run(script: str, *arguments: str) -> list[str]:
    """What the script prints; it runs in a process of its own, since only one without threads may fork."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT + script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split()


def test_results_come_in_order_from_several_processes() -> None:
    script = """
results = list(in_order(range(300), work, 3))
print([number for number, _ in results] == list(range(300)))
print(1 < len({process for _, process in results} - {os.getpid()}) <= 3)
"""
    assert run(script) == ["True", "True"]


def test_with_one_all_is_done_here() -> None:
    assert run("print(list(in_order('ab', work, 1)) == [['a', os.getpid()], ['b', os.getpid()]])") == ["True"]


def test_what_is_larger_than_a_pipe_goes_through_it_both_ways() -> None:
    script = """
print([len(text) for text, _ in in_order((str(n) * 400_000 for n in range(10)), work, 2)] == [400_000] * 10)
"""
    assert run(script) == ["True"]


def test_no_more_is_begun_than_can_wait() -> None:
    script = """
begun = []
def tasks():
    for number in range(1000):
        begun.append(number)
        yield number
most = 0
for number, _ in in_order(tasks(), work, 2):
    most = max(most, len(begun) - number)
print(2 < most <= 50)
"""
    assert run(script) == ["True"]


def test_what_ends_its_process_twice_is_none_and_costs_nothing_else() -> None:
    script = """
tasks = [0, 1, 2, "end", 4, 5, "end", "end", 8, 9]
print([result and result[0] for result in in_order(tasks, work, 2)])
"""
    assert "".join(run(script)) == "[0,1,2,None,4,5,None,None,8,9]"


def test_what_a_process_was_about_when_it_was_killed_is_done_by_another(tmp_path: object) -> None:
    script = "print(list(in_order(([n, sys.argv[1]] for n in range(6)), once, 2)))"
    assert "".join(run(script, f"{tmp_path}/once")) == "[0,1,2,3,4,5]"


def test_no_process_is_left_when_nobody_asks_on() -> None:
    script = """
results = in_order(range(1000), work, 3)
processes = {next(results)[1] for _ in range(60)}
results.close()
left = 0
for process in processes:
    try:
        os.kill(process, 0)
        left += 1
    except ProcessLookupError:
        pass
print(len(processes) > 0, left)
"""
    assert run(script) == ["True", "0"]
