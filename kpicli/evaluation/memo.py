"""What a run has found of a KPI is kept, so that nothing is worked out twice."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard


class Memo(Scorecard):
    """A scorecard that keeps the answers of its own methods."""

    @cached_property
    def answers(self) -> defaultdict[str, dict[Any, Any]]:
        """By the id of the KPI, then by the name of the method and what else was asked."""
        return defaultdict(dict)

    def forget(self, kpi: Kpi) -> None:
        """Drop what was found of a KPI that nothing else is computed from."""
        formulas = [other.formula for other in self.definitions.kpis.values() if other.formula]
        if not any(step.id == kpi.id for formula in formulas for step in formula.inputs):
            self.answers.pop(kpi.id, None)

    @classmethod
    def of(cls, ledger: "Memo") -> Self:
        """Another ledger of the same board as one of this class, which shares its answers."""
        other = cls(*ledger)
        other.__dict__["answers"] = ledger.answers
        return other


_Ledger = TypeVar("_Ledger", bound=Memo)
_Rest = ParamSpec("_Rest")
_Answer = TypeVar("_Answer")


def once(
    method: Callable[Concatenate[_Ledger, Kpi, _Rest], _Answer],
) -> Callable[Concatenate[_Ledger, Kpi, _Rest], _Answer]:
    """A method about a KPI that is carried out once for the same arguments, by position."""
    name, unknown = method.__name__, object()

    @wraps(method)
    def recall(ledger: _Ledger, kpi: Kpi, /, *rest: _Rest.args, **flags: _Rest.kwargs) -> _Answer:
        key = (name, *rest)
        answers = ledger.answers[kpi.id]
        answer: _Answer = answers.get(key, unknown)
        if answer is unknown:
            answer = answers[key] = method(ledger, kpi, *rest, **flags)
        return answer

    return recall
