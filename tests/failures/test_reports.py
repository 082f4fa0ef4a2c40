"""Pages and Markdown: whatever people wrote is text there, and the file is whole or not at all."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from markdown_it import MarkdownIt

from tests.failures.board import AS_OF, DEFINITIONS, Board, is_refused, unsealed
from tests.failures.names import NAMES, name, quoted
from tests.page import content, elements, parsed, strangers, texts

ACTING = [
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="the end of an attribute"),
    pytest.param("' onmouseover='alert(1)", id="the end of a quoted one"),
    pytest.param("</title></style></svg></table><h1>", id="ends of what stands around it"),
    pytest.param("]]>", id="the end of character data"),
    pytest.param("<!-- --> --", id="a comment"),
    pytest.param("&lt;b&gt; &amp; &#60;", id="entities"),
    pytest.param("$title ${content}", id="placeholders"),
    pytest.param("![x](https://evil/p.png)", id="a picture from elsewhere"),
    pytest.param("[x](javascript:alert(1)) [y][z]", id="links"),
    pytest.param("<https://evil> https://evil www.evil.com", id="links without a name"),
    pytest.param("a | b || c", id="cells"),
    pytest.param("`code` ```", id="code"),
    pytest.param("*a* _b_ **c** ~~d~~", id="stress"),
    pytest.param("# a", id="a heading"),
    pytest.param("1. a", id="a list"),
    pytest.param("- a", id="another list"),
    pytest.param("> a", id="a quotation"),
    pytest.param("ends in \\", id="an escape at the end"),
    pytest.param("@everyone #1", id="a mention"),
]
TOLD = {"html", "head", "body", "p", "h2", "table", "thead", "tbody", "tr", "th", "td"}
"""What the Markdown of a board is made of."""


def answer(board: Board, *args: str) -> str:
    run = board.kpi(*args, "--as-of", AS_OF)
    assert (run.code, run.err) == (0, "")
    return run.out


def visible(text: str) -> str:
    """A text as it is shown, where no character of it is turned into another."""
    return re.sub(r"\s+", " ", text)


def filled(board: Board, text: str) -> None:
    """A KPI with the text in every place that takes any, and actuals enough for a chart."""
    keys = ("name", "owner", "area", "definition", "source")
    table = "".join(f"{key} = {quoted(text)}\n" for key in keys)
    unit = re.sub("[0-9:]", "", f"kr {text}")[:40].strip()
    table += f"unit = {quoted(unit)}\n"
    top = f"title = {quoted(text)}\n[goals.growth]\nname = {quoted(text)}\n"
    board.define(f'{top}[kpis.mrr]\n{table}goal = "growth"\nlevers = [{quoted(text)}]\n')
    board.log.write_bytes(
        b"".join(unsealed("mrr", f"2025-{month:02}", str(month)) for month in range(4, 12))
    )
    note = ("--note", text, "--by", text[:60])
    assert board.kpi("record", "mrr", "14", "--period", "2025-12", "--yes", *note).code == 0


@pytest.mark.parametrize("text", ACTING)
def test_what_would_act_on_a_page_is_text(board: Board, text: str) -> None:
    filled(board, text)
    for args, count in ((["report"], 1), (["show", "mrr"], 1), (["history"], 0)):
        run = board.kpi(*args, "--format", "html")
        assert run.code == 0
        tree = parsed(run.out)
        assert strangers(tree) == set()
        assert text in "".join(texts(tree))
        charts = [one for kind, one in elements(tree) if kind == "svg" and one.get("role")]
        assert len(charts) == count
    tree = rendered(board.kpi("report", "--format", "markdown").out)
    assert {kind for kind, _ in elements(tree)} <= TOLD | {"h3", "ul", "li", "strong"}
    assert visible(text) in visible("".join(tree.itertext()))


@pytest.mark.parametrize(("text", "shown"), NAMES)
def test_a_name_is_visible_text_where_it_is_marked_up(board: Board, text: str, shown: str) -> None:
    name(board, text)
    tree = parsed(answer(board, "status", "--format", "html"))
    assert strangers(tree) == set()
    heads = [one for kind, one in elements(tree) if kind == "th" and one.get("scope") == "row"]
    assert "".join(heads[0].itertext()) == shown
    titles = ["".join(one.itertext()) for kind, one in elements(tree) if kind == "title"]
    assert titles[0].startswith(shown.removesuffix("…"))
    tree = rendered(answer(board, "status", "--format", "markdown"))
    assert {kind for kind, _ in elements(tree)} <= TOLD
    cells = ["".join(one.itertext()) for kind, one in elements(tree) if kind == "td"]
    assert cells[0] == shown


@pytest.mark.parametrize("text", ACTING)
def test_what_would_act_in_markdown_is_text(board: Board, text: str) -> None:
    name(board, text)
    drawn = answer(board, "status", "--format", "markdown")
    tree = rendered(drawn)
    assert {kind for kind, _ in elements(tree)} <= TOLD
    cells = ["".join(one.itertext()) for kind, one in elements(tree) if kind == "td"]
    assert visible(cells[0]) == visible(text)
    assert not re.search(r"https://|www\.|(?<!\\)@", drawn), "a bare address is a link on GitHub"


def rendered(markdown: str) -> Element:
    """What a reader of Markdown makes of it (CommonMark, with tables as GitHub has them)."""
    body = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return parsed(f"<!doctype html><html><head></head><body>{body}</body></html>")


def test_what_is_missing_is_a_gap_on_a_page_and_never_a_number(board: Board) -> None:
    board.define(f'{DEFINITIONS}\n[kpis.ratio]\nname = "Ratio"\nformula = "mrr / churn"\n')
    assert board.kpi("retract", "churn", "--period", "2026-02", "--yes").code == 0
    for args in (["status"], ["status", "--compare", "year"], ["explain", "ratio"]):
        drawn = board.kpi(*args, "--format", "html").out
        assert strangers(parsed(drawn)) == set()
        assert not re.search(r"[ >](nan|inf|none)[ <]", content(drawn), re.IGNORECASE)
        assert "no data" in drawn


@pytest.mark.parametrize(
    "file", ["kpis.toml", "kpis.jsonl", "folder", "elsewhere/link.html", "missing/r.html"]
)
def test_a_page_never_takes_the_place_of_something_else(board: Board, file: str) -> None:
    (board.kpi.folder / "folder").mkdir()
    (board.kpi.folder / "folder" / "r.html").write_text("old")
    (board.kpi.folder / "elsewhere").mkdir()
    (board.kpi.folder / "elsewhere" / "link.html").symlink_to("../folder/r.html")
    before = board.files()
    run = board.status("--format", "html", "-o", file)
    assert is_refused(run)
    assert board.files() == before
    assert (board.kpi.folder / "folder" / "r.html").read_text() == "old"


@pytest.mark.installed
def test_a_page_is_replaced_whole_or_not_at_all(board: Board) -> None:
    old = board.kpi.folder / "r.html"
    old.write_text("old")
    run = board.shell("ulimit -f 1; trap '' XFSZ; kpi status -o r.html")
    assert is_refused(run)
    assert old.read_text() == "old"
    assert leftovers(board.kpi.folder) == []
    assert board.status("-o", "r.html").code == 0
    assert old.read_text().startswith("<!doctype html>")


def leftovers(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.name.endswith(".tmp")]


def test_the_same_board_gives_the_same_bytes(board: Board) -> None:
    pages = {answer(board, "status", "--format", "html") for _ in range(2)}
    assert board.status("-o", "r.html").code == 0
    assert pages == {(board.kpi.folder / "r.html").read_text()}
