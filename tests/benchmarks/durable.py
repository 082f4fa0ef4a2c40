"""One durable record without its process, against open, write, fsync and close alone."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from kpicli.model.period import read_period
from kpicli.model.record import Record
from kpicli.store.log.append import LogState, Write, append
from kpicli.store.log.codec import write_line
from tests.benchmarks.programs import Cost

ONE = """\
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
int main(int count, char **words) { /* FILE LINE: one append for every byte that is read */
    struct timespec start, end;
    size_t size = strlen(words[count - 1]);
    while (getchar() != EOF) {
        clock_gettime(CLOCK_MONOTONIC, &start);
        int file = open(words[1], O_WRONLY | O_APPEND | O_CREAT, 0600);
        if (write(file, words[2], size) != (ssize_t)size || fsync(file) || close(file)) return 1;
        clock_gettime(CLOCK_MONOTONIC, &end);
        printf("%.9f\\n", end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9);
        fflush(stdout);
    }
    return 0;
}
"""
DRAFT = Record("revenue_0000", read_period("2026-10-31"), Decimal("51234.56"), "", by="finance")
OURS = "one record, kpi"


def appended(folder: Path, times: int) -> dict[str, list[Cost]]:
    """Seconds by the clock, in which the disk is waited for, of one record in each way in turn."""
    line = write_line(DRAFT._replace(at="2026-11-02T08:15:30.123456Z"))[0]
    found: dict[str, list[Cost]] = {OURS: []}
    with _alone(folder, line) as (name, write):
        found[name] = []
        for turn in range(times + 1):
            ours, theirs = _recorded(folder / "ours.jsonl"), write()
            if turn:  # the first makes the files
                found[OURS].append(Cost(ours))
                found[name].append(Cost(theirs))
    return found


def _recorded(log: Path) -> float:
    known = LogState(_identity(log), {})
    start = perf_counter()
    append(str(log), log.name, Write([DRAFT], known, lambda: known, is_final=True))
    return perf_counter() - start


def _identity(log: Path) -> tuple[int, int, int] | None:
    if not log.exists():
        return None
    found = os.stat(log)
    return found.st_dev, found.st_ino, found.st_size


@contextmanager
def _alone(folder: Path, line: bytes) -> Iterator[tuple[str, Callable[[], float]]]:
    """What the system calls take: in C where there is a compiler, else as `dd` counts it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        (folder / "line").write_bytes(line)
        yield "open, write, fsync, close of dd", lambda: _copied(folder)
        return
    (folder / "one.c").write_text(ONE)
    subprocess.run([compiler, "-O2", "-o", folder / "one", folder / "one.c"], check=True)
    program: list[str | bytes | Path] = [folder / "one", folder / "theirs.jsonl", line]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        yield "open, write, fsync, close in C", lambda: _asked(child)


def _asked(child: "subprocess.Popen[bytes]") -> float:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(b"\n")
    child.stdin.flush()
    return float(child.stdout.readline())


def _copied(folder: Path) -> float:
    words = ["dd", "if=line", "of=theirs.jsonl", "oflag=append", "conv=notrunc,fsync"]
    done = subprocess.run(
        words, cwd=folder, env={"LC_ALL": "C"}, check=True, capture_output=True, text=True
    )
    return float(re.findall(r", ([0-9.e-]+) s,", done.stderr)[0])
