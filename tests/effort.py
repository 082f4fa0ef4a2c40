"""How the effort of a call grows with its input: lines of Python run, and time for what C does."""

import sys
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import Any

Task = Callable[[], object]


def assert_linear(task: Callable[[int], Task], size: int) -> None:
    """Twice the input runs at most 2.5 times the lines; `task(size)` prepares what is counted."""
    ratio = lines_run(task(2 * size)) / lines_run(task(size))
    assert ratio <= 2.5, f"{ratio:.2f} times the lines for twice the size"


def assert_linear_in_c(task: Callable[[int], Task], size: int) -> None:
    """As `assert_linear`, for regular expressions: by time, where n² takes 4.

    What is slow is tried again, since others may have had the processor.
    """
    small, large = task(size), task(2 * size)
    ratios = (seconds(large, runs) / seconds(small, runs + 1) for runs in (1, 2, 3, 4))
    assert any(ratio <= 3 for ratio in ratios), "more than 3 times the time for twice the size"


def lines_run(task: Task) -> int:
    """The lines of Python that a task runs, in whatever module."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    tracer = sys.gettrace()
    sys.settrace(trace)
    try:
        task()
    finally:
        sys.settrace(tracer)
    return count


def seconds(task: Task, runs: int) -> float:
    """The processor time of a task: the least of some runs."""
    durations = []
    for _ in range(runs):
        start = process_time()
        task()
        durations.append(process_time() - start)
    return min(durations)
