"""kpi pull: what sources say is recorded, each KPI for itself, and nothing without a yes."""

import gzip
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of
from tests.installed import Kpi, Run, Terminal

_MONTH = period_of(datetime.now(UTC).date(), Frequency.MONTHLY)
NONE, THIRD, SECOND, LAST = (str(_MONTH.shift(-back)) for back in (4, 3, 2, 1))
"""The four months before this one; in the first of them nothing was measured."""

ORDERS = """\
select substr(day, 1, 7), count(*) from orders
where day >= :start and day < :end group by 1
"""
BOARD = """\
[defaults]
source = "shop"

[sources.shop]
url = "sqlite:shop.db"
timeout = 2

[kpis.orders]
target = "2 orders"
query = '''
ORDERS'''

[kpis.revenue]
unit = "kr"
query = "select sum(amount) from orders where day >= :start and day < :end"
"""
ENV = {"KPI_BY": "cron"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A board with a database: three orders in one month, two in the next, one in the last."""
    (tmp_path / "kpis.toml").write_text(BOARD.replace("\nORDERS", ORDERS))
    rows = [(f"{THIRD}-01", 10), (f"{THIRD}-02", 20), (f"{THIRD}-28", 30)]
    rows += [(f"{SECOND}-01", 20), (f"{SECOND}-28", 25), (f"{LAST}-15", 40)]
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        connection.execute("create table orders (day text, amount real)")
        connection.executemany("insert into orders values (?, ?)", rows)
        connection.commit()
    return tmp_path


@pytest.fixture
def pull(kpi: Kpi, shop: Path) -> "Pull":
    return Pull(kpi, shop)


class Pull:
    """`pull("revenue", "--since", THIRD)` runs kpi pull with a yes."""

    def __init__(self, kpi: Kpi, folder: Path) -> None:
        self.kpi, self.folder = kpi, folder

    def __call__(self, *words: str, trust: bool = True) -> Run:
        return self.kpi("pull", *words, *(["--trust"] if trust else []), env=ENV)

    def execute(self, statement: str) -> None:
        with closing(sqlite3.connect(self.folder / "shop.db")) as connection:
            connection.execute(statement)
            connection.commit()

    def add(self, toml: str) -> None:
        with (self.folder / "kpis.toml").open("a") as file:
            file.write(toml)

    @property
    def log(self) -> str:
        path = self.folder / "kpis.jsonl"
        return path.read_text() if path.exists() else ""


def test_every_closed_period_since_is_recorded_and_named_by_its_source(pull: Pull) -> None:
    run = pull("--since", THIRD)
    assert (run.code, run.err.splitlines()[-1]) == (0, "6 recorded")
    assert pull.log.count('"from":"shop"') == 6
    assert f'"period":"{THIRD}","value":60,' in pull.log


def test_the_second_time_nothing_is_appended(pull: Pull) -> None:
    pull("--since", THIRD)
    log = pull.log
    run = pull("--since", THIRD)
    assert (run.code, run.err, pull.log) == (0, "0 recorded, 6 unchanged\n", log)
    assert pull().err == "0 recorded; 2 KPIs up to date\n"


def test_without_a_flag_it_is_what_has_closed_since_the_last_actual(pull: Pull) -> None:
    pull("orders", "--period", THIRD)
    assert pull("orders").err == "2 recorded\n"


def test_the_open_period_is_asked_for_with_current(pull: Pull) -> None:
    pull("--since", THIRD)
    pull.execute("insert into orders values (date('now', 'localtime'), 5)")
    assert pull("orders", "--current").err == "1 recorded\n"


def test_nothing_measured_is_said_and_never_zero(pull: Pull) -> None:
    run = pull("--period", NONE)
    assert run.code == 0
    assert f"revenue {NONE}: nothing measured\n" in run.err
    assert pull.log == ""


def test_a_change_at_the_source_is_recorded_where_restate_reaches(pull: Pull) -> None:
    pull.add("restate = 2\n")  # of revenue
    pull("--since", THIRD)
    pull.execute("update orders set amount = amount + 1")
    run = pull("--since", THIRD)
    assert run.code == 0
    assert f"revenue {THIRD}: the source says 63 kr, not recorded: restate does not reach it" in (
        run.err
    )
    assert f'"period":"{SECOND}","value":47,' in pull.log
    assert f'"period":"{THIRD}","value":63,' not in pull.log


def test_what_a_person_recorded_is_never_replaced(pull: Pull) -> None:
    pull.add("restate = 12\n")
    pull("--since", THIRD)
    pull.kpi("record", "revenue", "46", "--period", SECOND, "--yes")
    pull.kpi("retract", "revenue", "--period", THIRD, "--yes")
    run = pull("--since", THIRD)
    assert f"revenue {SECOND}: the source says 45 kr, not recorded: a person recorded it" in run.err
    assert f"revenue {THIRD}: the source says 60 kr, not recorded: a person recorded it" in run.err
    assert pull.log.count(f'"period":"{SECOND}"') == 3
    pull.kpi("record", "revenue", "n/a", "--period", SECOND, "--yes")
    run = pull("--since", THIRD)
    assert f"revenue {SECOND}: the source says 45 kr, not recorded: a person recorded it" in run.err


FAILURES = """
[kpis.no_table]
query = "select count(*) from nowhere where day >= :start"

[kpis.too_slow]
query = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"

[sources.programs]
command = ["true"]
timeout = 1

[kpis.hanging]
source = "programs"
command = ["sh", "-c", "sleep 600 & wait # {period}"]

[kpis.words]
query = "select 'many' where :start < :end"

[kpis.odd]
target = "5.000 kr"
query = "select 7.5 where :start < :end"

[kpis.visits]
command = ["echo", "123"]
"""


def test_five_of_eight_fail_in_five_ways_and_three_are_on_disk(pull: Pull) -> None:
    path = pull.folder / "kpis.toml"
    board = path.read_text().replace("timeout = 2", "timeout = 1")
    path.write_text(f'decimal = ","\n{board}{FAILURES}')
    run = pull()
    *failures, summary = run.err.splitlines()
    assert (run.code, summary) == (1, "3 recorded; 5 of 8 KPIs failed")
    right = f"if it is right: kpi record odd 7,5 --period {LAST} --yes"
    number = "write a number, with its unit if you like: 480"
    late = "no answer within 1 s (make it faster, or give it longer: timeout = 300)"
    assert sorted(failures) == [
        f"hanging: {LAST}: {late}",
        f"no_table: {LAST}: no such table: nowhere (try the query in sqlite3)",
        f"odd: not recorded: odd {LAST}: 7,5 kr is 1/667 of the target, 5.000 kr ({right})",
        f"too_slow: {LAST}: {late}",
        f"words: {LAST}: 'many' is not a number kpi can store ({number})",
    ]
    log = pull.log
    assert log.count("\n") == 3
    again = pull("no_table", "words", "odd", "visits", "orders", "revenue")
    assert (again.code, pull.log) == (2, log)


def test_a_sum_of_binary_fractions_is_recorded_as_it_is_with_a_hint_said_once(pull: Pull) -> None:
    pull.execute("update orders set amount = 90931990.02999967 where amount = 40")
    pull.add("rollup = 'sum'\n[kpis.third]\nquery = 'select 1.0 / 3 where :start < :end'\n")
    pull.add("[kpis.more]\nquery = 'select sum(amount) from orders where day >= :start'\n")
    run = pull()
    assert '"value":90931990.02999967,' in pull.log
    assert run.err.count("hint: ") == 1
    assert (
        f" {LAST} is 90931990.02999967, as binary fractions add up to 90931990.03:"
        " round = 2 in [sources.shop]\n"
    ) in run.err
    pull.add("restate = 1\n")
    path = pull.folder / "kpis.toml"
    path.write_text(path.read_text().replace("timeout = 2", "timeout = 2\nround = 2\nrestate = 1"))
    assert pull().code == 0
    assert '"value":90931990.03,' in pull.log


def test_a_dry_run_shows_the_questions_and_what_would_change(pull: Pull) -> None:
    run = pull("orders", "--since", SECOND, "--dry-run")
    assert run.err.splitlines() == [
        f"  orders, {SECOND} to {LAST}: asks sqlite:shop.db",
        f"    {' '.join(ORDERS.split())}",
        f"dry run: orders {SECOND}: 2 orders",
        f"dry run: orders {LAST}: 1 orders",
        "2 would be recorded",
    ]
    assert pull.log == ""


class TestTrust:
    """What nobody agreed to is not run."""

    @pytest.mark.usefixtures("shop")
    def test_what_a_yes_is_for_is_shown_whatever_was_asked_for(self, terminal: Terminal) -> None:
        screen = terminal("pull", "orders", columns=200, typed=[("[y/N]", "n\n")], env=ENV)
        for text in ("sqlite:shop.db", "select substr(day, 1, 7)", "select sum(amount)"):
            assert text.encode() in screen.sent

    def test_off_a_terminal_it_is_refused(self, pull: Pull) -> None:
        run = pull(trust=False)
        assert run.code == 2
        assert run.err.splitlines()[0] == (
            "kpi: error: kpis.toml would run what nobody has agreed to on this machine"
        )
        assert pull.log == ""

    @pytest.mark.parametrize(
        "line",
        ['name = "Revenue"', 'target = "50 kr"', 'owner = "Ann"', 'definition = "Paid orders"'],
    )
    def test_a_new_target_or_name_changes_nothing_of_the_yes(
        self, pull: Pull, terminal: Terminal, line: str
    ) -> None:
        screen = terminal("pull", typed=[("[y/N]", "y\n")], env=ENV)
        assert screen.code == 0
        pull.add(f"{line}\n")
        assert pull("--since", THIRD, trust=False).code == 0

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("sum(amount)", "max(amount)"),
            ("sqlite:shop.db", "sqlite:./shop.db"),
            ("[kpis.revenue]", '[kpis.other]\ncommand = ["true"]\n[kpis.revenue]'),
        ],
    )
    def test_another_query_url_or_command_is_asked_about_again(
        self, pull: Pull, terminal: Terminal, old: str, new: str
    ) -> None:
        terminal("pull", typed=[("[y/N]", "y\n")], env=ENV)
        path = pull.folder / "kpis.toml"
        path.write_text(path.read_text().replace(old, new))
        assert pull("--since", THIRD, trust=False).code == 2


TABLES = """
[kpis.signups]
source = "sheet"
[kpis.churn]
source = "sheet"
target = "<8%"

[sources.sheet]
file = "exports/*.csv"
columns = { period = "Måned", signups = "Nye", churn = "Frafall" }
decimal = ","

[kpis.commits]
source = "git"
[sources.git]
command = ["printf", "month,commits\\nLAST,12\\n"]

[kpis.sessions]
source = "shop_table"
[sources.shop_table]
url = "sqlite:shop.db"
query = '''select substr(day, 1, 7) as period, count(*) as sessions, max(amount) as other
from orders where day >= :start group by 1'''
columns = { period = "period", sessions = "sessions" }
"""


@pytest.fixture
def tables(pull: Pull) -> Pull:
    """A board with a source of each kind that is a table."""
    pull.add(TABLES.replace("LAST", LAST))
    (pull.folder / "exports").mkdir()
    for number, month in enumerate((SECOND, LAST)):
        text = f"Måned;Nye;Frafall;Merknad\n{month};1{number};7,{number} %;x\n"
        (pull.folder / "exports" / f"{month}.csv").write_text(text)
    return pull


def test_a_table_is_read_once_for_all_of_its_kpis(tables: Pull) -> None:
    run = tables("sheet", "git", "shop_table", "--since", SECOND)
    assert (run.code, run.err.splitlines()[-1]) == (0, "7 recorded")
    assert f'"kpi":"churn","period":"{LAST}","value":7.1,' in tables.log
    assert f'"kpi":"sessions","period":"{SECOND}","value":2,' in tables.log
    assert '"from":"sheet"' in tables.log


def test_a_fault_in_a_table_is_one_of_its_kpi_alone(tables: Pull) -> None:
    path = tables.folder / "exports" / f"{LAST}.csv"
    path.write_text(path.read_text().replace("7,1 %", "mange"))
    run = tables("sheet", "--since", SECOND)
    assert run.code == 1
    assert run.err.startswith(f"churn: exports/{LAST}.csv:2: 'mange' is not a number")
    assert tables.log.count('"kpi":"signups"') == 2


MIXED = """
[kpis.daily]
frequency = "daily"
command = ["echo", "{period} 5"]
[kpis.weekly]
frequency = "weekly"
command = ["echo", "{period} 5"]
[kpis.monthly]
command = ["echo", "{period} 5"]
[kpis.quarterly]
frequency = "quarterly"
command = ["echo", "{period} 5"]
"""


def test_a_period_means_the_own_periods_in_it_or_around_it(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(MIXED)
    run = kpi("pull", "--trust", "--period", "2025-02", env=ENV)
    assert (run.code, run.err) == (0, f"{28 + 3 + 1 + 1} recorded\n")
    log = (tmp_path / "kpis.jsonl").read_text()
    assert log.count('"kpi":"daily"') == 28
    assert '"kpi":"quarterly","period":"2025-Q1"' in log
    assert '"period":"2025-W05"' not in log


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("--period 2025-02 --since 2025-01", "--period cannot be combined with --since"),
        ("--since 2999-01", "2999-01 has not begun"),
        ("--period 2999-01", "2999-01 has not begun"),
        ("nobody", "no KPI comes from nobody"),
        ("ratio", "ratio is computed by its formula, orders / revenue"),
        ("orderz", "no KPI and no source is called 'orderz'"),
        ("weather", "no KPI and no source is called 'weather'"),
        ("plain", "plain has no source to pull from"),
    ],
)
def test_what_cannot_be_asked(pull: Pull, words: str, error: str) -> None:
    pull.add("[kpis.ratio]\nformula = 'orders / revenue'\n[sources.nobody]\nfile = 'x.csv'\n")
    pull.add("[kpis.plain]\nsource = 'by hand'\n")
    run = pull(*words.split())
    assert (run.code, run.err.splitlines()[0]) == (2, f"kpi: error: {error}")
    assert "hint: " in run.err


def test_one_value_is_asked_for_each_period_and_parts_are_recorded_as_they_are(pull: Pull) -> None:
    pull.add("rollup = 'sum'\n[kpis.visits]\nsource = 'days'\nrollup = 'sum'\n")
    pull.add("[sources.days]\nfile = 'days.csv'\ndates = 'days'\n")
    (pull.folder / "days.csv").write_text(f"day,visits\n{LAST}-02,5\n{LAST}-03,6\n{NONE}-01,7\n")
    run = pull("visits", "revenue", "--since", SECOND)
    assert (run.code, run.err.splitlines()) == (
        0,
        [f"visits {SECOND}: nothing measured", "4 recorded"],
    )
    assert f'"kpi":"visits","period":"{LAST}-02","value":5,' in pull.log


FISCAL = """
year_starts = "04"
[kpis.quarterly]
frequency = "quarterly"
command = ["printf", "2025-04-01 6\\n2025-07-01 5\\n"]
[kpis.labels]
frequency = "quarterly"
command = ["echo", "{period} 7"]
[kpis.yearly]
frequency = "yearly"
command = ["echo", "{start} 8"]
"""


def test_a_fiscal_year_is_asked_by_its_own_quarters(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(FISCAL)
    run = kpi("pull", "--trust", "--period", "FY2026", env=ENV)
    assert run.err.splitlines() == [
        "quarterly FY2026-Q3 and FY2026-Q4: nothing measured",
        "7 recorded",
    ]
    log = (tmp_path / "kpis.jsonl").read_text()
    assert log.count('"kpi":"labels"') == 4
    assert '"kpi":"quarterly","period":"FY2026-Q2","value":5,' in log
    assert '"kpi":"yearly","period":"FY2026","value":8,' in log


INSTANTS = """
[kpis.queried]
frequency = "daily"
query = "select '2025-11-01 03:30:00Z', 5 where :start < :end"
[kpis.imported]
frequency = "daily"
[kpis.tabled]
frequency = "daily"
source = "sheet"
[sources.sheet]
file = "days.csv"
"""


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2025-11-01"), ("America/New_York", "2025-10-31")]
)
def test_an_instant_lies_in_its_local_day_for_pull_and_import_alike(
    pull: Pull, zone: str, day: str
) -> None:
    pull.add(INSTANTS)
    for name in ("days", "imported"):
        column = "tabled" if name == "days" else name
        text = f"time,{column}\n2025-11-01T03:30:00+00:00,6\n"
        (pull.folder / f"{name}.csv").write_text(text)
    env = {**ENV, "TZ": zone}
    words = ["pull", "queried", "tabled", "--period", day, "--trust"]
    assert pull.kpi(*words, env=env).err == "2 recorded\n"
    assert pull.kpi("import", "imported.csv", "--yes", env=env).code == 0
    assert pull.log.count(f'"period":"{day}"') == 3


@pytest.mark.parametrize("key", ["target = '10%'", "unit = '%'"])
def test_values_that_look_odd_alike_are_one_line_with_what_to_do(pull: Pull, key: str) -> None:
    pull.add(f"[kpis.share]\n{key}\nquery = 'select 0.104 where :start < :end'\n")
    run = pull("share", "--since", SECOND)
    assert run.code == 2
    assert run.err.startswith(
        f"share: not recorded: share {SECOND}: 0.104% looks like a fraction of 1: 10.4%, and 1 more"
        " like it (if so: fractions = true in [sources.shop]; if not: kpi record share 0.104 "
        f"--period {SECOND} --yes)\n"
    )


def test_a_table_is_seen_as_an_import_sees_it(pull: Pull) -> None:
    pull.add("[sources.sheet]\nfile = 'sheet.csv'\n[kpis.down]\nsource = 'sheet'\n")
    (pull.folder / "sheet.csv").write_text("KPI,Aug-25,Sep-25\ndown,5,6\n")
    run = pull("down", "--since", "2025-08")
    assert (run.code, run.err.splitlines()[-1]) == (0, "2 recorded")


def test_of_two_values_for_one_period_none_is_recorded(pull: Pull) -> None:
    pull.add("[sources.lines]\ncommand = ['cat', 'lines']\n[kpis.two]\nsource = 'lines'\n")
    rows = [f'{{"month": "{month}", "two": {value}}}' for month, value in ((LAST, 5), (LAST, 6))]
    (pull.folder / "lines").write_text("\n".join(rows))
    run = pull("two")
    assert run.code == 2
    assert f"two: two {LAST} also on line 1 with another value" in run.err
    assert "0 recorded" in run.err
    (pull.folder / "lines").write_bytes(gzip.compress(rows[0].encode()))
    assert pull("two").err == "1 recorded\n"


def test_words_for_numbers_of_all_periods_are_one_line(pull: Pull) -> None:
    pull.add("[kpis.words]\nquery = 'select \"many\" where :start < :end'\n")
    *lines, summary = pull("words", "--since", "2025-01").err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("words: 2025-01: 'many' is not a number kpi can store, and ")
    assert summary == "0 recorded; 1 of 1 KPI failed"
