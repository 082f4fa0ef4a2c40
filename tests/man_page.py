"""The man page kpi(1), made of the commands: `python -m tests.man_page > examples/kpi.1`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from kpicli import __version__
from kpicli.cli.help_topics import topic_line, topics
from kpicli.cli.parser import GROUPS, load_command

ROOT = Path(__file__).parent.parent
_HEAD = r"""
.TH KPI 1 "{date}" "kpi {version}" "User Commands"
.SH NAME
kpi \- KPIs with targets, early warning and a SMART linter
.SH SYNOPSIS
.B kpi
.I COMMAND
[\fIOPTION\fR]... [\fIKPI\fR]...
.br
.B kpi help
[\fICOMMAND\fR|\fITOPIC\fR]...
.SH DESCRIPTION
You write definitions in \fIkpis.toml\fR, \fBkpi record\fR notes what was measured,
\fBkpi status\fR shows where you stand, and \fBkpi check\fR tells a KPI from a wish.
.PP
Options may stand before or after the command. A KPI is named by its id or its name, in any case.
A command may be abbreviated where that is unique.
"""
_TAIL = r"""
.SH FILES
.TP
.I kpis.toml
The definitions: the file of \fB\-\-file\fR, else of \fB$KPI_FILE\fR, else the nearest
\fIkpis.toml\fR from the current folder upwards.
.TP
.I kpis.jsonl
The log: one record a line, only ever appended to.
.SH ENVIRONMENT
.TP
.B KPI_FILE
The definitions, or their folder.
.TP
.B KPI_BY
Who records; else git's user.name, else the login name.
.TP
.B VISUAL\fR, \fBEDITOR
The editor of \fBkpi edit\fR.
.TP
.B PAGER
What shows \fBkpi help\fR on a terminal; else less.
.TP
.B NO_COLOR\fR, \fBFORCE_COLOR\fR, \fBCLICOLOR_FORCE\fR, \fBTERM=dumb
Whether colours are used; \fB\-\-color\fR goes before them.
.TP
.B ACCESSIBLE
With 1, answers as with \fB\-\-plain\fR.
.TP
.B KPI_DEBUG
With 1, what went wrong inside is shown whole.
.SH EXIT STATUS
.TP
.B 0
Fine.
.TP
.B 1
\fBcheck\fR or \fBverify\fR found something, or \fB\-\-fail\-on\fR did.
.TP
.B 2
The command, a typed value, a file or the disk is unusable: nothing was recorded.
.TP
.B 3
The log needs a look: damaged lines were left out, or it is not known how a write came out.
"""


def man_page() -> str:
    """All of it, the same for the same commands."""
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    date = re.search(rf"^## {re.escape(__version__)} - (\S+)", changes, re.MULTILINE)
    assert date
    head = _HEAD.format(date=date[1], version=__version__).lstrip()
    lines = [line for group in GROUPS.items() for line in _group(*group)]
    lines += [".SH TOPICS", *(line for topic in topics() for line in _topic(topic))]
    return head + "\n".join(lines) + _TAIL


def _group(purpose: str, names: tuple[str, ...]) -> Iterator[str]:
    yield f".SH {_text(purpose.upper())}"
    for name in names:
        yield from _command(load_command(name))


def _command(command: Any) -> Iterator[str]:
    names = ["-h", "--help"]  # which a command keeps from its first context on
    with typer.Context(
        command, info_name=f"kpi {command.name}", help_option_names=names
    ) as context:
        command.get_help(context)  # names the formats in the help of --format
        words = " ".join(command.collect_usage_pieces(context))
        records = [record for one in command.params if (record := one.get_help_record(context))]
    yield rf".SS kpi {command.name} {_text(words)}"
    for at, paragraph in enumerate((command.help or "").split("\n\n")):
        yield from [".PP"] if at else []
        yield _text(" ".join(paragraph.split()))
    for flags, meaning in records:
        yield from (".TP", rf"\fB{_text(flags)}\fR", _text(meaning))
    yield from (".PP", "Examples:", ".PP", ".nf", ".RS 4")
    yield from map(_text, command.epilog.splitlines())
    yield from (".RE", ".fi")


def _topic(topic: str) -> Iterator[str]:
    yield from (".TP", rf"\fBkpi help {topic}\fR", f"{_text(topic_line(topic))}.")


def _text(text: str) -> str:
    """A line that troff takes as it is."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    sys.stdout.write(man_page())
