"""Keys that say what can not be meant: each is named with its line, and all of them at once."""

import pytest

from tests.failures.board import Board, is_refused, kpi_with

CHECK = "correct kpis.toml, then run kpi check"

FINITE = "must be a finite number, with all its digits — as in 500 kr"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("target = nan", FINITE, id="nan"),
        pytest.param("target = inf", FINITE, id="inf"),
        pytest.param("target = -inf", FINITE, id="minus inf"),
        pytest.param("target = 1e400", FINITE, id="an exponent beyond floats"),
        pytest.param("target = 1e-400", FINITE, id="an exponent below floats"),
        pytest.param("target = 1e99999999999999999999", FINITE, id="beyond decimals too"),
        pytest.param("baseline = nan", FINITE, id="a baseline"),
        pytest.param("tolerance = inf", FINITE, id="a tolerance"),
        pytest.param('targets = {"2026-01" = nan}', FINITE, id="in a schedule"),
        pytest.param('target = "nan"', "'nan' is not a number kpi can store", id="nan in quotes"),
        pytest.param(
            'target = "1e5"', "'1e5' is not a number kpi can store", id="an exponent, too"
        ),
        pytest.param(f"target = {10**18}", "must have at most 18 digits", id="19 digits"),
        pytest.param(f"target = 0x{'f' * 6000}", "must have at most 18 digits", id="huge, in hex"),
    ],
)
def test_a_number_that_is_none_is_refused(board: Board, key: str, said: str) -> None:
    board.define(kpi_with("", key))
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith("kpis.toml:4: kpis.mrr.")
    assert said in run.err
    assert len(run.err) < 500


NUMBER = 'expected text such as "500 kr", or a number'


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("target = true", f"{NUMBER}, got true", id="yes or no as a target"),
        pytest.param("target = []", f"{NUMBER}, got a list", id="a list as a target"),
        pytest.param("target = {}", f"{NUMBER}, got a table", id="a table as a target"),
        pytest.param("target = 2026-01-01", f"{NUMBER}, got a date or time", id="a day as one"),
        pytest.param("targets = []", "expected a table, got a list", id="a list as a schedule"),
        pytest.param('targets = {"2026-01" = []}', f"{NUMBER}, got a list", id="a list in one"),
        pytest.param("owner = 5", "expected text in quotes, got the number 5", id="a number"),
        pytest.param("owner = 0.5", "got the number 0.5", id="a number with decimals"),
        pytest.param(f"owner = 0x{'f' * 6000}", "got a very large number", id="a huge number"),
        pytest.param("name = []", "expected text in quotes, got a list", id="a list as a name"),
        pytest.param("goal = {}", "expected text in quotes, got a table", id="a table as a goal"),
        pytest.param('levers = "x"', "expected a list of texts, got 'x'", id="text as a list"),
        pytest.param("levers = [1]", "expected a list of texts", id="a list of numbers"),
        pytest.param('grace = "1"', "expected a whole number, got '1'", id="text as days"),
        pytest.param("grace = 1.5", "expected a whole number, got the number 1.5", id="half days"),
        pytest.param("until = 2026", "expected text in quotes, got the number 2026", id="a year"),
        pytest.param("until = 2026-01-01", "expected text in quotes, got a date", id="a bare day"),
        pytest.param("formula = 3", "expected text in quotes, got the number 3", id="a formula"),
        pytest.param('frequency = "montly"', "did you mean 'monthly'?", id="a word misspelt"),
        pytest.param("rollup = 1", "expected one of 'sum', 'mean'", id="a number for a word"),
    ],
)
def test_a_wrong_type_says_what_was_expected(board: Board, key: str, said: str) -> None:
    board.define(kpi_with().replace('name = "MRR"', "") + f"{key}\n")
    run = board.status()
    assert is_refused(run)
    error, hint = run.err.splitlines()
    assert error.startswith(f"kpis.toml:3: kpis.mrr.{key.split(maxsplit=1)[0]}")
    assert said in error
    assert hint == f"hint: {CHECK}"


