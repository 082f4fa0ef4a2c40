"""How an answer is drawn and where it goes: the flags and the environment that say so."""

import os
import sys
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, cast

from kpicli import plugins
from kpicli.cli.options import Text, flag, switch
from kpicli.cli.output import is_terminal
from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.render.canvas import Canvas, Dialect
    from kpicli.render.formats import Drawing, Format
    from kpicli.views.parts.view import View

_SCREEN = "terminal"
COLOR_MODES = ("auto", "always", "never")
_FORMAT_HELP = "What fits the answer."


class OutputOptions(NamedTuple):
    """How an answer is drawn, and where it goes."""

    format: Annotated[Text, flag("FORMAT", _FORMAT_HELP)] = None
    json: Annotated[bool, switch("Short for --format json.")] = False
    plain: Annotated[bool, switch("Short for --format plain: made for screen readers.")] = False
    fields: Annotated[
        Text, flag("NAMES", "Only these columns, as JSON names them: id,actual,status.")
    ] = None
    delimiter: Annotated[Text, flag("CHAR", "Of CSV: what stands between cells, or tab.")] = None
    decimal: Annotated[Text, flag("MARK", "Of CSV: the decimal mark, . or ,")] = None
    output: Annotated[
        Text, flag("FILE", "Write to a file; its ending sets the format.", "--output", "-o")
    ] = None
    color: Annotated[str, flag("WHEN", "auto, always or never.", show_default=False)] = "auto"
    ascii: Annotated[bool, switch("Words instead of marks, ASCII only.")] = False

    def drawing(self, view: "View") -> "Drawing":
        """How a view is drawn, and where it goes; raises `KpiError` for a format that can't."""
        from kpicli.render.canvas import Canvas
        from kpicli.render.formats import Drawing

        choice("--color", self.color, COLOR_MODES)
        format = self.chosen_format
        if self.fields is not None:
            from kpicli.views.parts.view import with_fields

            view = with_fields(view, self.fields.split(","))
        if not format.takes(view):
            name = self._requested() or self._default()
            raise KpiError(f"--format {name} cannot show this answer", hint="use --format json")
        canvas = self.canvas
        if self._file is not None:
            canvas = Canvas(encoding="ascii" if self.ascii else "utf-8")
        if self.delimiter is not None or self.decimal is not None:
            canvas = canvas._replace(dialect=self._dialect(format))
        return Drawing(format, view, canvas, self._file)

    @property
    def _file(self) -> str | None:
        """Where the answer goes; `-` is what it goes to by itself, as everywhere."""
        return None if self.output == "-" else self.output

    def _dialect(self, format: "Format") -> "Dialect":
        """What the flags say of how a table is written; raises `KpiError` where it is none."""
        from kpicli.render.canvas import Dialect

        if not getattr(format, "HAS_DIALECT", False):
            option = "--delimiter" if self.delimiter is not None else "--decimal"
            raise KpiError(f"{option} goes with CSV", hint="add --format csv")
        written = self.delimiter or ("," if self.decimal != "," else ";")
        delimiter = "\t" if written in {"tab", "\\t"} else written
        decimal = choice("--decimal", self.decimal or ".", (".", ","))
        is_cell = delimiter.isalnum() or delimiter in {decimal, "-", '"', "\n", "\r"}
        if len(delimiter) != 1 or is_cell:
            message = f"--delimiter cannot be '{safe(delimiter)}'"
            raise KpiError(message, hint="one character that no number has, as in ';', or tab")
        return Dialect(delimiter, decimal)

    @property
    def chosen_format(self) -> "Format":
        """The format that the flags ask for, or that fits where the answer goes."""
        name = self._requested() or self._default()
        return cast("Format", plugins.load_member("render/formats", name))

    @property
    def has_keys(self) -> bool:
        """Whether the columns of an answer are known by their keys, and not by headings alone."""
        return self.chosen_format.IS_MACHINE or self.fields is not None

    @property
    def is_for_screen(self) -> bool:
        """Whether it is drawn for a terminal, where there is little room."""
        return (self._requested() or self._default()) == _SCREEN

    def _requested(self) -> str | None:
        """The format that the flags ask for, if any; raises `KpiError` for two."""
        flags: dict[str, str] = {}
        for option, name in (
            ("--json", "json" if self.json else None),
            ("--plain", "plain" if self.plain else None),
            ("--format", self.format),
        ):
            if name is not None:
                flags.setdefault(name, option)
        if len(flags) > 1:
            first, second, *_ = flags.values()
            raise KpiError(f"{first} and {second} ask for two formats", hint="give one of the two")
        return next(iter(flags), None)

    def _default(self) -> str:
        """What the file's ending says, else a drawing for a terminal and plain text for a pipe.

        Who reads a terminal by ear sets ACCESSIBLE, and gets the plain text there too.
        """
        if self._file is None:
            is_seen = is_terminal() and not _is_set("ACCESSIBLE")
            return _SCREEN if is_seen else "plain"
        ending = os.path.splitext(self._file)[1].removeprefix(".").lower()
        if ending in plugins.names("render/formats"):
            return ending
        formats = {
            suffix: name
            for name in plugins.names("render/formats")
            for suffix in cast("Format", plugins.load_member("render/formats", name)).ENDINGS
        }
        if ending not in formats:
            endings = ", ".join(f".{suffix}" for suffix in formats)
            hint = f"end the name in {endings}, or give --format"
            raise KpiError(f"-o: no format has the ending '{safe(ending)}'", hint=hint)
        return formats[ending]

    @property
    def canvas(self) -> "Canvas":
        """Width, colour and encoding of stdout."""
        from kpicli.render.canvas import Canvas

        return Canvas(get_terminal_size().columns, self._has_color(), self._encoding())

    def _has_color(self) -> bool:
        """The flag, then NO_COLOR, then what forces colour, then whether it is a terminal."""
        if choice("--color", self.color, COLOR_MODES) != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if _is_set("FORCE_COLOR") or _is_set("CLICOLOR_FORCE"):
            return True
        return is_terminal() and os.environ.get("TERM") != "dumb"

    def _encoding(self) -> str:
        """What the reader of stdout can be trusted to show."""
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or ""
        is_told = os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8")
        if self.ascii or (locale in {"C", "POSIX"} and not is_told):
            return "ascii"
        return (sys.stdout.encoding if sys.stdout else None) or "utf-8"


def name_formats(options: Iterable[Any], own: Iterable[str]) -> None:
    """Name the formats in the help of a command; those that are special are its `own` alone."""
    for option in options:
        if getattr(option, "help", None) == _FORMAT_HELP:
            names = plugins.names("render/formats")
            special = {
                name
                for name in names
                if getattr(plugins.load_member("render/formats", name), "IS_SPECIAL", False)
            }
            option.help = ", ".join(name for name in names if name in own or name not in special)


def _is_set(name: str) -> bool:
    return os.environ.get(name, "0") not in {"", "0"}
