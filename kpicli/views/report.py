"""The report: how all stands, what needs somebody, the board, then each KPI with its chart."""

from collections.abc import Iterable, Iterator, Sequence

from kpicli.analysis.profile import Profile, standing_records
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.text import clipped
from kpicli.views.kpi_detail import KpiDetail
from kpicli.views.parts.notes import events_blocks
from kpicli.views.parts.plot import Plot
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, Table, View, table_of
from kpicli.views.status import status_counts
from kpicli.views.words.definition import definition_fields

_ATTENTION, _GAPS, _DEFINITION = "Needs attention", "Where it sticks", "Definition"
_BOARD, _CHECK = "The board", "What kpi check found"
_RECORDED_PERIODS = 3  # the latest, whose records are listed
_RECORDS: tuple[Column[Record], ...] = (
    Column("", "Period", lambda record: record.period, is_brief=True),
    Column("", "Recorded", lambda record: record.at[:16].replace("T", " "), is_brief=True),
    Column("", "By", lambda record: record.by),
    Column("", "Note", lambda record: record.note),
)


def report_view(
    scorecard: Ledger,
    evaluations: Sequence[Evaluation],
    pieces: Sequence[View],
    profiles: Iterable[Profile],
    warnings: tuple[str, ...],
) -> View:
    """One view of many: `pieces` are what needs attention, the gaps, the board, the findings."""
    attention, gaps, board, check = pieces
    sections: list[Block] = []
    periods = list[Period]()
    for profile in profiles:
        detail = KpiDetail(scorecard, profile)
        sections += _kpi(detail)
        periods += detail.shown_periods()
    blocks = (
        Fields((Field("", scorecard.clock.today.isoformat(), "As of"),)),
        Note(status_counts(evaluations)),
        *_piece(_ATTENTION, attention._replace(footer="")),
        *_piece(_GAPS, gaps._replace(footer="")),
        *_piece(_BOARD, board._replace(footer="")),
        *sections,
        *events_blocks(scorecard.definitions.events, periods),
        *_piece(_CHECK, _with_asides(check)),
    )
    return View("report", board.heading, blocks, "", warnings)


def _piece(heading: str, view: View) -> Iterator[Block]:
    yield Note(heading, is_heading=True)
    yield from view.blocks
    if view.footer:
        yield Note(view.footer)


def _with_asides(view: View) -> View:
    """A view whose tables are folded away."""
    blocks = (
        block._replace(is_aside=True) if isinstance(block, Table) else block
        for block in view.blocks
    )
    return view._replace(blocks=tuple(blocks))


def _kpi(detail: KpiDetail) -> Iterator[Block]:
    """How it stands, its chart, what it means; the numbers behind that, and who recorded them."""
    scorecard, profile = detail.scorecard, detail.profile
    yield Note(clipped(profile.kpi.name), is_heading=True, id=profile.kpi.id)
    yield Fields(tuple(detail.standing()))
    blocks = list(detail.periods(len(profile.periods)))
    yield from (block for block in blocks if isinstance(block, Plot))
    yield Fields(tuple(definition_fields(scorecard.definitions, profile.kpi)), _DEFINITION)
    yield from (block for block in blocks if isinstance(block, Table))
    records: list[Record] = []
    for evaluation in profile.periods[:_RECORDED_PERIODS]:
        place = scorecard, profile.kpi, evaluation.period
        records += (*standing_records(*place), *standing_notes(*place))
    if records:
        yield table_of("recorded", _RECORDS, records, is_aside=True)
