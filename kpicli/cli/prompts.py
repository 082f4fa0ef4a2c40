"""Ask a person for a KPI, one question a letter of SMART; an empty answer takes what is offered."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from kpicli.catalogue.draft import Draft, Existing, draft_tables, missing_keys, with_money
from kpicli.catalogue.ids import find_goal
from kpicli.catalogue.lookup import find_term
from kpicli.catalogue.search import search
from kpicli.catalogue.starter import StarterBoard
from kpicli.catalogue.starter_draft import EntryLookup, money_of_targets, starter_kpi_draft
from kpicli.catalogue.term import Entry
from kpicli.cli.output import ask, say, say_all
from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions
from kpicli.model.number import Mark
from kpicli.model.schema_types import DecimalMark
from kpicli.model.unit import check_unit
from kpicli.plugins import choice
from kpicli.text import safe
from kpicli.views.words import adding as views

T = TypeVar("T")
NOTHING_WRITTEN = "nothing written"
_OFFERED = 3
"""Terms for a goal; whoever means none of these says it in other words."""


class KpiChoice(NamedTuple):
    """What somebody wants to keep an eye on: a term of the catalogue, or a KPI of their own."""

    entry: Entry | None
    name: str = ""
    definition: str = ""

    @property
    def purpose(self) -> str:
        """A goal that it serves, for one who has not said any."""
        return views.capital(self.entry.goals[0]) if self.entry else ""


def ask_until_valid(question: str, read: Callable[[str], T]) -> T:
    """What is read out of an answer; one that can't be read is asked for again."""
    while True:
        answer = ask(question, NOTHING_WRITTEN)
        try:
            return read(answer)
        except KpiError as error:
            say(f"  {safe(error.message)}" + (f" ({safe(error.hint)})" if error.hint else ""))


def non_empty(why: str) -> Callable[[str], str]:
    """A reader of an answer that must not be empty."""

    def read(answer: str) -> str:
        if not answer:
            raise KpiError(why)
        return answer

    return read


def ask_kpi(terms: Sequence[Entry], phrase: str) -> KpiChoice:
    """Specific: the term that is meant, or a KPI of one's own with what is counted."""
    phrase = phrase or ask_until_valid(views.WISH_QUESTION, non_empty(views.ANSWER_NEEDED))
    if term := find_term(phrase, terms):
        return KpiChoice(term)
    offers = [entry for entry, _ in search(terms, phrase)][:_OFFERED]
    if not offers:
        say(views.NOT_IN_CATALOGUE)
        return _own(phrase)
    say_all(views.choices(offers))
    term = ask_until_valid(views.CHOICE_QUESTION, lambda answer: _picked_term(answer, offers))
    return KpiChoice(term) if term else _own(phrase)


def _picked_term(answer: str, offers: Sequence[Entry]) -> Entry | None:
    """The entry of a number, the first without one; nothing where none of them is meant."""
    if answer.casefold() in {views.NO_CHOICE, "none", "no"}:
        return None
    if answer in {str(number) for number in range(1, len(offers) + 1)} | {""}:
        return offers[int(answer or 1) - 1]
    raise KpiError(
        f"'{answer[:40]}' is not one of them", hint=f"1 to {len(offers)}, or {views.NO_CHOICE}"
    )


def _own(phrase: str) -> KpiChoice:
    name = ask(views.name_question(phrase), NOTHING_WRITTEN) or phrase
    return KpiChoice(
        None, name, ask_until_valid(views.DEFINITION_QUESTION, non_empty(views.ANSWER_NEEDED))
    )


def ask_missing(draft: Draft, existing: Existing, purpose: str) -> Draft:
    """The draft with all that was missing; `purpose` is offered as its goal."""
    say_all(views.introduction(draft))
    lacking = missing_keys(draft, existing)
    questions = {key: ask_for for key, ask_for in _QUESTIONS.items() if key in lacking}
    for ask_for in questions.values():
        draft = with_money(ask_for(draft, existing, purpose), existing)
    if "frequency" not in draft.overrides:
        draft = _with_keys(draft, frequency=_frequency(draft))
    if "unit" in missing_keys(draft, existing):
        draft = _with_keys(draft, unit=ask_until_valid(views.CURRENCY_QUESTION, _money))
    return with_money(draft, existing)


def _with_keys(draft: Draft, **more: str) -> Draft:
    return draft._replace(overrides={**draft.overrides, **more})


