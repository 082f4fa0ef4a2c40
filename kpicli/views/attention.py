"""What needs a person, and why, in words."""

from collections.abc import Sequence
from decimal import Decimal

from kpicli.analysis.attention import Attention, Concern
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.kpi import Definitions
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.text import safe, shown
from kpicli.views.parts.cells import Cell, Items, Prose, Verdict
from kpicli.views.parts.view import Column, Field, Fields, Note, Row, Table, View
from kpicli.views.status import status_counts
from kpicli.views.words.behaviour import chance_text, signal_text
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import overdue_text, status_sentence

_COLUMNS = (
    Column("id"),
    Column("name"),
    Column("area"),
    Column("goal"),
    Column("owner"),
    Column("period"),
    Column("unit"),
    Column("actual"),
    Column("target"),
    Column("target_low"),
    Column("target_high"),
    Column("variance"),
    Column("status"),
    Column("overdue"),
    Column("concerns"),
    Column("odds_period"),
    Column("odds_met"),
    Column("odds_off"),
    Column("text"),
    Column("", "KPI", is_brief=True),
    Column("", "Status", is_brief=True),
    Column("", "Why"),
    Column("", "Owner", rank=1),
)


def attention_view(
    scorecard: Scorecard,
    evaluations: Sequence[Evaluation],
    needy: Sequence[Attention],
    warnings: tuple[str, ...] = (),
) -> View:
    """A row a KPI, most urgent first; where there is none, the one line that says so."""
    definitions = scorecard.definitions
    as_of = scorecard.clock.today.isoformat()
    head = Fields((Field("title", definitions.title or None), Field("as_of", as_of)))
    counts = status_counts(evaluations)
    if not needy:
        table = Table("attention", _COLUMNS[:-4], ())
        nothing = Note(f"nothing needs attention · {counts}")
        return View("attention", "", (head, table, nothing), "", warnings)
    rows = tuple(_row(one, scorecard) for one in needy)
    table = Table("attention", _columns(needy), rows)
    heading = " · ".join(part for part in (shown(definitions.title), "needs attention") if part)
    verb = "needs" if len(needy) == 1 else "need"
    said = f"{counts} · {len(needy):,} {verb} attention"
    return View("attention", heading, (head, table), said, warnings)


def _columns(needy: Sequence[Attention]) -> tuple[Column, ...]:
    """Owners are shown where there are any."""
    has_owner = any(one.evaluation.kpi.owner for one in needy)
    return _COLUMNS if has_owner else (*_COLUMNS[:-1], _COLUMNS[-1]._replace(heading=""))


def _row(one: Attention, scorecard: Scorecard) -> Row:
    found = one.evaluation
    kpi, target = found.kpi, found.target
    is_range = target is not None and target.high is not None
    said = attention_text(one, scorecard)
    mark = Verdict(found.status)
    cells: tuple[Cell, ...] = (
        kpi.id,
        kpi.name,
        kpi.area,
        kpi.goal,
        kpi.owner,
        found.period,
        kpi.unit or None,
        found.actual,
        target.number if target and not is_range else None,
        target.number if target and is_range else None,
        target.high if target else None,
        found.variance,
        found.status,
        found.is_overdue,
        Items(one.concerns),
        *_odds(one),
        said,
        kpi.name,
        mark,
        Prose(said),
        kpi.owner,
    )
    return Row(cells)


def _odds(one: Attention) -> tuple[Cell, Cell, Cell]:
    if one.sliding is None:
        return None, None, None
    met, off = (Decimal(f"{chance:.3f}") for chance in (one.sliding.met, one.sliding.off))
    return one.sliding.period, met, off


def attention_text(one: Attention, scorecard: Scorecard) -> str:
    """`480,000 kr, 20,000 kr short of 500,000 kr; 8 months in a row below average`."""
    words = {
        Concern.OFF_TARGET: [_standing(one, scorecard.definitions)],
        Concern.SLIDING: [_sliding(one)],
        Concern.SIGNAL: [_signals(one)],
        Concern.OVERDUE: [f"overdue: {overdue_text(scorecard, one.evaluation)}"],
        Concern.DAMAGED: [one.evaluation.reason],
    }
    return safe("; ".join(text for concern in one.concerns for text in words[concern]))


def _standing(one: Attention, definitions: Definitions) -> str:
    """How far off target it is, and in which period that was."""
    found = one.evaluation
    text, period = status_sentence(NumberFormat(found, definitions)), str(found.period)
    return text if period in text else f"{text} in {period}"


def _signals(one: Attention) -> str:
    """What is unusual, and whether much is known yet of what is usual."""
    said = "; ".join(signal_text(signal, one.evaluation.kpi) for signal in one.signals)
    return f"{said} (limits on trial)" if one.is_trial else said


def _sliding(one: Attention) -> str:
    """`on target now, 64% to miss 2026-12`."""
    if one.sliding is None:
        return ""
    now = one.evaluation.status
    worse = "miss" if now is Status.ON_TARGET else "be off target in"
    return f"{now.word} now, {chance_text(one.chance)} to {worse} {one.sliding.period}"
