"""Trials: what is left of acknowledged entries after writers at once, and after a full disk.

    python tests/benchmarks/trials.py [--rounds N]

The `kpi` that is installed beside the Python that runs it, and Watson and jrnl, which it installs
with pip in an environment that is thrown away, go through the same: ten entries are made one by
one; then two or sixteen writers make more at once, or one writes on until the disk is full (a
small tmpfs for root, else a limit on the size of files), and space is made again. The folder for
temporary files is on another disk; where it is on the full one, Watson keeps all it has. An entry
is acknowledged where the program exits 0, and kept where its own listing still shows it. The exit
code is 1 where kpi did not keep one.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.programs import BIN, environment, installed

EARLIER = 10
AT_ONCE = {2: 20, 16: 5}
"""How many writers, and how many entries each of them makes."""

UNTIL_FULL, REFUSALS = 150, 5
"""Entries to try on the full disk, and how many of them are refused before it is enough."""

SMALL, FREE, BLOCK = 65_536, 8_192, 512
"""Bytes of the small disk, those left on it after the first entries, and the unit of a limit."""

MOST = EARLIER + UNTIL_FULL
SECONDS = 60


class Program(NamedTuple):
    """One that keeps entries: how to add the one of a number, and to list them all."""

    name: str
    add: tuple[str, ...]
    """`{number}` in it is that number in four digits, `{hour}` and `{next}` instants of its own."""
    listing: tuple[str, ...]
    shown: str
    """The entry of `{number}`, in what is listed."""
    variables: Mapping[str, str]

    def words(self, number: int) -> list[str]:
        """The command that adds the entry of that number."""
        day, hour = 1 + number // 20, number % 20
        hours = {"hour": f"2026-09-{day:02} {hour:02}:00", "next": f"2026-09-{day:02} {hour:02}:30"}
        return [word.format(number=f"{number:04}", **hours) for word in self.add]


class Outcome(NamedTuple):
    """What happened: entries acknowledged and tried, and those of them and before that are kept."""

    tried: int
    acknowledged: int
    kept: int
    earlier: int
    is_listed: bool
    said: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost, and the program still reads what it wrote."""
        return self.is_listed and (self.kept, self.earlier) == (self.acknowledged, EARLIER)


