"""Definitions that a slip, an editor or somebody else has spoilt: each fault with its line."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.failures.board import DEFINITIONS, Board, is_calm, is_refused

CHECK = "correct kpis.toml, then run kpi check"
FINITE = "must be a finite number, all digits written — as in 500,000 kr"


def kpi_with(*keys: str) -> str:
    """A KPI whose own keys start on line 3."""
    return "\n".join(["[kpis.mrr]", 'name = "MRR"', *keys, ""])


@pytest.mark.parametrize(
    ("toml", "where", "said"),
    [
        pytest.param(kpi_with("target = = 3"), "3:10", "invalid value", id="two equals signs"),
        pytest.param(kpi_with("levers = [1,"), "3", "invalid value", id="a list left open"),
        pytest.param(kpi_with('unit = "kr'), "3:11", "illegal character", id="a text left open"),
        pytest.param(kpi_with('unit = """kr', "", ""), "3", "unterminated", id="a long text, too"),
        pytest.param("[kpis.mrr\n", "1:10", "expected ']'", id="a header left open"),
        pytest.param("target\n", "1:7", "expected '='", id="a key without a value"),
        pytest.param("a = 1 b = 2\n", "1:7", "expected newline", id="two keys on a line"),
        pytest.param("[kpis.mr\u0440]\n", "1:9", "expected ']'", id="a Cyrillic letter, bare"),
        pytest.param(kpi_with(r'unit = "\q"'), "3:11", "unescaped", id="an unknown escape"),
        pytest.param(kpi_with(r'unit = "\ud800"'), "3:15", "not a Unicode", id="half a letter"),
        pytest.param(kpi_with('unit = "\x1b[2J"'), "3:9", r"illegal character '\x1b'", id="esc"),
        pytest.param("\0\n", "1:1", "invalid statement", id="a null byte"),
        pytest.param("[kpis.mrr]\rtarget = 3\r", "1:11", "expected newline", id="old Mac lines"),
        pytest.param(kpi_with("target = 3", "until = 2026-02-30"), "4:9", "invalid date", id="day"),
        pytest.param(kpi_with("target = 3", f"a = {'9' * 5000}"), "4", "too many", id="digits"),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(
    board: Board, toml: str, where: str, said: str
) -> None:
    board.define(toml)
    run = board.status()
    assert is_refused(run)
    error, hint = run.err.splitlines()
    assert error.startswith(f"kpis.toml:{where}: ")
    assert said in error
    assert hint.startswith("hint: ")


@pytest.mark.parametrize(
    "toml",
    [
        pytest.param("a = " + "[" * 1000, id="lists"),
        pytest.param("a = " + "[" * 300_000 + "]" * 300_000, id="closed lists of most of a MB"),
        pytest.param("a = " + "{a = " * 1000, id="inline tables"),
        pytest.param("a = " + "[{a = " * 1000, id="lists of inline tables"),
        pytest.param("a = " + "{a.b.c.d = " * 400 + "1" + "}" * 400, id="dotted inline tables"),
    ],
)
def test_deep_nesting_is_refused(board: Board, toml: str) -> None:
    board.define(toml)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith("kpis.toml: nested too deeply\n")


