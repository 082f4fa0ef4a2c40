"""Find a KPI: by area, by its term, or by what you want to achieve."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated

from typer import Argument

from kpicli.catalogue.load import entries
from kpicli.catalogue.lookup import called
from kpicli.catalogue.search import matching
from kpicli.catalogue.term import Entry
from kpicli.cli.options import FileOptions, command
from kpicli.cli.output import say, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import Exit, KpiError
from kpicli.text import did_you_mean, safe
from kpicli.views.catalogue import answer_view, catalog_view, entry_view
from kpicli.views.parts.view import View

EXAMPLES = """\
kpi catalog
kpi catalog marketing
kpi catalog cac
kpi catalog we lose customers
kpi catalog --json | jq -r '.entries[].id'
"""
_MOST = 3
"""Terms that answer a goal."""


def _known_words() -> list[str]:
    terms = [entry for entry in entries().values() if not entry.is_input]
    return [*dict.fromkeys(entry.area for entry in terms), *(entry.id for entry in terms)]


@command
def run(
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[AREA | TERM | GOAL]",
            help="What to look for, in your own words; nothing lists all there is.",
            autocompletion=_known_words,
        ),
    ] = None,
    *,
    where: FileOptions,
    look: OutputOptions,
) -> int:
    """Find a KPI: by area, by its term, or by what you want to achieve.

    A goal is answered with the KPIs that serve it and why. Exit code 0 also where none does.
    """
    view = _answer(" ".join(words or ()).strip())
    show(look.drawing(view), _kept(where) if look.output else ())
    return Exit.FINE


def _answer(asked: str) -> View:
    known = entries()
    terms = [entry for entry in known.values() if not entry.is_input]
    in_area = [entry for entry in terms if entry.area == asked.casefold().replace("_", " ")]
    if not asked or in_area:
        return catalog_view(in_area or terms)
    if one := called(asked, terms):
        return entry_view(one, known)
    found = matching(terms, asked)[:_MOST]
    if not found:
        _tell_areas(asked, terms)
    return answer_view(asked, found)


def _tell_areas(asked: str, terms: Iterable[Entry]) -> None:
    """What to try where nothing is found."""
    names = [name for entry in terms for name in (entry.id, entry.term, *entry.aliases)]
    areas = ", ".join(dict.fromkeys(entry.area for entry in terms))
    say(f"nothing in the catalogue answers '{safe(asked[:80])}'")
    say(f"hint: {did_you_mean(asked, names) or f'try other words, or an area: {areas}'}")


def _kept(where: FileOptions) -> list[str]:
    """Definitions and log, if there are any: an answer is never written over them."""
    paths: list[str] = []
    with suppress(KpiError):
        paths.append(where.path)
        paths.append(where.definitions().log_path)
    return paths
