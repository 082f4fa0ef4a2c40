"""Whatever becomes of a log, a reading by what is remembered of it says what any reading says."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random

import pytest

from kpicli.model.record import NOTE_ID
from kpicli.recording.undo import last_write
from kpicli.store.disk import DISK
from kpicli.store.log import Log, log_at, read
from kpicli.store.log.snapshot import index, recall
from tests.installed import Kpi, Run
from tests.store.histories import BOARD, KPIS, History
from tests.tiers import sampled

HISTORIES = {f"{seed}": seed for seed in range(500)}
SAMPLE = [f"{seed}" for seed in range(6)]
CHANGES = 12
ALL = dict.fromkeys((*KPIS, NOTE_ID), date.min)
FIRSTS: tuple[Mapping[str, date], ...] = (
    ALL,
    {},
    dict.fromkeys(KPIS, date(2026, 8, 1)),
    {"mrr": date(2026, 9, 30), "churn": date.min},
)
WRITERS = ("ana", "bo", "ã \\ ", "", "nobody")
COMMANDS = (
    ("status", "--json", "--as-of", "2026-11-02"),
    ("status", "--as-of", "2026-10-09"),
    ("history", "--all", "mrr", "--format", "csv"),
    ("undo", "--by", "ana", "--dry-run"),
    ("verify",),
)


@pytest.fixture(autouse=True)
def of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of any length is long enough, and whatever is wanted is picked out."""
    monkeypatch.setattr(read, "LONG_LOG", 0)


def state_of(log: Log, first: Mapping[str, date]) -> tuple[object, ...]:
    """All that a reading says."""
    lines = list(log.lines(first))
    files = [(each.identity, each.unended, each.needs_repair) for each in log.files]
    return lines, list(log.issues), dict(log.left_out), log.needs_repair, log.identity, files


def require_same(path: str, home: Path) -> None:
    """Every kind of reading says the same with and without what is remembered."""

    def logs() -> Iterator[Log]:
        yield log_at(path, "log", DISK, KPIS, str(home))
        yield log_at(path, "log", DISK, KPIS)

    for first in FIRSTS:
        ours, plain = (state_of(log, first) for log in logs())
        assert ours == plain
    for writer in WRITERS:
        written, plainly = (last_write(log.lines(writer=writer), writer) for log in logs())
        assert written == plainly


def odd_cache(home: Path, random: Random) -> None:
    """What may become of what is remembered."""
    for path in home.glob("lines-1/*") if random.random() < 0.2 else ():
        content = bytearray(path.read_bytes())
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        path.write_bytes(content[: random.choice((-1, len(content)))])


@sampled("seed", HISTORIES, SAMPLE)
def test_any_history_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    home, random = tmp_path / "cache", Random(seed)  # noqa: S311 - what failed comes again
    home.mkdir(mode=0o700)
    monkeypatch.setattr(recall, "_CHUNK", (64, 999, 1 << 18)[seed % 3])
    is_folder = seed % 4 == 0
    folder = tmp_path / "kpis.log" if is_folder else tmp_path
    folder.mkdir(exist_ok=True)
    names = ("a.jsonl", "b.jsonl") if is_folder else ("a.jsonl",)
    histories = [History(folder / name, seed + place) for place, name in enumerate(names)]
    path = f"{folder}/" if is_folder else str(histories[0].path)
    for _ in range(CHANGES):
        random.choice(histories).change()
        monkeypatch.setattr(index, "__version__", random.choice("12"))
        odd_cache(home, random)
        require_same(path, home)


@sampled("seed", HISTORIES, [*SAMPLE[:2], "393"])  # that has two lines that are too long
def test_any_history_gets_the_same_answers(kpi: Kpi, seed: int) -> None:
    (kpi.folder / "kpis.toml").write_text(BOARD.format(log=""))
    history = History(kpi.folder / "kpis.jsonl", seed)
    for _ in range(CHANGES // 4):
        for _ in range(4):
            history.change()
        for command in COMMANDS:
            assert answer(kpi, command, "on") == answer(kpi, command, "off")


def answer(kpi: Kpi, command: tuple[str, ...], cache: str) -> Run:
    """Output, warnings and exit code."""
    return kpi(*command, env={"KPI_CACHE": cache})
