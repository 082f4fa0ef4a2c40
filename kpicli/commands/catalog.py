"""Find a KPI: by area, by term, or by what you want to achieve."""

from typing import Annotated

from kpicli.catalogue.load import templates, terms
from kpicli.catalogue.lookup import find_term
from kpicli.catalogue.search import search
from kpicli.cli.options import FileOptions, argument, command
from kpicli.cli.output import say, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import Exit
from kpicli.text import did_you_mean, safe
from kpicli.views.catalogue import answer_view, catalog_view, template_view
from kpicli.views.parts.view import View

EXAMPLES = """\
kpi catalog
kpi catalog marketing
kpi catalog cac
kpi catalog we lose customers
kpi catalog --json | jq -r '.entries[].id'
"""
_MOST = 3  # terms that answer a goal


def _known_words() -> list[str]:
    return [*dict.fromkeys(term.area for term in terms()), *(term.id for term in terms())]


@command
def run(
    words: Annotated[
        list[str] | None,
        argument(
            "[AREA | TERM | GOAL]",
            "What to look for, in your own words; without it all are listed.",
            autocompletion=_known_words,
        ),
    ] = None,
    *,
    files: FileOptions,
    output: OutputOptions,
) -> int:
    """Find a KPI: by area, by term, or by what you want to achieve.

    A goal is answered with the KPIs that serve it and why. Exit code 0 also where none does.
    """
    view = _answer(" ".join(words or ()).strip())
    show(output.drawing(view), files.protected() if output.output else ())
    return Exit.FINE


def _answer(phrase: str) -> View:
    area_terms = [term for term in terms() if term.area == phrase.casefold().replace("_", " ")]
    if not phrase or area_terms:
        return catalog_view(area_terms or terms())
    if template := find_term(phrase, terms()):
        return template_view(template, templates())
    matches = search(terms(), phrase)[:_MOST]
    if not matches:
        names = [name for term in terms() for name in (term.id, term.term, *term.aliases)]
        areas = ", ".join(dict.fromkeys(term.area for term in terms()))
        say(f"nothing in the catalogue answers '{safe(phrase[:80])}'")
        say(f"hint: {did_you_mean(phrase, names) or f'try other words, or an area: {areas}'}")
    return answer_view(phrase, matches)