@pytest.mark.parametrize(
    ("id", "shown", "meant"),
    [
        pytest.param(r'"mrr\u0430"', "mrrа", "", id="a Cyrillic letter"),  # noqa: RUF001 - it is
        pytest.param('"../../etc"', "../../etc", "", id="a path"),
        pytest.param('""', "", "", id="nothing"),
        pytest.param("MRR", "MRR", "mrr", id="capitals"),
        pytest.param("net-mrr", "net-mrr", "net_mrr", id="a hyphen"),
        pytest.param('"net mrr"', "net mrr", "net_mrr", id="a space"),
        pytest.param("1st", "1st", "", id="a digit in front"),
        pytest.param("_mrr", "_mrr", "", id="an underscore in front"),
        pytest.param('"a.b"', "a.b", "", id="a dot in quotes"),
        pytest.param(r'"a\nb"', r"a\x0ab", "", id="a line end"),
        pytest.param(r'"\u001b[2J"', r"\x1b[2J", "", id="an escape"),
        pytest.param("m" * 65, "m" * 65, "", id="65 letters"),
    ],
)
def test_an_id_that_a_formula_could_not_use_is_refused(
    board: Board, id: str, shown: str, meant: str
) -> None:
    board.define(f'title = "x"\n[kpis.mrr]\n[kpis.{id}]\n')
    run = board.status()
    assert is_refused(run)
    error = run.err.splitlines()[0]
    assert error.startswith(f"kpis.toml:3: kpis.{shown}: '{shown}' is not an id: ")
    assert error.endswith(f" — write [kpis.{meant or 'monthly_revenue'}]")


@pytest.mark.parametrize(
    ("keys", "line", "said"),
    [
        pytest.param(
            ['target = "40..20"'], 3, "'40..20': the lower edge is above the upper one", id="range"
        ),
        pytest.param(
            ['targets = { "2026-01" = 5, "2026-13" = 6 }'],
            3,
            "kpis.mrr.targets.2026-13: '2026-13': months run from 01 to 12",
            id="an impossible period in a schedule",
        ),
        pytest.param(
            ["target = 5", "baseline = 1", 'start = "2026-05"', 'by = "2026-01"'],
            6,
            "kpis.mrr.by: 2026-01 does not come after start, 2026-05",
            id="a climb that ends before it starts",
        ),
        pytest.param(
            ["target = 5", "baseline = 1", 'start = "2026-05"', 'by = "2026-05"'],
            6,
            "2026-05 does not come after start",
            id="a climb that ends where it starts",
        ),
        pytest.param(
            ["target = 5", "baseline = 1", 'start = "2025-W53"', 'by = "2026-05"'],
            5,
            "2025 has 52 ISO weeks",
            id="a climb from a week that is none",
        ),
        pytest.param(
            ['target = "<5"', 'direction = "higher"'], 3, "contradicts direction", id="the sign"
        ),
        pytest.param(['target = "+20%"'], 3, "is relative to a baseline", id="no baseline"),
        pytest.param(['target = "5..6..7"'], 3, "'5..6..7'", id="two ranges in one"),
        pytest.param(['target = ">=40..60"'], 3, "a range takes no comparison sign", id="both"),
        pytest.param(["target = 5", 'until = "2026-02-30"'], 4, "2026-02 has 28 days", id="until"),
        pytest.param(['target = "5 kr"', 'unit = "%"'], 3, "counted in %", id="two units"),
    ],
)
def test_a_target_that_can_not_be_meant_names_its_line(
    board: Board, keys: list[str], line: int, said: str
) -> None:
    board.define(kpi_with(*keys))
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith(f"kpis.toml:{line}: ")
    assert said in run.err


def test_all_mistakes_are_reported_at_once_by_line(board: Board) -> None:
    board.define(
        'titel = "x"\n[kpis.a]\ntarget = "abc"\nnmae = "x"\nowner = 5\nsupports = "b"\n'
        '[goals.x]\nnam = "e"\n[kpis.b]\ntolerance = -1\nsupports = "nobody"\n[kpi.c]\n'
    )
    run = board.status()
    assert is_refused(run)
    *errors, hint = run.err.splitlines()
    assert [error.split(": ")[0] for error in errors] == [
        f"kpis.toml:{line}" for line in (1, 3, 4, 5, 8, 10, 11, 12)
    ]
    assert hint == f"hint: {CHECK}"


def test_the_mistakes_of_a_thousand_kpis_are_all_reported(board: Board) -> None:
    board.define("".join(f'[kpis.k{at}]\ntarget = "x"\n' for at in range(1000)))
    run = board.status()
    assert is_refused(run)
    assert len(run.err.splitlines()) == 1001
