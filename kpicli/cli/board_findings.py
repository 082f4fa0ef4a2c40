"""What the rules find of a board; what words alone tell is kept for these very definitions."""

from collections.abc import Callable, Iterable
from typing import Any

from kpicli.catalogue.lookup import term
from kpicli.catalogue.term import Entry
from kpicli.cli.board_memory import BoardMemory
from kpicli.lint.engine import lint
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding
from kpicli.services.load import Loaded

_FORMS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "root_cause": (lambda cause: cause and cause.value, lambda value: value and RootCause(value)),
    "doubt": (str, str),
    "term": (lambda it: it and (*it._replace(typical=None),), lambda it: it and Entry(*it)),
}
"""What a `LintContext` is asked by words alone: how an answer is written, and read again."""
_ROOMS = ("catalogue", "language", "language/deeds", "language/words", "lint", "lint/rules")


def board_findings(loaded: Loaded, codes: Iterable[str]) -> list[Finding]:
    """What the rules of these codes find."""
    answers = loaded.scorecard.answers
    memory = BoardMemory("words-1", _ROOMS, loaded.file.text)
    for (id, word), value in memory.known.items():
        answers[id][word,] = _FORMS[word][1](value)
    findings = [*lint(loaded.scorecard, codes, term)]
    memory.keep(
        {
            (id, word): write(found[word,])
            for id, found in answers.items()
            for word, (write, _) in _FORMS.items()
            if (word,) in found
        }
    )
    return findings
