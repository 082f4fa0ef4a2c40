"""A definitions file that a slip, an editor or somebody else has spoilt: no parser's traceback."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.failures.board import DEFINITIONS, Board, is_calm, is_refused, kpi_with


@pytest.mark.parametrize(
    ("toml", "where", "said"),
    [
        pytest.param(kpi_with("target = = 3"), "3:10", "invalid value", id="two equals signs"),
        pytest.param(kpi_with("levers = [1,"), "3", "invalid value", id="a list left open"),
        pytest.param(kpi_with('unit = "kr'), "3:11", "unterminated string", id="a text left open"),
        pytest.param(kpi_with('unit = """kr', "", ""), "3", "unterminated", id="a long text, too"),
        pytest.param("[kpis.mrr\n", "1:10", "expected ']'", id="a header left open"),
        pytest.param("target\n", "1:7", "expected '='", id="a key without a value"),
        pytest.param("a = 1 b = 2\n", "1:7", "expected newline", id="two keys on a line"),
        pytest.param("[kpis.mr\u0440]\n", "1:9", "expected ']'", id="a Cyrillic letter, bare"),
        pytest.param(kpi_with(r'unit = "\q"'), "3:11", "unescaped", id="an unknown escape"),
        pytest.param(kpi_with(r'unit = "\ud800"'), "3:15", "not a Unicode", id="half a letter"),
        pytest.param(kpi_with('unit = "\x1b[2J"'), "3:9", r"illegal character '\x1b'", id="esc"),
        pytest.param("\0\n", "1:1", "invalid statement", id="a null byte"),
        pytest.param('{"id":"9f"}\n', "1", "as a log has it", id="a log"),
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
        pytest.param(_missing, ": no such file", id="not there"),
        pytest.param(_folder, "/kpis.toml: no such file", id="a folder"),
        pytest.param(_pipe, ": is not a regular file", id="a named pipe"),
        pytest.param(_endless, ": is not a regular file", id="a device without an end"),
        pytest.param(_loop, ": Too many levels of symbolic links", id="a link to itself"),
        pytest.param(_broken, ": Input/output error", id="a file that can't be read"),
    ],
)
def test_a_file_that_can_not_be_read_is_one_line(
    board: Board, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(board.definitions)
    run = board.kpi("status", "-f", "kpis.toml")
    assert is_refused(run)
    assert run.err.splitlines()[0] == f"kpis.toml{said}"
    assert len(run.err.splitlines()) <= 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_line(board: Board) -> None:
    board.definitions.chmod(0)
    run = board.status()
    assert is_refused(run)
    assert run.err.startswith("kpis.toml: Permission denied\nhint: ")


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
