"""A log that replicas share through a real PostgreSQL server: all of it arrives."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from kpicli.services.sync.remote import TABLE
from tests.installed import Kpi, Run, environment
from tests.postgres import Postgres, running
from tests.services.sync.cut import cut_off
from tests.store.logs import line
from tests.tiers import sampled

pytestmark = pytest.mark.installed

BOARD = '[kpis.mrr]\nunit = "kr"\n[kpis.churn]\nunit = "%"\n'
CROWDS = {"16 times 20": (16, 20), "4 times 3": (4, 3)}
"""How many replicas record at once, and how much each."""
PROGRAM = str(Path(sys.executable).parent / "kpi")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running() as server:
        yield server


class Replica:
    """A board of its own on a machine of its own, with the remote that all share."""

    def __init__(self, kpi: Kpi, name: str, url: str) -> None:
        self.kpi, self.name = kpi, name
        self.board = kpi.folder / name
        self.board.mkdir()
        self.state = {"XDG_STATE_HOME": str(kpi.folder / f"{name}-state"), "KPI_BY": name}
        self.name_remote(url)

    def name_remote(self, url: str) -> None:
        (self.board / "kpis.toml").write_text(f'remote = "{url}"\n{BOARD}')

    def __call__(self, *words: str) -> Run:
        return self.kpi(*words, env=self.state, cwd=self.board)

    def sync(self, *words: str) -> Run:
        return self("sync", "--trust", *words)

    def record(self, number: int, kpi: str = "mrr") -> None:
        period = f"{1900 + number // 12}-{number % 12 + 1:02}"
        run = self("record", f"{kpi}={number + 1}", "--period", period, "--yes")
        assert run.code == 0, run.err

    @property
    def lines(self) -> set[bytes]:
        return set((self.board / "kpis.jsonl").read_bytes().splitlines())

    def process(self, *words: str) -> "subprocess.Popen[bytes]":
        variables = environment(self.kpi.folder, self.state)
        null = subprocess.DEVNULL
        return subprocess.Popen(
            [PROGRAM, *words], cwd=self.board, env=variables, stdout=null, stderr=null
        )


Replicas = Callable[..., list[Replica]]


@pytest.fixture
def replicas(kpi: Kpi, postgres: Postgres, request: pytest.FixtureRequest) -> Replicas:
    """As many as wanted, on a board that no other test has."""
    name = request.node.name
    url = f"{postgres.url}&board={name[:40]}-{name[-6:].replace('[', '-').replace(']', '')}"
    return lambda *names: [Replica(kpi, name, url) for name in names]


def test_what_one_recorded_the_other_gets(replicas: Replicas) -> None:
    ana, bob = replicas("ana", "bob")
    ana.record(1)
    bob.record(2, "churn")
    dry = ana.sync("--dry-run")
    assert (dry.code, dry.err) == (0, "dry run: 1 would be pushed, 0 would be pulled\n")
    assert ana.sync().err == "1 pushed, 0 pulled\n"
    assert bob.sync().err == "1 pushed, 1 pulled\n"
    assert ana.sync("--push").err == "0 pushed, 0 pulled\n"
    assert ana.sync("-q").err == ""
    assert ana.lines == bob.lines
    for replica in (ana, bob):
        assert replica.sync().err == "nothing new: both have 2 records\n"
        assert replica.sync().err == "nothing new: both have 2 records\n"
        assert replica("verify").code == 0
    assert ana("status", "--json").out == bob("status", "--json").out


def test_after_a_push_the_next_look_is_a_short_one(replicas: Replicas) -> None:
    (ana,) = replicas("ana")
    ana.record(1)
    assert ana.sync().err == "1 pushed, 0 pulled\n"
    log = ana.board / "kpis.jsonl"
    status, content = log.stat(), log.read_bytes()
    log.write_bytes(content.replace(b'"value":2', b'"value":3'))  # seen by who reads it
    os.utime(log, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert ana.sync().err == "nothing new: both have 1 record\n"


@pytest.mark.parametrize(
    "made", ["table kpi_log (a int)", "table kpi_log (board int, id int, line text, seq int)"]
)
def test_a_table_of_somebody_else_is_told_as_one(kpi: Kpi, postgres: Postgres, made: str) -> None:
    database = f"other{len(made)}"
    postgres.execute(f"create database {database}")
    postgres.execute(f"create {made}", database)
    ana = Replica(kpi, "ana", f"postgresql://reader@/{database}?host={postgres.folder}")
    ana.record(1)
    run = ana.sync()
    assert (run.code, "is a table of somebody else" in run.err) == (2, True), run.err


def test_boards_in_one_database_are_apart(kpi: Kpi, postgres: Postgres) -> None:
    shop, team = (Replica(kpi, name, f"{postgres.url}&board={name}") for name in ("shop", "team"))
    shop.record(1)
    team.record(2)
    for replica in (shop, team):
        assert replica.sync().err == "1 pushed, 0 pulled\n"
        assert replica.sync().err == "nothing new: both have 1 record\n"


def test_a_board_that_has_nothing_in_common_is_asked_about(replicas: Replicas) -> None:
    ana, bob = replicas("ana", "bob")
    for kpi in ("mrr", "churn"):
        ana.record(1, kpi)
    assert ana("note", "churn", "seen", "--period", "1900-02").code == 0
    assert ana.sync().code == 0
    definitions = bob.board / "kpis.toml"
    definitions.write_text(definitions.read_text().replace("mrr", "visits"))
    assert bob.sync("--dry-run").err == "dry run: 0 would be pushed, 3 would be pulled\n"
    bob.record(2, "churn")
    run = bob.sync()
    assert run.code == 2
    assert "but some of KPIs that are not defined here: mrr\n" in run.err
    assert len(bob.lines) == 1
    assert bob.sync("--yes").err == "1 pushed, 3 pulled\n"
    [eve] = replicas("eve")
    eve.record(1)
    assert "but some of the same KPIs and periods: mrr\n" in eve.sync().err
    assert len(eve.lines) == 1


def test_a_clock_that_is_a_day_off_changes_no_answer(replicas: Replicas) -> None:
    ana, bob = replicas("ana", "bob")
    for replica, day, value in ((ana, "2026-11-03", 1), (bob, "2026-11-02", 2)):
        at = f"{day}T08:15:30.000000Z"
        log = replica.board / "kpis.jsonl"
        log.write_bytes(line("mrr", "2026-09", value=value, unit="kr", at=at, by=replica.name))
    for replica in (ana, bob, ana):
        assert replica.sync("--yes").code == 0
    assert ana.lines == bob.lines
    assert "1 kr" in ana("status").out
    assert ana("status").out == bob("status").out


def test_verify_names_what_one_end_lacks(replicas: Replicas) -> None:
    ana, bob = replicas("ana", "bob")
    ana.record(1)
    assert ana.sync().code == 0
    bob.record(2)
    run = bob("verify", "--remote", "--trust")
    assert run.code == 1
    assert "kpis.jsonl:1: the remote lacks mrr 1900-03, recorded on " in run.out
    assert "remote: this log lacks mrr 1900-02, recorded on " in run.out
    assert bob.sync().code == 0
    assert bob("verify", "--remote", "--trust").code == 0
    assert bob("verify", "--remote").code == 2


def test_unsealed_lines_stay_and_are_said(replicas: Replicas) -> None:
    (ana,) = replicas("ana")
    ana.record(1)
    with (ana.board / "kpis.jsonl").open("a") as log:
        log.write('{"kpi":"mrr","period":"2026-08","value":1,"at":"2026-09-01T00:00:00Z"}\n')
    for words, code in ((("--dry-run",), 0), ((), 1)):
        run = ana.sync(*words)
        assert run.code == code
        assert run.err.startswith("1 unsealed line not pushed: nobody can tell whether it was")


def test_a_line_whose_id_does_not_fit_is_refused_at_both_ends(
    postgres: Postgres, replicas: Replicas
) -> None:
    ana, bob = replicas("ana", "bob")
    ana.record(1)
    assert ana.sync().code == 0
    with pytest.raises(subprocess.CalledProcessError):
        postgres.execute("update kpi_log set line = replace(line, '\"value\":2', '\"value\":3')")
    postgres.execute("alter table kpi_log drop constraint kpi_log_id_fits")
    postgres.execute("create table sound as select id, line from kpi_log")
    for change, fault in CHANGES:
        postgres.execute(f"update kpi_log set line = {change} where {ONE}")  # noqa: S608 - ours
        run = bob.sync()
        assert run.code == 1
        assert f"is not taken in: {fault}" in run.err
        assert run.err.endswith("0 pushed, 0 pulled\n")
        assert run.err.count("\n") == 2
        assert not (bob.board / "kpis.jsonl").exists()
        back = "set line = sound.line from sound where kpi_log.id = sound.id"
        postgres.execute(f"update kpi_log {back} and {ONE}")
    assert bob.sync().code == 0
    assert bob.lines == ana.lines


ONE = "board like 'test_a_line_whose%'"
CHANGES = [
    ("replace(line, '\"value\":2', '\"value\":3')", "record changed after it was written"),
    ("line || chr(10) || line", "not a JSON object"),
    ("replace(line, ',', ',' || chr(10))", "not a JSON object"),
    ("line || chr(13)", "more than one line"),
    ("line || ' '", "record changed after it was written"),
    ("''", "not a JSON object"),
    ("chr(10)", "not a JSON object"),
    ("'x y z'", "not a JSON object"),
    ("repeat(line, 999)", "longer than 65,536 bytes"),
]
"""What somebody did to a line at the server, and what is said of it."""


def test_who_may_not_make_the_table_gets_the_statement(kpi: Kpi, postgres: Postgres) -> None:
    postgres.execute("create role guest login password 'hunter2'")
    postgres.execute("create database guests")
    url = f"postgresql://guest:hunter2@/guests?host={postgres.folder}"
    guest = Replica(kpi, "guest", url)
    guest.record(1)
    run = guest.sync()
    assert run.code == 2
    assert run.out.startswith("create table if not exists kpi_log (")
    assert run.err.startswith("remote: permission denied for schema public\nhint: ")
    assert "hunter2" not in run.out + run.err
    postgres.execute(f"{TABLE}; grant select on kpi_log to guest", "guests")
    run = guest.sync()
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "remote: permission denied for table kpi_log\n"
        "hint: it takes the right to select and insert on kpi_log\n"
    )


def test_what_the_server_does_not_keep_is_not_pushed(kpi: Kpi, postgres: Postgres) -> None:
    postgres.execute("create database sieve")
    ana = Replica(kpi, "ana", f"postgresql://reader@/sieve?host={postgres.folder}")
    ana.record(1)
    assert ana.sync().code == 0
    ana.record(2)
    sieve = "create function sieve() returns trigger language plpgsql as 'begin return null; end'"
    trigger = "create trigger sieve before insert on kpi_log for each row execute function sieve()"
    postgres.execute(f"{sieve}; {trigger}", "sieve")
    run = ana.sync()
    assert run.code == 2
    assert run.err.startswith("remote: 1 of 1 lines are not kept or not shown\n")


def test_a_database_of_no_encoding_keeps_every_letter(kpi: Kpi, postgres: Postgres) -> None:
    """As initdb makes one where LANG=C."""
    made = "create database bytes encoding SQL_ASCII locale 'C' template template0"
    postgres.execute(made)
    url = f"postgresql://reader@/bytes?host={postgres.folder}"
    ana, bob = (Replica(kpi, name, url) for name in ("ana", "bob"))
    assert ana("record", "mrr=5", "--period", "2026-09", "--note", "Zażółć 🙂").code == 0
    assert ana.sync().err == "1 pushed, 0 pulled\n"
    assert bob.sync().err == "0 pushed, 1 pulled\n"
    assert ana.lines == bob.lines


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kpi:hunter2@127.0.0.1:9/shop",
        "postgresql://x:hunter2@/y?host=/nowhere",
        "postgresql://x:hunter2@127.0.0.1:port/y",
    ],
)
def test_without_a_network_it_is_one_line(kpi: Kpi, url: str) -> None:
    replica = Replica(kpi, "ana", url)
    replica.record(1)
    run = replica.sync()
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("remote: ")
    assert run.err.count("\n") == 2
    assert "hunter2" not in run.err


def record_and_sync(replica: Replica, numbers: Sequence[int]) -> int:
    """Record in processes, each with a sync behind it; how many were acknowledged."""
    acknowledged = 0
    for number in numbers:
        period = f"{1900 + number // 12}-{number % 12 + 1:02}"
        done = replica.process("record", f"mrr={number + 1}", "--period", period, "--yes")
        acknowledged += done.wait() == 0
        replica.process("sync", "--trust", "-q").wait()
    return acknowledged


@sampled("count, records", CROWDS, ["4 times 3"])
def test_many_at_once_lose_nothing(replicas: Replicas, count: int, records: int) -> None:
    all_of_them = replicas(*(f"writer{number}" for number in range(count)))
    shares = [range(at * records, (at + 1) * records) for at in range(count)]
    with ThreadPoolExecutor(count) as pool:
        assert sum(pool.map(record_and_sync, all_of_them, shares)) == count * records
        assert {replica.process("sync", "--trust").wait() for replica in all_of_them} == {0}
    assert {len(replica.lines) for replica in all_of_them} == {count * records}
    assert len({frozenset(replica.lines) for replica in all_of_them}) == 1


def test_a_server_that_is_killed_under_writers_loses_nothing(
    postgres: Postgres, replicas: Replicas
) -> None:
    all_of_them = replicas(*(f"writer{number}" for number in range(4)))
    shares = [range(at * 4, (at + 1) * 4) for at in range(4)]
    with ThreadPoolExecutor(4) as pool:
        counts = pool.map(record_and_sync, all_of_them, shares)
        for _ in range(3):
            os.kill(postgres.pid, signal.SIGKILL)
            postgres.restart()
        assert sum(counts) == 16
    for replica in (*all_of_them, *all_of_them):
        assert replica.sync().code == 0
    assert {len(replica.lines) for replica in all_of_them} == {16}


@sampled("seed", range(12), range(1))
def test_a_client_that_is_killed_anywhere_is_healed_by_the_next(
    replicas: Replicas, seed: int
) -> None:
    ana, bob = replicas("ana", "bob")
    delays = random.Random(seed)  # noqa: S311 - what failed comes again
    for number in range(6):
        ana.record(number)
        bob.record(number + 50)
        for replica in (ana, bob):
            process = replica.process("sync", "--trust")
            with suppress(subprocess.TimeoutExpired):
                process.wait(delays.uniform(0.2, 1.0))
            process.kill()
            process.wait()
    for replica in (ana, bob, ana):
        assert replica.sync().code == 0
    assert ana.lines == bob.lines
    assert len(ana.lines) == 12
    for replica in (ana, bob):
        content = (replica.board / "kpis.jsonl").read_bytes()
        assert content.count(b"\n") == 12
        assert replica("verify").code == 0


SENT = {
    "few": (1, 400, 1500),
    **{
        f"every 7th from {first}": tuple(range(first, first + 84, 7))
        for first in range(0, 4032, 84)
    },
}


@sampled("counts", SENT, ["few"])
@pytest.mark.parametrize("is_answer", [False, True], ids=["what is sent", "what is answered"])
def test_a_line_that_breaks_at_any_byte_is_healed_by_the_next(
    postgres: Postgres, replicas: Replicas, counts: Sequence[int], *, is_answer: bool
) -> None:
    ana, bob = replicas("ana", "bob")
    url = f"{postgres.url}&board=cut-{counts[0]}-{is_answer}"
    for number, most in enumerate(counts):
        ana.name_remote(url)
        bob.name_remote(url)
        ana.record(2 * number)
        assert ana.sync().code == 0
        bob.record(2 * number + 1)
        with cut_off(postgres.folder, most, is_answer=is_answer) as (_, folder):
            bob.name_remote(url.replace(str(postgres.folder), str(folder)))
            run = bob.sync()
        assert run.code in {0, 2}
        assert run.err.count("\n") <= 2
        bob.name_remote(url)
        for replica in (bob, ana):
            assert replica.sync().code == 0
        assert ana.lines == bob.lines
        assert len(bob.lines) == 2 * number + 2
        assert (bob.board / "kpis.jsonl").read_bytes().count(b"\n") == 2 * number + 2
