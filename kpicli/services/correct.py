"""Corrections of the definitions: what would change, and changing it."""

from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff

from kpicli.model.finding import Correction, Finding
from kpicli.store.definitions.append import extend
from kpicli.store.definitions.edit import corrected
from kpicli.store.definitions.read import DefinitionsFile


def corrections_of(findings: Sequence[Finding], *, is_whole: bool) -> list[Correction]:
    """What corrects the findings; where they are of a whole board, one default does for several."""
    corrections = [found.correction for found in findings if found.correction]
    answers = Counter(found.default for found in findings if found.correction and found.default)
    common = {line for line, count in answers.items() if is_whole and count > 1}
    return [
        Correction(("defaults", each.path[-1]), value=each.value)
        for each in dict.fromkeys(
            each._replace(path=each.path[-1:]) for each in corrections if _line(each) in common
        )
    ] + [each for each in corrections if _line(each) not in common]


def _line(correction: Correction) -> str:
    return f"{correction.path[-1]} = {correction.value}"


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
