"""What is done with findings: corrected in the definitions, or written down as known."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import unified_diff

from kpicli.errors import KpiError
from kpicli.model.finding import Correction, Finding
from kpicli.noun import NamedTuple
from kpicli.store.definitions.append import extend
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.definitions.write import corrected
from kpicli.text import safe

_HEAD = "# Findings that kpi check leaves out: file, rule and key. kpi check --write-baseline\n"


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


class Baseline(NamedTuple):
    """The findings that a file names, by what stays when lines move: file, rule and key."""

    path: str
    keys: frozenset[str]

    def key(self, file: str, finding: Finding) -> str:
        """One line: the definitions as seen from the baseline's folder, the code, the key."""
        folder = os.path.dirname(os.path.abspath(self.path))
        name = os.path.relpath(os.path.abspath(file), folder).replace(os.sep, "/")
        return safe(f"{name} {finding.code} {'.'.join(finding.path) or '-'}")

    def new(self, file: str, findings: Iterable[Finding]) -> list[Finding]:
        """Those of the findings that it does not name."""
        return [finding for finding in findings if self.key(file, finding) not in self.keys]


def read_baseline(path: str) -> Baseline:
    """What the file names; raises `KpiError` where it can't be read, or is something else."""
    hint = f"kpi check --baseline {safe(path)} --write-baseline makes it"
    try:
        with open(path, encoding="utf-8-sig") as source:
            lines = source.read().splitlines()
    except (OSError, UnicodeError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "is no text"
        raise KpiError(reason, where=safe(path), hint=hint) from None
    keys = [line for line in lines if line and not line.startswith("#")]
    if other := next((key for key in keys if not re.fullmatch(r".+ [A-Z]\d\d .+", key)), ""):
        message = f"is no baseline: it has '{safe(other[:40])}'"
        raise KpiError(message, where=safe(path), hint=hint)
    return Baseline(path, frozenset(keys))


def baseline_text(keys: Iterable[str]) -> str:
    """The file: a line a finding, sorted, so that a difference shows what came and went."""
    return _HEAD + "".join(f"{key}\n" for key in sorted(set(keys)))
