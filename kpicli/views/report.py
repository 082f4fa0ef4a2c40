"""The report: how all stands, what needs somebody, the board, then each KPI with its chart."""

from collections.abc import Iterable, Iterator, Sequence

from kpicli.analysis.profile import Profile, standing_records
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.scorecard import Scorecard
from kpicli.text import shown
from kpicli.views.kpi_detail import KpiDetail
from kpicli.views.parts.plot import Plot
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, Row, Table, View
from kpicli.views.status import status_counts
from kpicli.views.words.definition import definition_fields

_ATTENTION, _BOARD, _CHECK = "Needs attention", "The board", "What kpi check found"
_LISTED = 3
"""Periods of which is said who recorded them, when and why."""
_SOURCES = (
    Column("", "Period", is_brief=True),
    Column("", "Recorded", is_brief=True),
    Column("", "By"),
    Column("", "Note"),
)


def report_view(
    scorecard: Scorecard,
    evaluations: Sequence[Evaluation],
    pieces: Sequence[View],
    profiles: Iterable[Profile],
    warnings: tuple[str, ...] = (),
) -> View:
    """One view of many: `pieces` are what needs attention, the board, and what was found."""
    attention, board, check = pieces
    as_of = Fields((Field("", scorecard.clock.today.isoformat(), "As of"),))
    blocks = (
        as_of,
        Note(status_counts(evaluations)),
        *_piece(_ATTENTION, attention._replace(footer="")),
        *_piece(_BOARD, board._replace(footer="")),
        *(block for one in profiles for block in _kpi(scorecard, one)),
        *_piece(_CHECK, _beside(check)),
    )
    return View("report", board.heading, blocks, "", warnings)


def _piece(heading: str, view: View) -> Iterator[Block]:
    """A view beneath a heading of its own, where there is anything in it for people."""
    yield Note(heading, is_heading=True)
    yield from view.blocks
    if view.footer:
        yield Note(view.footer)


def _beside(view: View) -> View:
    """A view whose tables are looked into by those who want to."""
    blocks = (
        block._replace(is_aside=True) if isinstance(block, Table) else block
        for block in view.blocks
    )
    return view._replace(blocks=tuple(blocks))


def _kpi(scorecard: Scorecard, found: Profile) -> Iterator[Block]:
    """How it stands, its chart, what it means; the numbers behind that, and who recorded them."""
    yield Note(shown(found.kpi.name), is_heading=True)
    told = KpiDetail(scorecard, found)
    yield Fields(tuple(told.standing()))
    blocks = list(told.periods(len(found.periods)))
    yield from (one for one in blocks if isinstance(one, Plot))
    yield Fields(tuple(definition_fields(scorecard.definitions, found.kpi)))
    yield from (one for one in blocks if isinstance(one, Table))
    records = tuple(_sources(scorecard, found))
    if records:
        yield Table("recorded", _SOURCES, records, is_aside=True)


def _sources(scorecard: Scorecard, found: Profile) -> Iterator[Row]:
    """Who recorded its latest periods, when and with what note; the newest first."""
    for one in found.periods[:_LISTED]:
        for record in standing_records(scorecard, found.kpi, one.period):
            yield Row((record.period, record.at[:16].replace("T", " "), record.by, record.note))
