"""What is new: who needs a person since an earlier day, and who no longer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kpicli.analysis.attention import Attention, Concern
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.schema_types import Word
from kpicli.noun import NamedTuple

_BY_GRAVITY = (Concern.OFF_TARGET, Concern.AT_RISK, Concern.SLIDING)


class Turn(Word):
    """Which way a KPI went."""

    NEW = "new"
    OVER = "over"


class News(NamedTuple):
    """One KPI, with only those of its concerns that are new, or those that are over.

    `now` is how it stands, or nothing where it is not kept any more.
    """

    turn: Turn
    attention: Attention
    now: Evaluation | None

    @property
    def evaluation(self) -> Evaluation:
        """How it stands, else how it last stood."""
        return self.now or self.attention.evaluation


class NewsSince(NamedTuple):
    """The news since the end of a day, and how many KPIs need attention in all."""

    day: date
    news: tuple[News, ...]
    needy: int

    @property
    def has_new(self) -> bool:
        """Whether any of it is new."""
        return any(each.turn is Turn.NEW for each in self.news)


def news(
    then: Iterable[Attention],
    now: Sequence[Attention],
    evaluations: Iterable[Evaluation],
    ids: Mapping[str, str],
) -> tuple[News, ...]:
    """The new ones most urgent first, then those that are over.

    A concern that is there on both days is none, whatever became of its numbers, and one that got
    worse is not over: the graver one takes its place. So the news of two spans that follow each
    other add up to those of both. `ids` maps former ids to today's.
    """
    standing = {evaluation.kpi.id: evaluation for evaluation in evaluations}
    earlier = {_id(need, ids): need for need in then}
    current = {_id(need, ids): need for need in now}
    return (
        *_news(Turn.NEW, current, earlier, standing),
        *_news(Turn.OVER, earlier, current, standing),
    )


def _id(need: Attention, ids: Mapping[str, str]) -> str:
    id = need.evaluation.kpi.id
    return ids.get(id, id)


def _news(
    turn: Turn,
    needs: Mapping[str, Attention],
    others: Mapping[str, Attention],
    standing: Mapping[str, Evaluation],
) -> Iterator[News]:
    """What is a concern in the ones, and is none in the others."""
    for id, need in needs.items():
        others_concerns = others[id].concerns if id in others else ()
        if turn is Turn.OVER:
            others_concerns += _replaced(others_concerns)
        concerns = tuple(each for each in need.concerns if each not in others_concerns)
        if concerns:
            yield News(turn, need._replace(concerns=concerns), standing.get(id))


def _replaced(concerns: tuple[Concern, ...]) -> tuple[Concern, ...]:
    """The milder ones whose place the gravest of them takes."""
    held = (at for at, concern in enumerate(_BY_GRAVITY) if concern in concerns)
    return _BY_GRAVITY[next(held, len(_BY_GRAVITY)) :]
