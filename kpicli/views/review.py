"""A review: of each owner what changed status and what is due, with room for an answer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from kpicli.analysis.review import DuePeriod, ReviewTopic
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.tree import Group
from kpicli.model.kpi import Definitions
from kpicli.text import plural, shown
from kpicli.views.parts.cells import Cell, Prose, Verdict
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, Row, Table, View
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import status_sentence

_COLUMNS = tuple(
    map(
        Column,
        (
            *("owner", "id", "name", "period", "status", "actual", "variance"),
            *("previous_period", "previous_status", "due_period", "late_from"),
        ),
    )
)


def review_view(
    definitions: Definitions,
    owners: Sequence[Group],
    topics: Sequence[ReviewTopic],
    as_of: date,
    warnings: tuple[str, ...] = (),
) -> View:
    """What there is to talk about, owner by owner, in the order of the definitions."""
    by_id = {topic.now.kpi.id: topic for topic in topics}
    named = [
        (f"no {group.key}" if group.name is None else shown(group.name), topic)
        for group in owners
        for topic in (by_id.get(one.kpi.id) for one, _ in group.rows)
        if topic
    ]
    rows = tuple(Row(_cells(topic)) for _, topic in named)
    head = Fields(
        (Field("title", definitions.title or None), Field("as_of", as_of.isoformat(), "As of"))
    )
    heading = " · ".join(filter(None, (shown(definitions.title), "Review")))
    table = Table("topics", _COLUMNS, rows)
    blocks = (head, table, *_lots(definitions, named, as_of))
    return View("review", heading, blocks, _footer(owners, topics), warnings)


def _lots(
    definitions: Definitions, named: Iterable[tuple[str, ReviewTopic]], as_of: date
) -> Iterator[Block]:
    for owner, lot in groupby(named, key=itemgetter(0)):
        yield Note(owner, is_heading=True)
        for _, topic in lot:
            yield Fields(tuple(_fields(definitions, topic, as_of)))


def _fields(definitions: Definitions, topic: ReviewTopic, as_of: date) -> Iterator[Field]:
    """How it stands, what is due, and an empty line to be filled in."""
    one = topic.now
    yield Field("", Verdict(one.status, _turn(definitions, topic)), shown(one.kpi.name))
    if topic.due:
        yield Field("", Prose(due_text(one, topic.due, as_of)), "Due")
    yield Field("", None, "Answer")


def _turn(definitions: Definitions, topic: ReviewTopic) -> str:
    """`, was on target in 2026-09: 480,000 kr, 20,000 kr short of 500,000 kr in 2026-10`."""
    before = topic.before
    was = f", was {before.status.word} in {before.period}" if topic.has_turned else ""
    said = status_sentence(NumberFormat(topic.now, definitions))
    return f"{was}: {said}" if topic.now.actual is None else f"{was}: {topic.now.period} {said}"


def due_text(one: Evaluation, due: DuePeriod, as_of: date) -> str:
    """`2026-10, since 2026-11-01: kpi record churn VALUE --period 2026-10`."""
    is_late = due.day <= as_of
    when = f"since {due.day}" if is_late else f"by {due.day - timedelta(days=1)}"
    return f"{due.period}, {when}: kpi record {one.kpi.id} VALUE --period {due.period}"


def _cells(topic: ReviewTopic) -> tuple[Cell, ...]:
    one, before, due = topic
    return (
        one.kpi.owner,
        one.kpi.id,
        one.kpi.name,
        one.period,
        one.status,
        one.actual,
        one.variance,
        before.period,
        before.status,
        due.period if due else None,
        due.day.isoformat() if due else None,
    )


def _footer(owners: Sequence[Group], topics: Sequence[ReviewTopic]) -> str:
    """`20 KPIs: 3 changed status, 1 due`."""
    count = sum(len(group.rows) for group in owners)
    turned = sum(topic.has_turned for topic in topics)
    due = sum(topic.due is not None for topic in topics)
    return f"{plural(count, 'KPI')}: {turned or 'none'} changed status, {due or 'none'} due"
