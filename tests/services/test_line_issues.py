"""Verifying the log: what is found on which line, and what is said of it."""

from pathlib import Path

import pytest

from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.services import line_issues as flaws
from kpicli.services.verify import Verification, verify
from kpicli.store.definitions.read import load_definitions
from kpicli.store.log.damage import CONFLICT
from kpicli.store.log.read import TORN, TORN_OR_COPIED
from tests.services.verifying import BAD, BOARD, ONE, SEAL, TWO, board, committed, verified
from tests.store.logs import NOW, FaultyDisk, line

UNSEALED = b'{"kpi":"mrr","period":"2026-10","value":5,"at":"2026-11-02T08:15:30Z"}\n'
UNTOLD = "unsealed: nobody can tell whether it was changed since it was written"
GONE = "record changed after it was written (id {} does not match)"

Short = tuple[IssueKind, int, str]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of a board, in the current folder; it is not there yet."""
    monkeypatch.chdir(tmp_path)
    return board(tmp_path)


def short(flaw: LogIssue) -> Short:
    return flaw.kind, flaw.line, flaw.message


@pytest.mark.usefixtures("log")
def test_no_log_has_no_flaw() -> None:
    assert verified() == Verification((), 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(ONE + TWO, id="records"),
        pytest.param(ONE + b"\n" + TWO[:-1] + b"\r\n", id="gaps and line ends of Windows"),
        pytest.param(ONE[:-1], id="no last line end"),
        pytest.param(line("mrr", "2026-10-05", 1), id="a part, where there is a rollup"),
        pytest.param(line("revenue", value=1), id="a former id"),
        pytest.param(line("visits", "2026-W44", 1), id="a week"),
        pytest.param(line("pilot", "2026-06", 1), id="the last period before it retired"),
        pytest.param(line("mrr", "2026-11-02", 1), id="the day on which it was recorded"),
        pytest.param(
            line("mrr", "2026-11", 1, at="2026-10-31T10:00:00.000000Z"),
            id="a month that has begun in the east",
        ),
        pytest.param(line(value=1, at=NOW), id="this very instant"),
        pytest.param(line("mrr", "1999-12", 1, at="2000-01-01T00:00:00.000000Z"), id="long ago"),
    ],
)
def test_a_sound_log_has_no_flaw(log: Path, content: bytes) -> None:
    log.write_bytes(content)
    found = verified()
    assert (found.issues, found.has_damage, found.is_found) == ((), False, False)
    assert found.records == content.count(b"kpi")


@pytest.mark.parametrize(
    ("content", "flaws"),
    [
        pytest.param(
            ONE + BAD + TWO,
            [(IssueKind.DAMAGED, 2, GONE.format(SEAL))],
            id="a record that was changed",
        ),
        pytest.param(ONE + ONE[:20], [(IssueKind.TORN, 2, TORN)], id="a torn last line"),
        pytest.param(
            b"\xef\xbb\xbf" + ONE,
            [(IssueKind.BYTE_ORDER_MARK, 1, "byte order mark ignored")],
            id="a byte order mark",
        ),
        pytest.param(
            b"<<<<<<< a\n" + ONE + b"=======\n" + ONE + b">>>>>>> b\n",
            [
                (IssueKind.CONFLICT, 1, CONFLICT),
                (IssueKind.CONFLICT, 3, CONFLICT),
                (IssueKind.DUPLICATE, 4, "same record as on line 2"),
                (IssueKind.CONFLICT, 5, CONFLICT),
            ],
            id="git's markers",
        ),
        pytest.param(
            ONE + b">>>>>>>",
            [(IssueKind.CONFLICT, 2, CONFLICT)],
            id="a bare marker without its end",
        ),
        pytest.param(
            (ONE + TWO).replace(b"\n", b"\r\n") + ONE + TWO + ONE,
            [
                (IssueKind.DUPLICATE, 3, "same record as on line 1"),
                (IssueKind.DUPLICATE, 4, "same record as on line 2"),
                (IssueKind.DUPLICATE, 5, "same record as on line 1"),
            ],
            id="every record twice, in two kinds of line ends",
        ),
        pytest.param(UNSEALED, [(IssueKind.UNSEALED, 1, UNTOLD)], id="an unsealed line"),
        pytest.param(
            line(value=1, at="2026-11-04T08:00:00.000000Z", by="bob"),
            [(IssueKind.FUTURE, 1, "recorded 2 days in the future by 'bob'")],
            id="two days ahead",
        ),
        pytest.param(
            line(value=1, at="2026-11-02T09:15:31.123456Z"),
            [(IssueKind.FUTURE, 1, "recorded 1 hour in the future")],
            id="an hour ahead",
        ),
        pytest.param(
            line(value=1, at="2026-11-02T08:17:31.123456Z"),
            [(IssueKind.FUTURE, 1, "recorded 2 minutes in the future")],
            id="two minutes ahead",
        ),
        pytest.param(
            line(value=1, at="2026-11-02T08:15:31.123457Z", by="\x1b[2J"),
            [(IssueKind.FUTURE, 1, r"recorded seconds in the future by '\x1b[2J'")],
            id="a microsecond ahead",
        ),
        pytest.param(
            line(value=1, at="1970-01-01T00:00:09.000000Z", by="pi"),
            [
                (
                    IssueKind.LONG_AGO,
                    1,
                    "recorded in 1970 by 'pi': by a machine whose clock was not set",
                )
            ],
            id="by a clock of 1970",
        ),
        pytest.param(
            line("churm", value=1),
            [
                (
                    IssueKind.UNKNOWN_KPI,
                    1,
                    "no definition has the KPI 'churm'",
                )
            ],
            id="an id that is close",
        ),
        pytest.param(
            line("zzz", value=1),
            [(IssueKind.UNKNOWN_KPI, 1, "no definition has the KPI 'zzz'")],
            id="an id that nobody has",
        ),
        pytest.param(
            line("margin", value=1),
            [(IssueKind.PERIOD, 1, "margin is computed by its formula, mrr / churn")],
            id="a formula",
        ),
        pytest.param(
            line("pilot", "2026-07", 1),
            [(IssueKind.PERIOD, 1, "pilot is only kept until 2026-06")],
            id="after it was retired",
        ),
        pytest.param(
            line("mrr", "2026-Q3", 1),
            [(IssueKind.PERIOD, 1, "2026-Q3 is longer than its frequency: mrr is monthly")],
            id="longer than its own",
        ),
        pytest.param(
            line("mrr", "2026-W40", 1),
            [(IssueKind.PERIOD, 1, "mrr is monthly: weeks do not fit into months")],
            id="a week of a month",
        ),
        pytest.param(
            line("churn", "2026-10-05", 1),
            [
                (
                    IssueKind.PERIOD,
                    1,
                    "churn has no rollup, so 2026-10-05 can't be a part of its month",
                )
            ],
            id="a part without a rollup",
        ),
        pytest.param(
            line("mrr", "2026-12", 1),
            [(IssueKind.PERIOD, 1, "2026-12 had not begun when it was recorded, on 2026-11-02")],
            id="before it began",
        ),
        pytest.param(
            line("mrr", "2026-11", 1, at="2026-10-31T09:59:59.999999Z"),
            [(IssueKind.PERIOD, 1, "2026-11 had not begun when it was recorded, on 2026-10-31")],
            id="before it began anywhere",
        ),
    ],
)
def test_every_flaw_is_found_on_its_line(log: Path, content: bytes, flaws: list[Short]) -> None:
    log.write_bytes(content)
    found = verified()
    assert [short(flaw) for flaw in found.issues] == flaws
    assert {flaw.file for flaw in found.issues} == {log.name}
    assert found.has_damage is any(
        kind in {IssueKind.DAMAGED, IssueKind.CONFLICT} for kind, _, _ in flaws
    )
    assert found.is_found is not all(kind.is_warning for kind, _, _ in flaws)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        pytest.param(BAD, "record its KPI and period again, then run kpi repair", id="a record"),
        pytest.param(b'{"kpi":"mrr","per\n', "kpi repair sets it aside", id="what shows none"),
        pytest.param(b"=======\n", "", id="a marker, which says so itself"),
    ],
)
def test_the_hint_is_what_can_be_done(log: Path, content: bytes, hint: str) -> None:
    log.write_bytes(content)
    [flaw] = verified().issues
    assert flaw.hint == hint


def test_a_log_of_the_usual_name_is_read_once(log: Path) -> None:
    log.write_bytes(ONE + TWO)
    disk = FaultyDisk()
    assert verify(load_definitions("kpis.toml"), NOW, disk=disk).records == 2
    assert disk.calls.count("open") == 1


def test_a_judge_that_forgets_says_the_same(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    periods = ("2026-Q1", "2026-10", "2026-Q1", "2026-09", "2026-Q1")
    log.write_bytes(b"".join(line("mrr", period, at) for at, period in enumerate(periods)))
    monkeypatch.setattr(flaws, "_MOST_FITS", 1)
    assert [flaw.line for flaw in verified().issues] == [1, 3, 5]


def test_damage_names_the_record_that_it_shows(log: Path) -> None:
    log.write_bytes(BAD + b'{"kpi":"a","kpi":"b","period":"2026-10"}\n')
    first, second = verified().issues
    assert [(one.kpi, one.period) for one in (first, second)] == [("mrr", "2026-10"), ("", "")]


@pytest.mark.usefixtures("log")
def test_flaws_of_a_folder_name_their_file(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(f'log = "kpis.log/"\n{BOARD}')
    folder = tmp_path / "kpis.log"
    folder.mkdir()
    (folder / "ana.jsonl").write_bytes(b"\n" + ONE + ONE[:9])
    (folder / "bob.jsonl").write_bytes(TWO + BAD + ONE + TWO)
    found = verified()
    assert [(flaw.file, *short(flaw)) for flaw in found.issues] == [
        ("kpis.log/ana.jsonl", IssueKind.TORN, 3, TORN_OR_COPIED),
        ("kpis.log/bob.jsonl", IssueKind.DAMAGED, 2, GONE.format(SEAL)),
        ("kpis.log/bob.jsonl", IssueKind.DUPLICATE, 3, "same record as kpis.log/ana.jsonl:2"),
        ("kpis.log/bob.jsonl", IssueKind.DUPLICATE, 4, "same record as on line 1"),
    ]
    assert found.records == 2


def test_a_log_that_git_would_not_merge_is_named_first(log: Path) -> None:
    committed(log, BAD)
    (log.parent / ".gitattributes").write_text("")
    first, second = verified().issues
    assert (first.kind, first.line) == (IssueKind.NO_UNION_MERGE, 0)
    assert first.message == (
        "git would not keep both sides of a merge: "
        "put 'kpis.jsonl merge=union -text' into .gitattributes"
    )
    assert second.kind is IssueKind.DAMAGED


def test_a_folder_with_a_file_a_writer_needs_no_attribute(tmp_path: Path, log: Path) -> None:
    committed(log, b"")
    (log.parent / ".gitattributes").write_text("")
    (tmp_path / "kpis.toml").write_text(f'log = "kpis.log/"\n{BOARD}')
    (tmp_path / "kpis.log").mkdir()
    assert verified().issues == ()
