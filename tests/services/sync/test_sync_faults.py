"""Every call of the disk under a sync fails, in its turn, once and for ever: the next one heals."""

import errno
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from kpicli.environment import Moment
from kpicli.errors import KpiError
from kpicli.model.scorecard import Clock
from kpicli.services.load import load_board
from kpicli.services.sync.exchange import divergence_of, exchange
from kpicli.services.sync.remote import Remote, remote_at
from kpicli.store.definitions.read import DefinitionsFile, load_definitions
from kpicli.store.disk import DISK, Disk
from tests.postgres import Postgres, running
from tests.store.faults import ERRORS, each_call, fails, told
from tests.store.logs import FaultyDisk, line
from tests.tiers import sampled

pytestmark = pytest.mark.installed

LOG = line(value=1) + line("churn", value=2)
HERE = {
    "a log, one error a call": (LOG, 1),
    "a log, every error": (LOG, None),
    "no log, every error": (b"", None),
    "a torn line, every error": (LOG[:-30], None),
}
"""What stands in a log before it is synced, and how many errors of each call are tried."""

THERE = line(value=3), line("churn", value=4, note="\u00e9")
CLOCK = Clock(date(2026, 11, 5), lambda instant: datetime.fromisoformat(instant).date())


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running() as server:
        yield server


@pytest.fixture
def remotes(postgres: Postgres) -> Iterator[Callable[[str], Remote]]:
    """A board with two lines for each name, over one connection."""
    with remote_at(postgres.url, "any", str) as remote:
        remote.make_table()

        def made(board: str) -> Remote:
            remote.board = board
            remote.push([each.rstrip(b"\n") for each in THERE])
            return remote

        yield made


def synced(file: DefinitionsFile, remote: Remote, disk: Disk = DISK) -> None:
    """What `kpi sync` does once it may."""
    loaded = load_board(file, Moment(CLOCK), disk=disk)
    divergence = divergence_of(file, remote, disk)
    exchange(
        loaded, divergence, remote,
        by="ana", is_push=True, is_pull=True, progress=lambda *_: None, disk=disk,
    )  # fmt: skip


@sampled("old, errors", HERE, ["a log, one error a call"])
def test_what_a_failing_disk_interrupts_the_next_sync_heals(
    remotes: Callable[[str], Remote], tmp_path: Path, old: bytes, errors: int | None
) -> None:
    (tmp_path / "kpis.toml").write_text("[kpis.mrr]\n[kpis.churn]\n")
    file = load_definitions(str(tmp_path / "kpis.toml"))
    log = tmp_path / "kpis.jsonl"
    sound = old[: old.rfind(b"\n") + 1]
    wanted = {*sound.splitlines(), *b"".join(THERE).splitlines()}

    def begin(board: str) -> Remote:
        log.unlink(missing_ok=True)
        if old:
            log.write_bytes(old)
        return remotes(board)

    disk = FaultyDisk()
    synced(file, begin(f"{len(old)}"), disk)
    assert {"lock", "read", "write", "sync"} <= {*disk.calls}
    for call, count in each_call(disk.calls):
        for number in ERRORS[call][:errors]:
            for key in (f"{call}:{count}", f"{call}:{count}+"):
                with told(key, errno.errorcode[number]):
                    remote = begin(f"{len(old)} {key} {number}")
                    faulty = FaultyDisk(**{key: fails(number)})
                    with suppress(KpiError):
                        synced(file, remote, faulty)
                    content = log.read_bytes() if log.exists() else b""
                    assert content.startswith(sound)
                    synced(file, remote)
                    assert divergence_of(file, remote).are_equal
                    lines = log.read_bytes().splitlines()
                    assert wanted <= set(lines)
                    assert len(lines) - len(set(lines)) == 0
