"""A review: of each owner what changed status and what is due, with room for an answer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from kpicli.analysis.awaited import DuePeriods
from kpicli.analysis.review import ReviewTopic
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.selection import Group
from kpicli.model.kpi import Definitions
from kpicli.model.period import period_list
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import Items, Prose
from kpicli.views.parts.evaluation_columns import shared, verdict
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, View, table_of
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import status_sentence


class _Row(NamedTuple):
    topic: ReviewTopic

    @property
    def evaluation(self) -> Evaluation:
        return self.topic.now


_COLUMNS: tuple[Column[_Row], ...] = (
    *shared("owner", "id", "name", "period", "status", "actual", "variance"),
    Column("previous_period", of=lambda row: row.topic.before.period),
    Column("previous_status", of=lambda row: row.topic.before.status),
    Column("due_period", of=lambda row: row.topic.due.periods[0] if row.topic.due else None),
    Column(
        "due_periods",
        of=lambda row: Items(tuple(map(str, row.topic.due.periods)) if row.topic.due else ()),
    ),
    Column("late_from", of=lambda row: row.topic.due.day.isoformat() if row.topic.due else None),
)


def review_view(
    definitions: Definitions,
    owners: Sequence[Group],
    topics: Sequence[ReviewTopic],
    as_of: date,
    warnings: tuple[str, ...],
) -> View:
    """What there is to talk about, owner by owner, in the order of the definitions."""
    by_id = {topic.now.kpi.id: topic for topic in topics}
    owned = [
        (group.heading, topic)
        for group in owners
        for topic in (by_id.get(evaluation.kpi.id) for evaluation, _ in group.rows)
        if topic
    ]
    head = Fields(
        (Field("title", definitions.title or None), Field("as_of", as_of.isoformat(), "As of"))
    )
    heading = " · ".join(filter(None, (clipped(definitions.title), "Review")))
    table = table_of("topics", _COLUMNS, (_Row(topic) for _, topic in owned))
    blocks = (head, table, *_sections(definitions, owned, as_of))
    return View("review", heading, blocks, _footer(owners, topics), warnings)


def _sections(
    definitions: Definitions, owned: Iterable[tuple[str, ReviewTopic]], as_of: date
) -> Iterator[Block]:
    for owner, topics in groupby(owned, key=itemgetter(0)):
        yield Note(owner, is_heading=True)
        for _, topic in topics:
            yield Fields(tuple(_fields(definitions, topic, as_of)))


def _fields(definitions: Definitions, topic: ReviewTopic, as_of: date) -> Iterator[Field]:
    """How it stands, what is due, and an empty line for the answer."""
    evaluation = topic.now
    change = _change_of_status(definitions, topic)
    yield Field("", verdict(evaluation, change), clipped(evaluation.kpi.name))
    if topic.due:
        yield Field("", Prose(due_text(evaluation, topic.due, as_of)), "Due")
    yield Field("", None, "Answer")


def _change_of_status(definitions: Definitions, topic: ReviewTopic) -> str:
    """`, was on target in 2026-09: 480,000 kr, 20,000 kr short of 500,000 kr in 2026-10`."""
    before, evaluation = topic.before, topic.now
    change = f", was {before.status.word} in {before.period}" if topic.has_turned else ""
    sentence = status_sentence(NumberFormat(evaluation, definitions))
    period = "" if evaluation.actual is None else f"{evaluation.period} "
    return f"{change}: {period}{sentence}"


def due_text(evaluation: Evaluation, due: DuePeriods, as_of: date) -> str:
    """`2026-10, since 2026-11-01: kpi record churn VALUE --period 2026-10`."""
    is_late = due.day <= as_of
    day = f"since {due.day}" if is_late else f"by {due.day - timedelta(days=1)}"
    advice = f" VALUE --period {due.periods[0]}" if len(due.periods) == 1 else ""
    return f"{period_list(due.periods)}, {day}: kpi record {evaluation.kpi.id}{advice}"


def _footer(owners: Sequence[Group], topics: Sequence[ReviewTopic]) -> str:
    """`20 KPIs: 3 changed status, 1 due`."""
    count = sum(len(group.rows) for group in owners)
    changes = sum(topic.has_turned for topic in topics)
    due = sum(topic.due is not None for topic in topics)
    return f"{plural(count, 'KPI')}: {changes or 'none'} changed status, {due or 'none'} due"
