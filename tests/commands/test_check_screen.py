"""`kpi check` on a screen: by KPI, with the line of the file and carets under the culprit."""

from pathlib import Path

import pytest

from tests.commands.judged import FAULTY, SOME, checked
from tests.installed import Kpi, Terminal

QUALITY = """\
Quality
A01 no_owner  warning  kpis.toml:14:1
    [kpis.quality]
    ^^^^^^^^^^^^^^
    has no owner, so nobody is asked when it is off target
    → name one person or role: owner = "Ann" (kpi rules A01)
R01 no_goal  warning  kpis.toml:14:1
    serves no goal, so nobody can tell what it is measured for
    → name the one that it serves: goal = "growth" (kpi rules R01)
S01 vague_name  warning  kpis.toml:15:1
    name = "Quality"
    ^^^^
    is a wish: nothing says which number shows that it came true
"""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return tmp_path / "kpis.toml"


def screen(terminal: Terminal, *args: str, columns: int = 80, env: str = "") -> str:
    """What is seen, without colour."""
    made = ("--as-of", "2026-11-05", "--color", "never", *args)
    variables = {"LC_ALL": env} if env else None
    return terminal("check", *made, columns=columns, env=variables).sent.decode().replace("\r", "")


def pointed(text: str, code: str) -> str:
    """What of its line the carets of a finding stand under."""
    lines = text.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(code))
    line, carets = lines[at + 1 : at + 3]
    assert set(carets.strip()) == {"^"}
    return line[carets.index("^") : len(carets)]


def test_a_line_is_shown_once_for_all_that_is_found_at_its_place(
    terminal: Terminal, board: Path
) -> None:
    board.write_text(FAULTY)
    assert screen(terminal, *SOME).startswith(QUALITY)


def test_each_kpi_has_its_section_and_the_board_its_own(terminal: Terminal, board: Path) -> None:
    board.write_text(FAULTY + "[kpis.speed]\n[goals.idle]\n")
    text = screen(terminal, "--select", "A01,R02")
    heads = [line for line in text.splitlines() if line and line[0] != " " and ":" not in line]
    assert heads == ["Quality", "speed", "The whole board"]
    assert "\n\nspeed\n" in text


def test_kpis_of_one_name_are_told_apart(terminal: Terminal, board: Path) -> None:
    board.write_text('[kpis.a]\nname = "X"\n[kpis.b]\nname = "X"\n[kpis.c]\nname = "Y"\n')
    text = screen(terminal, "--select", "A01")
    assert [line for line in text.splitlines() if line[:1] in {"X", "Y"}] == ["X (a)", "X (b)", "Y"]


def test_a_line_is_shown_again_in_another_section(terminal: Terminal, board: Path) -> None:
    """The sixth KPI at the top is one too many, and has no owner."""
    owned = "".join(f'[kpis.k{number}]\nowner = "O"\n' for number in range(5))
    board.write_text(f"{owned}[kpis.k5]\n")
    text = screen(terminal, "--select", "A01,R03")
    assert [pointed(text, code) for code in ("A01", "R03")] == ["[kpis.k5]", "[kpis.k5]"]


@pytest.mark.parametrize("columns", [80, 50])
def test_a_finding_is_read_at_any_width(columns: int, terminal: Terminal, board: Path) -> None:
    board.write_text(FAULTY)
    text = screen(terminal, *SOME, columns=columns)
    assert max(map(len, text.splitlines())) <= columns
    joined = " ".join(text.split())
    assert "serves no goal, so nobody can tell what it is measured for" in joined
    assert '→ name the one that it serves: goal = "growth"' in joined
    assert "3 findings: 3 warnings" in joined


def test_errors_and_warnings_are_counted_apart(terminal: Terminal, board: Path) -> None:
    board.write_text(FAULTY.replace("target = 90\n", ""))
    assert "4 findings: 1 error, 3 warnings" in screen(terminal, *SOME)


