"""The editor of a person: started on one file without a shell, and waited for."""

import os
import shlex
import subprocess
from contextlib import suppress
from shutil import which

from kpicli.errors import KpiError
from kpicli.text import clipped, safe

_VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("sensible-editor", "nano", "vim", "vi", "emacs")


def edit(path: str) -> None:
    """Have somebody change a file; raises `KpiError` where no editor can be started, or it fails.

    The words of $VISUAL or $EDITOR are taken as a shell would part them, and nothing else of it:
    the file is one word behind them, whatever it is called.
    """
    words = [*_editor(), os.path.abspath(path)]
    try:
        with subprocess.Popen(words) as process:  # noqa: S603 - the person's own program
            code = code_of(process)
    except OSError as error:
        message = f"the editor {safe(words[0])} can't be started: {os.strerror(error.errno or 0)}"
        raise KpiError(message, hint="name another: EDITOR=nano kpi edit") from None
    if code:
        message = f"the editor {safe(words[0])} ended with {code}: nothing was checked"
        raise KpiError(message, hint="run kpi check")


def _editor() -> list[str]:
    for variable in _VARIABLES:
        text = os.environ.get(variable, "")
        try:
            words = shlex.split(text)
        except ValueError:
            message = f"${variable} has a quote without its end: {clipped(text)}"
            raise KpiError(message, hint=f"as in {variable}='code --wait'") from None
        if words:
            return words
    if program := next(filter(which, _USUAL), None):
        return [program]
    raise KpiError("no editor is named", hint="as in EDITOR=nano kpi edit")


def code_of(program: "subprocess.Popen[bytes]") -> int:
    """The exit code of a program that has the terminal, waited for; Ctrl-C is left to it."""
    while True:
        with suppress(KeyboardInterrupt):
            return program.wait()
