"""Corrections of the definitions: what would change, and changing it."""

from collections.abc import Sequence
from difflib import unified_diff

from kpicli.model.finding import Correction
from kpicli.store.definitions.append import extend
from kpicli.store.definitions.edit import corrected
from kpicli.store.definitions.read import DefinitionsFile


def difference(file: DefinitionsFile, corrections: Sequence[Correction]) -> str:
    """What changes in the file, as `diff -u` shows it; nothing where nothing does."""
    with open(file.path, "rb") as source:
        content = source.read()
    new = corrected(file.path, content, corrections)
    before, after = (text.decode().splitlines(keepends=True) for text in (content, new))
    return "".join(unified_diff(before, after, file.name, file.name))


def correct(file: DefinitionsFile, corrections: Sequence[Correction]) -> None:
    """Make the corrections in the file; nothing is changed where it can't be written."""
    extend(file.path, lambda content: corrected(file.path, content, corrections))
