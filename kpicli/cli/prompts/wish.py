"""Ask a person which KPI they want: a term of the catalogue, or one of their own beside it."""

from collections.abc import Sequence

from kpicli.catalogue.lookup import find_term, is_name_of
from kpicli.catalogue.search import search
from kpicli.catalogue.term import Template
from kpicli.cli.output import say, say_all
from kpicli.cli.prompts.answers import ask_until_valid, ask_with_default, non_empty
from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.text import capitalized
from kpicli.views.words import adding as views

_OFFERED = 3  # terms for a goal; whoever means none of these says it in other words


class KpiChoice(NamedTuple):
    """What somebody wants to keep an eye on: a term of the catalogue, or a KPI of their own."""

    template: Template | None
    name: str = ""
    definition: str = ""

    @property
    def purpose(self) -> str:
        """A goal that it serves, for one who has not said any."""
        return capitalized(self.template.goals[0]) if self.template else ""


def ask_kpi(terms: Sequence[Template], phrase: str) -> KpiChoice:
    """Specific: the term that is meant, or a KPI of one's own with what is counted."""
    phrase = phrase or ask_until_valid(views.WISH_QUESTION, non_empty(views.ANSWER_NEEDED))
    term = find_term(phrase, terms)
    if term and is_name_of(term, phrase):
        return KpiChoice(term)
    offers = [term] if term else [template for template, _ in search(terms, phrase)][:_OFFERED]
    if not offers:
        say(views.NOT_IN_CATALOGUE)
        return _own(phrase)
    say_all(views.choices(offers, phrase))
    term = ask_until_valid(views.CHOICE_QUESTION, lambda answer: _picked_term(answer, offers))
    return KpiChoice(term) if term else _own(phrase)


def _picked_term(answer: str, offers: Sequence[Template]) -> Template | None:
    """The template of a number, the first without one; nothing where none of them is meant."""
    if answer.casefold() in {views.NO_CHOICE, "none", "no"}:
        return None
    if answer in {str(number) for number in range(1, len(offers) + 1)} | {""}:
        return offers[int(answer or 1) - 1]
    hint = f"1 to {len(offers)}, or {views.NO_CHOICE}"
    raise KpiError(f"'{answer[:40]}' is not one of them", hint=hint)


def _own(phrase: str) -> KpiChoice:
    name = ask_with_default(views.NAME_QUESTION, phrase)
    definition = ask_until_valid(views.DEFINITION_QUESTION, non_empty(views.ANSWER_NEEDED))
    return KpiChoice(None, name, definition)
