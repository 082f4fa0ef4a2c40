"""A board is a folder of modules of one shape: name them without importing, load one."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import Any

from kpicli.errors import KpiError
from kpicli.text import did_you_mean, safe

_HEADING = r"(?m)^(\[([a-z_]+)\] *$)"
"""The heading of a table of words; no line of the words looks like one."""


@cache
def names(board: str) -> tuple[str, ...]:
    """What is on a board, by file name; nothing of it is imported."""
    files = (entry for entry in os.listdir(_folder(board)) if entry.endswith(".py"))
    return tuple(sorted(_spoken(file[:-3]) for file in files if not file.startswith("_")))


def load_member(board: str, name: str) -> ModuleType:
    """One member of a board; raises `KpiError` with what is close to a name that is not there."""
    if name not in names(board):
        noun = board.rpartition("/")[2].removesuffix("s")
        raise KpiError(
            f"unknown {noun} '{name}'",
            hint=did_you_mean(name, names(board)) or f"one of: {', '.join(names(board))}",
        )
    return import_module(f"kpicli.{board.replace('/', '.')}.{_file(name)}")


def words(concept: str) -> Mapping[str, Any]:
    """A concept in the words of each language that has it: `words("months")["nb"]`.

    `language/words/en.toml` says what each concept is, and how its words are written.
    """
    return _concept(concept)


def word_files() -> Iterator[str]:
    """All that stands in the files of words, as text: what they list, and what they call it."""
    for parts in _parts("language/words").values():
        yield from parts.values()


def split(words: str) -> tuple[str, ...]:
    """The words and phrases of a text of `words`, which commas or line ends part."""
    return tuple(filter(None, map(str.strip, words.replace("\n", ",").split(","))))


@cache
def _concept(name: str) -> Mapping[str, Any]:
    """A concept by language; of each file that part is parsed in which it stands."""
    import tomllib

    concepts = {}
    for language, parts in _parts("language/words").items():
        table = tomllib.loads(parts.get(name, parts[""]))
        if name in table:
            concepts[language] = table[name]
    return concepts


@cache
def _parts(board: str) -> Mapping[str, Mapping[str, str]]:
    """The TOML files of a board by their names, each as its tables; what stands above is `""`."""
    files = sorted(entry for entry in os.listdir(_folder(board)) if entry.endswith(".toml"))
    return {
        file.removesuffix(".toml"): dict(_tables(os.path.join(_folder(board), file)))
        for file in files
    }


def _tables(path: str) -> Iterator[tuple[str, str]]:
    with open(path, encoding="utf-8") as source:
        first, *tables = re.split(_HEADING, source.read())
    yield "", first
    for heading, name, content in zip(tables[::3], tables[1::3], tables[2::3], strict=True):
        yield name, heading + content


def choice(flag: str, word: str, words: Iterable[str]) -> str:
    """One of a flag's words; raises `KpiError` with what is close."""
    known = tuple(words)
    if word not in known:
        hint = did_you_mean(word, known) or f"one of: {', '.join(known)}"
        raise KpiError(f"{flag} cannot be '{safe(word)}'", hint=hint)
    return word


def first_line(board: str, name: str) -> str:
    """The first line of a member's docstring, read without importing it."""
    with open(os.path.join(_folder(board), f"{_file(name)}.py"), encoding="utf-8") as source:
        return source.readline().strip().strip('"')


def _folder(board: str) -> str:
    return os.path.join(os.path.dirname(__file__), board)


def _spoken(file: str) -> str:
    return file.removesuffix("_")


def _file(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name
