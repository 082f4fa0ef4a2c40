"""What `kpi help TOPIC` explains: a text a topic, read when it is asked for, shown by a pager."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cache
from importlib import import_module
from itertools import groupby
from shutil import get_terminal_size, which
from textwrap import wrap

from kpicli import plugins
from kpicli.cli.command_line import HINTS, command_named
from kpicli.cli.editor import code_of
from kpicli.cli.output import is_terminal, write
from kpicli.cli.parser import help_text
from kpicli.errors import KpiError
from kpicli.screen import wrapped
from kpicli.text import did_you_mean, safe

FOLDER = os.path.join(os.path.dirname(__file__), "topics")
"""A text a topic; its first line says what the topic is."""
_COLUMNS, _INDENT = 80, 13
_KEYS = re.compile(r"^\{keys of ([a-z_.]+)\.([A-Za-z]+)\}\n", re.MULTILINE)
"""Stands for the keys of a class of the definitions, as their own documentation has them."""
_USUAL_LESS = "FRX"  # of less: end where all fits, pass colours on, leave the text on the screen
_LEAST_OF_PROSE = 50  # lines of a paragraph are longer, but for its last
_MOST_TOPICS = 3  # named for a word that is none
_NOT_RUN = {126, 127}  # what a shell ends with where the program is missing or is none


@cache
def topics() -> tuple[str, ...]:
    """The topics by name."""
    files = sorted(entry for entry in os.listdir(FOLDER) if entry.endswith(".txt"))
    return tuple(file.removesuffix(".txt") for file in files)


def topic_text(topic: str) -> str:
    """All of a topic, for a terminal of 80 columns."""
    return _KEYS.sub(_key_lines, _source(topic))


def topic_line(topic: str) -> str:
    """What a topic is about, in one line."""
    return _source(topic).partition("\n")[0].rstrip(".")


def subjects() -> Mapping[str, str]:
    """Topics and commands by name, each with what it is about."""
    commands = plugins.names("commands")
    lines = {topic: topic_line(topic) for topic in topics()}
    return lines | {command: plugins.first_line("commands", command) for command in commands}


def show_help(words: Sequence[str], *, is_whole: bool) -> None:
    """Explain commands and topics, through a pager on a terminal; without any, list them all."""
    if not words and not is_whole:
        write(f"{help_text('')}\n")
        return
    texts = map(_subject_text, words) if words else map(topic_text, topics())
    text = "\n\n".join(texts)
    if is_terminal() and (columns := get_terminal_size().columns) < _COLUMNS:
        text = "\n".join(_narrow_lines(text, columns))
    has_pages = is_terminal() and os.environ.get("TERM") not in {None, "", "dumb"} and not is_whole
    pager = os.environ.get("PAGER", which("less") or "").strip() if has_pages else ""
    if not pager or _piped(pager, text) in _NOT_RUN:
        write(text)


def _narrow_lines(text: str, columns: int) -> Iterator[str]:
    """Sentences over less than 80 columns; of other lines no word is broken."""
    for is_flush, group in groupby(text.split("\n"), lambda line: line[:1].strip(" $") != ""):
        lines = list(group)
        is_long = all(len(line) > _LEAST_OF_PROSE for line in lines[:-1])
        if is_flush and is_long and not any("  " in line for line in lines):
            lines = [" ".join(lines)]
        for line in lines:
            yield from wrapped(line, columns).split("\n")


def _subject_text(word: str) -> str:
    """The help of a command, and what the topic of its name explains beyond it."""
    is_topic = word in topics()
    command = word if is_topic else command_named(word)
    texts = [f"{help_text(command)}\n"] if command in plugins.names("commands") else []
    texts += [topic_text(word)] if is_topic else []
    if not texts:
        hint = HINTS.get(word.lower()) or _where_it_is(word) or did_you_mean(word, subjects())
        hint = hint or "kpi help lists the commands and topics"
        raise KpiError(f"no help on '{safe(word)}'", hint=hint)
    return "\n".join(texts)


def _where_it_is(word: str) -> str:
    """Topics that speak of a word, first those that do so most."""
    if not word.isalnum():
        return ""
    pattern = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
    counts = {topic: len(pattern.findall(_source(topic))) for topic in topics()}
    names = sorted(filter(counts.get, counts), key=lambda topic: -counts[topic])
    return f"it is in kpi help {', '.join(names[:_MOST_TOPICS])}" if names else ""


def _source(topic: str) -> str:
    with open(os.path.join(FOLDER, f"{topic}.txt"), encoding="utf-8") as source:
        return source.read()


def _key_lines(match: re.Match[str]) -> str:
    lines: list[str] = []
    for known in fields(getattr(import_module(f"kpicli.{match[1]}"), match[2])):
        if doc := known.metadata.get("doc"):
            first, rest = f"  {known.name:{_INDENT - 2}}", " " * _INDENT
            lines += wrap(doc, _COLUMNS - 1, initial_indent=first, subsequent_indent=rest)
    return "".join(f"{line}\n" for line in lines)


def _piped(pager: str, text: str) -> int:
    """Run the pager, as a shell reads it, to its end, which Ctrl-C leaves to it; its exit code."""
    variables = {"LESS": _USUAL_LESS, **os.environ}
    command = ["/bin/sh", "-c", pager]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=variables) as process:  # noqa: S603 - the person's own program
        with suppress(BrokenPipeError):
            process.communicate(text.encode())
        return code_of(process)
