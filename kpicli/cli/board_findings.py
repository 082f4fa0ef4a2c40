"""What the rules find of a board; what words alone tell is kept for these very definitions."""

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from kpicli import __version__
from kpicli.catalogue.lookup import term
from kpicli.catalogue.term import Entry
from kpicli.environment import cache_folder
from kpicli.lint.engine import lint
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding
from kpicli.services.load import Loaded
from kpicli.store.cache import Cache

_FORMS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "root_cause": (lambda cause: cause and cause.value, lambda value: value and RootCause(value)),
    "doubt": (str, str),
    "term": (lambda it: it and (*it._replace(typical=None),), lambda it: it and Entry(*it)),
}
"""What a `LintContext` is asked by words alone: how an answer is written, and read again."""
_ROOMS = ("catalogue", "language", "language/deeds", "language/words", "lint", "lint/rules")


def board_findings(loaded: Loaded, codes: Iterable[str]) -> list[Finding]:
    """What the rules of these codes find."""
    answers, home = loaded.scorecard.answers, cache_folder()
    if home is None:
        return [*lint(loaded.scorecard, codes, term)]
    cache, about = Cache(home, "words-1", 256, 16_000_000), _about(loaded.file.text)
    known = marshal.loads(cache.load(about) or marshal.dumps({}))  # noqa: S302 - checked, and ours
    for (id, word), value in known.items():
        answers[id][word,] = _FORMS[word][1](value)
    findings = [*lint(loaded.scorecard, codes, term)]
    judged = {
        (id, word): write(found[word,])
        for id, found in answers.items()
        for word, (write, _) in _FORMS.items()
        if (word,) in found
    }
    if judged != known:
        cache.save(about, marshal.dumps(judged))
    return findings


def _about(definitions: str) -> bytes:
    """All that it follows from: the very definitions, and words and rules as they are here."""
    folders = (os.path.join(os.path.dirname(__file__), "..", room) for room in _ROOMS)
    files = (file for folder in folders for file in os.scandir(folder))
    newest = max(file.stat().st_mtime_ns for file in files if file.is_file())
    return f"kpi {__version__}, Python {sys.version}, {newest}\n{definitions}".encode()
