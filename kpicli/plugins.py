"""A board is a folder of modules of one shape: name them without importing, load one."""

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import Any

from kpicli.errors import KpiError
from kpicli.text import did_you_mean, safe

_TEXT = r"'''[^']*(?:'(?!'')[^']*)*'''|\"[^\"\n]*\"|'[^'\n]*'"
_WORDS = re.compile(rf'\n(?:\[([\w.]+)|"?([\w%][^="]*?)"? = (?:({_TEXT})|\[\n([^\]]+)\n\]))')
"""A heading, or a key with its text or its list of texts: what stands in a file of words."""


@cache
def names(board: str) -> tuple[str, ...]:
    """What is on a board, by file name; nothing of it is imported."""
    try:
        files = [entry for entry in os.listdir(_folder(board)) if entry.endswith(".py")]
    except NotADirectoryError:
        raise KpiError("kpi can't run inside an archive", hint="unpack it, or use pip") from None
    return tuple(sorted(file[:-3].removesuffix("_") for file in files if file[0] != "_"))


@cache
def load_member(board: str, name: str) -> ModuleType:
    """One member of a board; raises `KpiError` with what is close to a name that is not there."""
    if name not in names(board):
        noun = board.rpartition("/")[2].removesuffix("s")
        hint = did_you_mean(name, names(board)) or f"one of: {', '.join(names(board))}"
        raise KpiError(f"unknown {noun} '{name}'", hint=hint)
    return import_module(f"kpicli.{board.replace('/', '.')}.{_file(name)}")


@cache
def words(concept: str) -> Mapping[str, Any]:
    """A concept in the words of each language that has it: `words("months")["nb"]`.

    `language/words/en.toml` says what each concept is, and how its words are written.
    """
    languages = _languages().items()
    return {language: tables[concept] for language, tables in languages if concept in tables}


def word_files() -> Mapping[str, str]:
    """All that stands in the files of words by language, as text."""
    folder = _folder("language/words")
    texts = {}
    for file in sorted(entry for entry in os.listdir(folder) if entry.endswith(".toml")):
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            texts[file.removesuffix(".toml")] = source.read()
    return texts


def split(words: str) -> tuple[str, ...]:
    """The words and phrases of a text of `words`, which commas or line ends part."""
    return tuple(filter(None, map(str.strip, words.replace("\n", ",").split(","))))


@cache
def _languages() -> Mapping[str, Mapping[str, Any]]:
    return {language: _tables(text) for language, text in word_files().items()}


def _tables(content: str) -> Mapping[str, Any]:
    """The keys and tables of a file of words, by the little of TOML that is in it."""
    tables: dict[str, Any] = {}
    table = tables
    for heading, key, text, texts in _WORDS.findall(f"\n{content}"):
        if heading:
            table = tables[heading] = {}
        else:
            table[key] = _plain(text) if text else [*map(_plain, re.findall(_TEXT, texts))]
    return tables


def _plain(text: str) -> str:
    return text[3:-3].removeprefix("\n") if text.startswith("'''") else text[1:-1]


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


def _file(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name