def main() -> int:
    """Run every trial on every program, and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of each; 3 by default")
    given = parser.parse_args()
    is_whole = True
    with TemporaryDirectory() as name:
        home = Path(name).resolve()
        peers = installed(home, ("td-watson", "jrnl"))
        print(f"{'':30}{'tried':>7}{'exit 0':>8}{'kept':>6}{'earlier ' + str(EARLIER):>12}")
        for number in range(given.rounds):
            for trial, programs in _trials(home, number, peers):
                for program, outcome in programs:
                    _show(f"{trial}, {program.name}", outcome)
                    is_whole &= outcome.is_whole or program.name != "kpi"
    return int(not is_whole)


def _trials(
    home: Path, number: int, peers: Path
) -> Iterator[tuple[str, Iterator[tuple[Program, Outcome]]]]:
    for writers in AT_ONCE:
        store = home / f"{number}-{writers}"
        programs = _programs(home, store, peers)
        yield f"{writers} writers", ((one, _at_once(home, one, writers)) for one in programs)
    store = home / f"{number}-full"
    yield "disk full", _full_disks(home, store, peers)


def _show(name: str, outcome: Outcome) -> None:
    tried, acknowledged, kept, earlier, is_listed, said = outcome
    print(f"{name:30}{tried:7}{acknowledged:8}{kept:6}{earlier:12}", end="")
    print("" if is_listed else f"  can't be listed: {said}")


def _programs(home: Path, store: Path, peers: Path) -> Iterator[Program]:
    """Each with its files in `store`, and its settings beside it."""
    store.mkdir(exist_ok=True)
    board = store / "kpis.toml"
    board.write_text("".join(f"[kpis.entry_{number:04}]\n" for number in range(MOST)))
    record = ("record", "entry_{number}=10{number}", "--period", "2026-09", "--yes")
    kpi = (str(BIN / "kpi"), "-f", str(board))
    yield Program("kpi", (*kpi, *record), (*kpi, "status", "--json"), "10{number}", {})

    add = ("add", "--from", "{hour}", "--to", "{next}", "entry-{number}")
    watson, variables = str(peers / "watson"), {"WATSON_DIR": str(store / "watson")}
    yield Program("Watson", (watson, *add), (watson, "projects"), "entry-{number}", variables)

    settings, journal = home / f"{store.name}.yaml", store / "journal.txt"
    settings.write_text(f'version: ""\njournals: {{default: {{journal: "{journal}"}}}}\n')
    jrnl = (str(peers / "jrnl"), "--config-file", str(settings))
    text = "{hour}: entry-{number}. Ten orders were sent, and one of them came back at noon."
    yield Program("jrnl", (*jrnl, text), (*jrnl, "-9999", "--short"), "entry-{number}", {})


def _at_once(home: Path, program: Program, writers: int) -> Outcome:
    _prepare(home, program)
    each = AT_ONCE[writers]
    starts = range(EARLIER, EARLIER + writers * each, each)

    def written(start: int) -> list[int]:
        return [number for number in range(start, start + each) if _adds(home, program, number)]

    with ThreadPoolExecutor(writers) as pool:
        acknowledged = [number for some in pool.map(written, starts) for number in some]
    return _outcome(home, program, writers * each, acknowledged)


def _full_disks(home: Path, store: Path, peers: Path) -> Iterator[tuple[Program, Outcome]]:
    """Each program has a small disk of its own."""
    for index, _ in enumerate(_programs(home, store, peers)):
        with _small(store.with_name(f"{store.name}-{index}")) as (disk, is_mounted):
            program = [*_programs(home, disk, peers)][index]
            _prepare(home, program)
            if is_mounted:
                _fill(disk)
            prefix = () if is_mounted else _limited(disk)
            tried, acknowledged = _until_full(home, program, prefix)
            (disk / "filler").unlink(missing_ok=True)
            yield program, _outcome(home, program, tried, acknowledged)


def _until_full(home: Path, program: Program, prefix: Sequence[str]) -> tuple[int, list[int]]:
    acknowledged: list[int] = []
    for tried, number in enumerate(range(EARLIER, MOST)):
        if tried - len(acknowledged) == REFUSALS:
            return tried, acknowledged
        if _adds(home, program, number, prefix):
            acknowledged.append(number)
    return UNTIL_FULL, acknowledged


@contextmanager
def _small(folder: Path) -> Iterator[tuple[Path, bool]]:
    """A folder on a disk of its own, and whether it could be one."""
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder)
    is_mounted = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0
    try:
        yield folder, is_mounted
    finally:
        if is_mounted:
            subprocess.run(("umount", folder), check=True)


def _fill(disk: Path) -> None:
    found = os.statvfs(disk)
    (disk / "filler").write_bytes(bytes(max(0, found.f_bavail * found.f_frsize - FREE)))


def _limited(disk: Path) -> tuple[str, ...]:
    """A shell in which no file grows much longer than the longest in the folder."""
    files = (path for path in disk.rglob("*") if path.is_file() and path.name != "kpis.toml")
    longest = max(path.stat().st_size for path in files)
    return ("sh", "-c", f'ulimit -f {(longest + FREE // 2) // BLOCK}; exec "$@"', "sh")


def _prepare(home: Path, program: Program) -> None:
    for number in range(EARLIER):
        if not _adds(home, program, number):
            sys.exit(f"{program.words(number)} failed on a disk with space")


def _adds(home: Path, program: Program, number: int, prefix: Sequence[str] = ()) -> bool:
    return _run(home, program, [*prefix, *program.words(number)]).returncode == 0


def _outcome(home: Path, program: Program, tried: int, acknowledged: Sequence[int]) -> Outcome:
    done = _run(home, program, program.listing)

    def kept(numbers: Sequence[int]) -> int:
        return sum(program.shown.format(number=f"{one:04}") in done.stdout for one in numbers)

    said = " ".join((done.stderr or done.stdout).split())[:200]
    ours, before = kept(acknowledged), kept(range(EARLIER))
    return Outcome(tried, len(acknowledged), ours, before, done.returncode == 0, said)


def _run(home: Path, program: Program, words: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words,
        cwd=home,
        env={**environment(home), **program.variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


if __name__ == "__main__":
    sys.exit(main())