WIDE = "東京" * 60
CULPRITS = {
    "indented with spaces": ('   [kpis.x]\n  name = "X"\n', "[kpis.x]"),
    "indented with tabs": ('\t\t[kpis.x]\n\tname = "X"\n', "[kpis.x]"),
    "a tab in front of the key": ('[kpis]\n\tx\t=\t{ name = "X" }\n', "x"),
    "a header with spaces and quotes": ('[ kpis . "x" ]\n', '[ kpis . "x" ]'),
    "a dotted key": ('kpis.x.name = "X"\n', "kpis.x.name"),
    "lines that end as on Windows": ('title = "T"\r\n[kpis.x]\r\nname = "X"\r\n', "[kpis.x]"),
    "a comment after it": ("[kpis.x] # \u202e \u200b\n", "[kpis.x]"),
    "wide letters before it": (
        f'kpis = {{ y = {{ name = "{WIDE}", owner = "O" }}, x = {{}} }}',
        "x",
    ),
    "an escape before it": ('kpis = { y = { name = "\\u001b[31m", owner = "O" }, x = {} }', "x"),
    "a long line before it": (
        f'kpis = {{ y = {{ name = "{"n" * 300}", owner = "O" }}, x = {{}}, z.owner = "O" }}',
        "x",
    ),
    "a long line after it": (f'kpis.x = {{ definition = "{"n" * 3000}" }}\n', "kpis.x"),
}


@pytest.mark.parametrize("columns", [50, 80, 200])
@pytest.mark.parametrize("case", CULPRITS)
def test_the_carets_stand_under_the_culprit(
    case: str, columns: int, terminal: Terminal, board: Path
) -> None:
    text, culprit = CULPRITS[case]
    board.write_bytes(text.encode())
    seen = screen(terminal, "--select", "A01", columns=columns)
    line, carets = seen.splitlines()[2:4]
    before = line[: line.index(culprit + (" =" if culprit == "x" else ""))]
    wide = sum("\u2e80" < char < "\ua000" for char in before)
    assert carets == " " * (len(before) + wide) + "^" * len(culprit)
    assert len(line) + sum("\u2e80" < char < "\ua000" for char in line) <= columns


@pytest.mark.parametrize(("args", "env"), [(["--ascii"], ""), ([], "C"), ([], "POSIX")])
def test_where_there_is_ascii_alone_the_carets_stand_right(
    args: list[str], env: str, terminal: Terminal, board: Path
) -> None:
    board.write_text('kpis = { y = { name = "Ærø → 東京", owner = "O" }, x = {} }')
    text = screen(terminal, "--select", "A01", *args, env=env)
    assert text.isascii()
    assert pointed(text, "A01") == "x"
    assert "\\u6771" in text


def test_a_name_is_data(kpi: Kpi, terminal: Terminal, board: Path) -> None:
    board.write_text(FAULTY.replace('"Quality"', '"[red]Q\\u001b[31m\\nX"'))
    for sent in (terminal("check").sent.decode(), checked(kpi).out):
        assert "[red]Q\\x1b[31m\\x0aX" in sent
        assert "\x1b[31mX" not in sent
        assert "\nX" not in sent


def test_no_color_leaves_no_escape(terminal: Terminal, board: Path) -> None:
    board.write_text(FAULTY)
    assert b"\x1b[" in terminal("check").sent
    assert b"\x1b" not in terminal("check", env={"NO_COLOR": "1"}).sent


def test_sixty_kpis_fit_one_screen(terminal: Terminal, board: Path) -> None:
    """However much is wrong with each: a rule takes two lines there."""
    kinds = [
        'name = "Complaints"\ntarget = 9',
        'name = "Better service"\ntarget = 9',
        'name = "Workshops held"\nowner = "everybody"',
        'name = "Revenue and margin"\ndefinition = "tbd"\ntarget = 0\ntolerance = "10%"',
        'name = "Attendance rate"\ndefinition = "Those who come"\ntarget = "98%"',
        'name = "Followers"\ntarget = ">=0"',
    ]
    tables = (f"[kpis.k{at}]\n{kinds[at % 6]} \n" for at in range(60))
    board.write_text("".join(tables))
    lines = screen(terminal).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert lines[-1].endswith("in all: kpi check --verbose")
    assert len(screen(terminal, "--verbose").splitlines()) > 300
