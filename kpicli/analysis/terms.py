"""Terms of the catalogue by what people call them: any case, order, spelling out or plural."""

from collections.abc import Iterable
from difflib import get_close_matches

from kpicli.analysis.naming import essence
from kpicli.model.entry import Entry

_CLOSE = 0.8
"""How like another word a slip is; 1 is the same."""

Spelling = tuple[str, ...]


def spelling(name: str) -> Spelling:
    """What all ways to write a name share: `Avg. order value (AOV)`, `Average Order Value`."""
    return tuple(word for word in essence(name) if word != "%")


def spellings(entry: Entry) -> set[Spelling]:
    """All that a term goes by."""
    return {spelling(name) for name in (entry.id.replace("_", " "), *entry.names)}


def called(name: str, entries: Iterable[Entry]) -> Entry | None:
    """The term that goes by that name."""
    wanted = spelling(name.replace("_", " "))
    return next((entry for entry in entries if wanted and wanted in spellings(entry)), None)


def close_to(name: str, entries: Iterable[Entry]) -> str:
    """What a term is called of which a name is most likely a slip, or nothing."""
    known = {said.casefold(): said for entry in entries for said in (entry.id, *entry.names)}
    close = get_close_matches(name.casefold(), known, n=1, cutoff=_CLOSE)
    return known[close[0]] if close else ""
