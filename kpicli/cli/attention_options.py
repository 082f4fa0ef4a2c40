"""The flags about what needs a person: that alone, what of it is new, and when it fails."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

from kpicli.cli.options import DayOptions, FileOptions, flag, switch
from kpicli.errors import KpiError
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.plugins import choice

if TYPE_CHECKING:
    from kpicli.cli.attention import Needs
    from kpicli.services.load import EvaluatedBoard

_WARNING, _NEW = "warning", "new"
_WORSE: Mapping[str, Collection[Status]] = {
    "at_risk": {Status.AT_RISK, Status.OFF_TARGET},
    "off_target": {Status.OFF_TARGET},
    "no_data": {Status.NO_DATA},
    "overdue": (),
    _WARNING: (),
    _NEW: (),
}


class AttentionOptions(NamedTuple):
    """What needs a person."""

    attention: Annotated[bool, switch("Only what needs a person, most urgent first.")] = False
    all: Annotated[bool, switch("With --attention: every line, not the first seven.")] = False
    since: Annotated[
        str | None,
        flag(
            "DATE",
            "With --attention: only what is new or over since the end of that day; last is the "
            "day before the one judged on.",
        ),
    ] = None
    fail_on: Annotated[
        list[str] | None,
        flag(
            "STATUS",
            "Exit 1 at at_risk, off_target, overdue, no_data, warning (whatever --attention "
            "lists) or new (whatever is new with --since); repeatable.",
            autocompletion=lambda: list(_WORSE),
        ),
    ] = None

    def require_consistent(
        self, period: Mapping[str, str | None], layout: Mapping[str, str | None]
    ) -> None:
        """Raise `KpiError` for flags that do not go with these, or with each other."""
        for word in self.fail_on or ():
            choice("--fail-on", word, _WORSE)
        if self.attention:
            _require_alone("--attention", {**period, **layout})
        if self._fails_on(_WARNING):
            _require_alone("--fail-on warning", period)
        if self.since is None and self._fails_on(_NEW):
            raise KpiError("--fail-on new is about --since", hint="as in --attention --since last")
        if self.since is not None and not self.attention:
            raise KpiError("--since goes with --attention", hint="add --attention")
        if self.all and not self.attention:
            raise KpiError("--all goes with --attention", hint="add --attention")

    @property
    def has_needs(self) -> bool:
        """Whether that is asked for."""
        return self.attention or self._fails_on(_WARNING)

    def needs(
        self,
        board: "EvaluatedBoard",
        day: DayOptions,
        files: FileOptions,
        ids: Collection[str] | None,
    ) -> "Needs | None":
        """What needs a person, where that is asked for; of some KPIs, else of all."""
        if not self.has_needs:
            return None
        from kpicli.cli.attention import needs_of

        earlier = None if self.since is None else day.earlier("--since", self.since)
        return needs_of(board, earlier, files, ids)

    def most(self, *, is_for_machine: bool) -> int | None:
        """How many lines are shown: a program gets all of them."""
        from kpicli.views.attention import MOST

        return None if self.all or is_for_machine else MOST

    def is_failed(self, evaluations: Iterable[Evaluation], needs: "Needs | None") -> bool:
        """Whether there is any of what is to fail."""
        words = self.fail_on or ()
        if needs and (
            (_WARNING in words and needs.attentions) or (_NEW in words and needs.has_new)
        ):
            return True
        return any(_fails(evaluation, word) for evaluation in evaluations for word in words)

    def _fails_on(self, word: str) -> bool:
        return word in (self.fail_on or ())


def _require_alone(flag: str, flags: Mapping[str, str | None]) -> None:
    """What needs a person is about now, and in an order of its own."""
    for name, value in flags.items():
        if value is not None:
            message = f"{flag} and --{name} do not go together"
            raise KpiError(message, hint="what needs attention is about now; leave one of them out")


def _fails(evaluation: Evaluation, word: str) -> bool:
    is_worse = evaluation.status in _WORSE[word] and not evaluation.is_skip
    return is_worse or (word == "overdue" and evaluation.is_overdue)