DOTTED = ".".join(["a"] * 3000)
QUOTED = '"' + "a" * 81 + '"'


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        pytest.param(f"{DOTTED} = 1\n" * 150, 1, id="dotted, as keys"),
        pytest.param(f"[{DOTTED}]\n" * 150, 1, id="dotted, as headers"),
        pytest.param(f"[[{DOTTED}]]\n" * 150, 1, id="dotted, as headers of lists"),
        pytest.param(f"x = 1\n\n  {DOTTED} = 1\n", 3, id="indented"),
        pytest.param("x = {" + ".".join(["a"] * 100_000) + " = 1}\n", 1, id="in an inline table"),
        pytest.param("x = [\n {a = 1, " + DOTTED + " = 1}]\n", 2, id="in a list of such tables"),
        pytest.param("x = {a = [\n], z = 1, " + DOTTED + " = 1}\n", 2, id="behind a list in one"),
        pytest.param(" . ".join(["a"] * 1000) + " = 1\n", 1, id="with spaces around the dots"),
        pytest.param(".".join(['"a"'] * 90_000) + " = 1\n", 1, id="dotted, in quotes"),
        pytest.param(f"[kpis.mrr]\n{QUOTED} = 1\n", 2, id="81 characters in quotes"),
        pytest.param('"a=' + "b" * 90 + '" = 1\n', 1, id="with an equals sign inside"),
    ],
)
def test_a_long_key_is_seen_before_the_file_is_parsed(board: Board, toml: str, line: int) -> None:
    board.define(toml)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith(f"kpis.toml:{line}: key longer than 80 characters\n")


def test_a_file_over_a_megabyte_is_not_parsed(board: Board) -> None:
    board.define(f"{DOTTED} = 1\n" * 300)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith("kpis.toml: file is 1.8 MB; the limit is 1 MB\n")


def test_long_texts_and_comments_are_no_long_keys(board: Board) -> None:
    long = "a.b = c, {d.e = f} " * 50
    board.define(
        f"# {long}\n[kpis.mrr]\ndefinition = \"{long}\"\nsource = '''\n{long}\n'''\n"
        f"levers = [\n  \"{long}\",\n]\ntargets = {{ '2026-01' = '5', \"2026-02\" = 6 }}\n"
    )
    assert board.status().code == 0


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


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b'[kpis.mrr]\nname = "\xff"\n', 2, id="a byte that no text has"),
        pytest.param("[kpis.mrr]\n\nname = 'æ'\n".encode("latin-1"), 3, id="Latin-1"),
        pytest.param("[kpis.mrr]\n".encode("utf-16"), 1, id="UTF-16"),
        pytest.param(b'title = "\xed\xa0\x80"\n', 1, id="half a surrogate pair"),
        pytest.param(b'title = "a"\nname = "\xc3', 2, id="a letter cut off"),
    ],
)
def test_what_is_no_utf_8_is_refused(board: Board, content: bytes, line: int) -> None:
    board.define(content)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith(f"kpis.toml:{line}: not UTF-8\n")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + DEFINITIONS.encode(), id="a byte order mark"),
        pytest.param(DEFINITIONS.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(DEFINITIONS.rstrip().encode(), id="no line end at the end"),
        pytest.param(b"", id="nothing at all"),
        pytest.param(b"# only a comment", id="a comment alone"),
    ],
)
def test_a_file_from_another_editor_is_accepted(board: Board, content: bytes) -> None:
    board.define(content)
    assert (board.status().code, is_calm(board.status())) == (0, True)


@pytest.mark.parametrize(
    ("toml", "line", "said"),
    [
        pytest.param(
            'title = "a"\n\n[kpis.mrr]\n\n\n\n\n\n[kpis.mrr]\n',
            9,
            "'mrr' is defined twice (first on line 3)",
            id="a KPI",
        ),
        pytest.param(
            '[kpis.mrr]\nunit = "kr"\n[kpis.churn]\n[kpis."mrr"]\n',
            4,
            "'mrr' is defined twice (first on line 1)",
            id="a KPI, once in quotes",
        ),
        pytest.param(
            kpi_with('unit = "kr"', 'unit = "%"'),
            4,
            "'unit' is defined twice (first on line 3)",
            id="a key",
        ),
        pytest.param(
            'title = "a"\ntitle = "b"\n', 2, "'title' is defined twice (first on line 1)", id="top"
        ),
        pytest.param(
            'kpis.mrr.name = "a"\n[kpis.mrr]\n',
            2,
            "'mrr' is defined twice (first on line 1)",
            id="a dotted key and a header",
        ),
        pytest.param("[goals.a]\n[goals.a]\n", 2, "'a' is defined twice", id="a goal"),
        pytest.param("[kpis]\nm = {a = 1, a = 2}\n", 2, "duplicate inline table key", id="inline"),
        pytest.param(kpi_with("unit = 1", "unit.a = 2"), 4, "cannot overwrite a value", id="below"),
    ],
)
def test_what_is_defined_twice_names_both_lines(
    board: Board, toml: str, line: int, said: str
) -> None:
    board.define(toml)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith(f"kpis.toml:{line}:")
    assert said in run.err.splitlines()[0]


