"""Definitions put at the end of a file: what stands there stays, whatever it looks like."""

import errno
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.catalogue.draft import Existing, Tables, catalogue_draft, draft_tables
from kpicli.catalogue.load import template_with_inputs, terms
from kpicli.catalogue.term import Template
from kpicli.errors import KpiError, ManyErrors, OutcomeUnknownError
from kpicli.store.definitions.append import extend, extended
from kpicli.store.definitions.read import read
from kpicli.store.definitions.write import appended, text_of
from kpicli.store.disk import Disk
from tests.store.logs import FaultyDisk

TERMS = terms()


def proposal(template: Template, content: bytes) -> Tables:
    """What `kpi add` puts behind a content for a term."""
    present = Existing(read("kpis.toml", content).definitions)
    given = {"owner": "Ann", "goal": "Spend less", "target": None}
    draft = catalogue_draft(template, template_with_inputs(template.id)[1:], given, present)
    return draft_tables(draft._replace(money="kr"), present)


BOM = "\ufeff"

COMMENTS = ["", "# a comment, with = and [kpis.cac]", "\t", "   # å ≥ 日本", "#"]
HEADS = ['title = "Our board"', "title='''two\nlines'''", 'decimal = "."', 'log="kpis.log/"']
GOALS = ['[goals.growth]\nname = "Grow"', '[goals . "growth"]', "[goals]\ngrowth = {}"]
KPIS = [
    '[kpis.revenue]\nname="Revenue"  # odd\n target   =   "500,000 kr"',
    "[ kpis . 'revenue' ]\ntarget = 5_000",
    '[kpis]\nrevenue = { name = "Revenue", target = "5 kr" }',
    '[kpis]\nrevenue.name = "Revenue"',
    '[kpis.revenue]\nlevers = [\n  "prices", # why\n\n  "campaigns",\n]',
    '[kpis.revenue.targets]\n"2026-01" = "5 kr"',
    'kpis.revenue.name = "Revenue"',
    "[kpis]",
    "",
]
CLOSED = ['kpis = { revenue = { name = "Revenue" } }', "goals = { growth = {} }", "kpis = {}"]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Definitions as people leave them: comments, odd spacing, any line end, or no last one."""
    first = draw(st.sampled_from([*CLOSED, ""]))
    is_closed = first.partition(" ")[0]
    kpis = draw(st.sampled_from(KPIS)) if is_closed != "kpis" else ""
    goals = draw(st.sampled_from([*GOALS, ""])) if is_closed != "goals" else ""
    rest = [kpis, goals] if kpis.startswith("kpis.") else draw(st.permutations([kpis, goals]))
    parts = [first, draw(st.sampled_from([*HEADS, ""])), *rest]
    lines: list[str] = []
    for part in parts:
        lines += [part, *draw(st.lists(st.sampled_from(COMMENTS), max_size=2))]
    ends = draw(st.sampled_from(["", "\n", "\n\n", "\n\n\n", "  "]))
    text = "\n".join(line for line in lines if line) + ends
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return draw(st.sampled_from(["", BOM])) + text


@given(files(), st.sampled_from(TERMS))
def test_the_old_bytes_come_first_and_all_of_it_loads(text: str, template: Template) -> None:
    old = text.encode()
    tables = proposal(template, old)
    if any(closed in text for closed in CLOSED):
        with pytest.raises(KpiError, match="nothing can be put behind that") as caught:
            extended("kpis.toml", old, tables)
        assert caught.value.where == "kpis.toml:1"
        return
    before = read("kpis.toml", old).definitions
    new, after = extended("kpis.toml", old, tables)
    assert new.startswith(old)
    kpis = after.definitions.kpis
    assert {id: repr(kpis[id]) for id in before.kpis} == {
        id: repr(kpi) for id, kpi in before.kpis.items()
    }
    assert set(kpis) == {*before.kpis, *(one.id for one in template_with_inputs(template.id))}
    assert set(after.definitions.goals) == {*before.goals, "spend_less"}
    block = new[len(old) :]
    assert (b"\r\n" in block) == (b"\r\n" in old)
    assert block.count(b"\r\n") in {0, block.count(b"\n")}


@pytest.mark.parametrize(
    ("old", "gap"),
    [
        pytest.param("", "", id="an empty file"),
        pytest.param(BOM, "", id="a byte order mark alone"),
        pytest.param("# me\n", "\n", id="one line"),
        pytest.param("# me", "\n\n", id="a last line without its end"),
        pytest.param("# me\n\n", "", id="a blank line"),
        pytest.param("# me\r\n", "\r\n", id="line ends of Windows"),
        pytest.param("# me\r\n# you", "\r\n\r\n", id="those, and none at the end"),
        pytest.param("# me\r\n\r\n", "", id="those, and a blank line"),
    ],
)
def test_one_blank_line_stands_between_and_line_ends_are_as_before(old: str, gap: str) -> None:
    end = "\r\n" if "\r" in old else "\n"
    expected = f'{old}{gap}[kpis.x]{end}name = "X"{end}'
    assert appended(old.encode(), '[kpis.x]\nname = "X"\n') == expected.encode()


def test_a_block_reads_as_if_a_person_had_written_it() -> None:
    table = {
        "target": "<900 kr",
        "name": 'CAC "net"\n\x1b',
        "levers": ["bids", "channels"],
        "owner": None,
    }
    assert text_of({"goals": {"growth": {"name": "Grow"}}, "kpis": {"cac": table}}) == (
        '[goals.growth]\nname = "Grow"\n\n'
        '[kpis.cac]\nname = "CAC \\"net\\"\\n\\u001b"\n'
        '# owner = "…"    # remove the # in front, and fill it in\n'
        'levers = ["bids", "channels"]\ntarget = "<900 kr"\n'
    )


def test_a_list_too_long_for_a_line_takes_one_an_item() -> None:
    levers = ["prices that nobody has looked at for years"] * 3
    lines = text_of({"kpis": {"cac": {"levers": levers}}}).splitlines()
    assert lines[1:3] == ["levers = [", f'    "{levers[0]}",']
    assert lines[-1] == "]"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        pytest.param({"target": "<3 <"}, "kpis.cac.target: ", id="no target"),
        pytest.param(
            {"formula": "gone / 2"}, "unknown KPI 'gone'", id="an input that is not there"
        ),
        pytest.param({"formula": "cac + 1"}, "formula cycle", id="a cycle"),
        pytest.param({"frequency": "often"}, "expected one of 'daily'", id="no word of it"),
        pytest.param({"unit": "%", "rollup": "sum"}, "percentages can't be summed", id="two keys"),
    ],
)
def test_what_would_not_load_is_refused_without_a_line_that_nobody_has(
    table: dict[str, Any], said: str
) -> None:
    with pytest.raises(ManyErrors) as caught:
        extended("kpis.toml", b"[kpis.revenue]\n", {"kpis": {"cac": table}})
    lines = caught.value.lines()
    assert any(said in line for line in lines)
    assert all(line.startswith("kpi: error: kpis.cac") for line in lines)
    assert caught.value.hint == "nothing written; correct it and run it again"


def test_a_file_that_would_be_too_large_is_refused() -> None:
    with pytest.raises(KpiError, match="the limit is 1 MB"):
        extended("kpis.toml", b"#" * 999_990, {"kpis": {"cac": {"unit": "kr"}}})


ADDED = b"# added\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "kpis.toml"
    file.write_bytes(b"# mine\n")
    return file


def add(path: Path, disk: Disk | None = None) -> None:
    extend(str(path), lambda content: content + ADDED, disk or FaultyDisk())


def files_beside(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def fails(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_is_replaced_whole_and_keeps_its_mode(path: Path) -> None:
    path.chmod(0o640)
    disk = FaultyDisk()
    add(path, disk)
    assert files_beside(path) == {"kpis.toml": b"# mine\n# added\n"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert disk.open_files == set()
    assert disk.calls.index("sync") < disk.calls.index("rename")


def test_a_link_stays_a_link(path: Path) -> None:
    link = path.parent / "elsewhere" / "kpis.toml"
    link.parent.mkdir()
    link.symlink_to(path)
    add(link)
    assert link.is_symlink()
    assert path.read_bytes() == b"# mine\n# added\n"


@pytest.mark.parametrize(
    ("fault", "number"),
    [
        ("open", errno.EACCES),
        ("open:2", errno.EACCES),
        ("lock", errno.ENOLCK),
        ("read", errno.EIO),
        ("write", errno.ENOSPC),
        ("sync", errno.EIO),
        ("set_mode", errno.EPERM),
        ("rename", errno.EIO),
    ],
)
def test_whatever_fails_the_file_is_what_it_was(path: Path, fault: str, number: int) -> None:
    disk = FaultyDisk(**{fault.replace(":", "__"): fails(number)})
    with pytest.raises(KpiError, match=f"nothing written: {os.strerror(number)}"):
        add(path, disk)
    assert files_beside(path) == {"kpis.toml": b"# mine\n"}
    assert disk.open_files == set()


def test_a_name_that_may_not_be_durable_is_said_to_be(path: Path) -> None:
    with pytest.raises(OutcomeUnknownError, match="outcome unknown: written, but perhaps not"):
        add(path, FaultyDisk(sync__2=fails(errno.EIO)))
    assert files_beside(path) == {"kpis.toml": b"# mine\n# added\n"}


def test_what_is_refused_while_it_is_composed_leaves_all_as_it_was(path: Path) -> None:
    def refuse(_: bytes) -> bytes:
        raise KpiError("no")

    with pytest.raises(KpiError, match="no"):
        extend(str(path), refuse, FaultyDisk())
    assert files_beside(path) == {"kpis.toml": b"# mine\n"}


@pytest.mark.parametrize("kind", ["saved in place", "saved under the same name"])
def test_an_editor_that_saves_meanwhile_is_not_overwritten(path: Path, kind: str) -> None:
    def saved(content: bytes) -> bytes:
        if kind == "saved in place":
            path.write_bytes(b"# edited\n")
        else:
            (path.parent / "new").write_bytes(b"# edited\n")
            os.rename(path.parent / "new", path)
        return content + ADDED

    with pytest.raises(KpiError, match="nothing written: somebody changed it in the meantime"):
        extend(str(path), saved, FaultyDisk())
    assert files_beside(path) == {"kpis.toml": b"# edited\n"}


def test_a_file_that_has_gone_is_not_made(path: Path) -> None:
    path.unlink()
    with pytest.raises(KpiError, match="nothing written: No such file"):
        add(path)
    assert files_beside(path) == {}


def test_two_at_once_both_stand_there(path: Path) -> None:
    def add_word(word: bytes) -> None:
        extend(str(path), lambda content: content + word)

    words = [b"# %d\n" % number for number in range(8)]
    threads = [Thread(target=add_word, args=[word]) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_bytes().splitlines(keepends=True)) == sorted([b"# mine\n", *words])


def test_a_signal_waits_until_it_is_done(path: Path) -> None:
    caught: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: caught.append(number))

    def renamed(old: str, new: str) -> None:
        signal.raise_signal(signal.SIGTERM)
        assert not caught
        os.rename(old, new)

    try:
        add(path, FaultyDisk(rename=renamed))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert caught == [signal.SIGTERM]
    assert files_beside(path) == {"kpis.toml": b"# mine\n# added\n"}