def _target(draft: Draft, existing: Existing, _purpose: str) -> Draft:
    """Measurable."""

    def read(answer: str) -> Draft:
        with_target = _with_keys(draft, target=non_empty(views.TARGET_NEEDED)(answer))
        draft_tables(with_money(with_target, existing), existing)
        return with_target

    with_target = ask_until_valid(views.target_question(draft), read)
    if (
        existing.target(with_target.overrides["target"]).is_relative
        and "baseline" not in with_target.overrides
    ):
        return _with_keys(
            with_target,
            baseline=ask_until_valid(views.BASELINE_QUESTION, non_empty(views.ANSWER_NEEDED)),
        )
    return with_target


def _owner(draft: Draft, _present: Existing, _purpose: str) -> Draft:
    """Actionable."""
    default = views.default_owner(str(draft.table.get("area") or ""))
    return _with_keys(draft, owner=ask(views.owner_question(default), NOTHING_WRITTEN) or default)


def _goal(draft: Draft, existing: Existing, purpose: str) -> Draft:
    """Relevant."""
    goals = existing.definitions.goals
    default = _goal_beside(draft, existing) or purpose

    def read(answer: str) -> Draft:
        goal = non_empty(views.ANSWER_NEEDED)(answer or default)
        find_goal(goal, goals)
        return _with_keys(draft, goal=goal)

    return ask_until_valid(views.goal_question(default, goals.values()), read)


def _goal_beside(draft: Draft, existing: Existing) -> str:
    """What others of its area serve."""
    area, definitions = draft.table.get("area"), existing.definitions
    goals = (kpi.goal for kpi in definitions.kpis.values() if kpi.area == area and kpi.goal)
    return next((definitions.goals[goal].name for goal in goals), "")


_QUESTIONS: Mapping[str, Callable[[Draft, Existing, str], Draft]] = {
    "target": _target,
    "owner": _owner,
    "goal": _goal,
}


def _frequency(draft: Draft) -> str:
    """Time-bound."""
    default = str(draft.keys["frequency"])

    def read(answer: str) -> str:
        return choice("frequency", answer.lower() or default, Frequency)

    return ask_until_valid(views.frequency_question(default), read)


def _money(answer: str) -> str:
    check_unit(non_empty(views.ANSWER_NEEDED)(answer))
    return answer


def confirm_write(file: str) -> bool:
    """Whether what was shown is to be written; an empty answer is yes."""
    return ask(views.write_question(file), NOTHING_WRITTEN).casefold() in {"", "y", "yes"}


def ask_starter(boards: Sequence[StarterBoard]) -> StarterBoard | None:
    """The board to start from; nothing where none of them is meant."""
    names = [board.name for board in boards]

    def read(answer: str) -> StarterBoard | None:
        if not answer:
            return None
        at = {str(number): name for number, name in enumerate(names, 1)}
        return boards[names.index(choice("the board", at.get(answer, answer.lower()), names))]

    say(views.STARTER_INVITATION)
    say_all(views.starter_lines(boards))
    return ask_until_valid(views.STARTER_QUESTION, read)


def ask_decimal_mark() -> Mark:
    """The decimal mark that somebody writes numbers with; the point without an answer."""

    def read(answer: str) -> Mark:
        return DecimalMark(
            choice("the decimal mark", _MARK_BY_ANSWER.get(answer, answer), DecimalMark)
        ).value

    return ask_until_valid(views.DECIMAL_QUESTION, read)


_MARK_BY_ANSWER = {"": ".", "480,000.50": ".", "480.000,50": ","}


def ask_starter_targets(
    board: StarterBoard, made_of: EntryLookup, unit: str | None, mark: Mark
) -> dict[str, str | None]:
    """The targets that somebody has for the KPIs at the top of a board."""
    existing = Existing(Definitions(decimal=DecimalMark(mark), is_decimal_stated=True))
    targets: dict[str, str | None] = {}
    for id in board.top_level:
        draft = starter_kpi_draft(
            board, id, made_of, None, unit or money_of_targets(targets, board, "", mark)
        )

        def read(answer: str, draft: Draft = draft) -> str | None:
            draft_tables(_with_keys(draft, target=answer), existing)
            return answer or None

        targets[id] = ask_until_valid(views.starter_target_question(draft), read)
    return targets