NUMBER = 'expected text such as "500,000 kr", or a number'


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
    ("name", "visible"),
    [
        pytest.param(r"a\u001b[31mb", r"a\x1b[31mb", id="a colour"),
        pytest.param(r"a\u202eb", r"a\u202eb", id="a turn of the writing direction"),
        pytest.param(r"a\nb", r"a\x0ab", id="a line end"),
        pytest.param(r"a\u0000b", r"a\x00b", id="a null"),
        pytest.param(r"a\u200bb", r"a\u200bb", id="a space of no width"),
        pytest.param(r"a\U000e0041b", r"a\U000e0041b", id="an invisible tag"),
    ],
)
def test_a_name_with_control_characters_is_visible_text_everywhere(
    board: Board, name: str, visible: str
) -> None:
    board.define(f'[kpis.mrr]\nname = "{name}"\nowner = "{name}"\ntarget = "1,500 kr"\n')
    raw = name.encode().decode("unicode_escape")
    for form in ("plain", "terminal", "markdown", "csv"):
        run = board.status("--format", form)
        assert run.code == 0
        assert raw not in run.out
        assert visible in run.out.replace("\\\\", "\\").replace("\\[", "[")
    assert raw not in board.status("--json").out
    assert board.rows()["mrr"]["name"] == raw
    recorded = board.kpi("record", "mrr", "1400", "--period", "2026-03")
    assert raw not in recorded.err
    assert recorded.err.startswith(f"{visible} 2026-03: ")


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
    assert error.startswith(f"kpis.toml:3: kpis.{shown}: '{shown}' is no id: ")
    assert error.endswith(f" — write [kpis.{meant or 'monthly_revenue'}]")


def _missing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _broken(path: Path) -> None:
    path.unlink()
    path.symlink_to("/proc/self/mem")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(_missing, "no such file", id="not there"),
        pytest.param(_folder, "Is a directory", id="a folder"),
        pytest.param(_pipe, "is no regular file", id="a named pipe"),
        pytest.param(_endless, "is no regular file", id="a device without an end"),
        pytest.param(_loop, "Too many levels of symbolic links", id="a link to itself"),
        pytest.param(_broken, "Input/output error", id="a file that can't be read"),
    ],
)
def test_a_file_that_can_not_be_read_is_one_line(
    board: Board, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(board.definitions)
    run = board.kpi("status", "-f", "kpis.toml")
    assert is_refused(run)
    assert run.err.splitlines()[0] == f"kpis.toml: {said}"
    assert len(run.err.splitlines()) <= 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_line(board: Board) -> None:
    board.definitions.chmod(0)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith("kpis.toml: Permission denied\nhint: ")


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


def test_two_thousand_kpis_load_and_show(board: Board) -> None:
    board.define("".join(f'[kpis.k{at}]\ntarget = "{at} kr"\n' for at in range(2000)))
    run = board.status()
    assert (run.code, len(run.out.splitlines())) == (0, 2000)
    assert len(board.rows()) == 2000


def test_nothing_is_recorded_with_definitions_at_fault(board: Board) -> None:
    board.define(kpi_with("target = = 3"))
    before = board.files()
    assert is_refused(board.kpi("record", "mrr", "1400", "--yes"))
    assert board.files() == before
