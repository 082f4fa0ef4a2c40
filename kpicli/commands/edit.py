"""Open the definitions in your editor, then check them."""

from kpicli.cli.options import FileOptions, command
from kpicli.cli.output import ask, is_conversation, say, say_all
from kpicli.environment import cache_folder
from kpicli.errors import Exit, KpiError
from kpicli.store.definitions.read import DefinitionsFile, content_of, read
from kpicli.text import clipped, safe

EXAMPLES = """\
kpi edit
kpi edit -f marketing.toml
EDITOR='code --wait' kpi edit
"""
_MOST = 10  # findings that are said; kpi check has all
_AS_IT_IS = "the file stays as it is"


@command
def run(*, files: FileOptions) -> int:
    """Open the definitions in your editor, then check them.

    The editor is $VISUAL, else $EDITOR. What is wrong is said with its line, and you may go back
    to mend it; what kpi check finds is said too.
    """
    path = files.path
    if not is_conversation():
        hint = f"change {clipped(path)} with any program, then kpi check"
        raise KpiError("kpi edit needs a terminal", hint=hint)
    before = content_of(path)
    while not (file := _edited(path)):
        if ask("Edit it again? [yes] ", _AS_IT_IS).casefold() not in {"", "y", "yes"}:
            return Exit.UNUSABLE
    if content_of(path) == before:
        say(f"{file.name}: nothing changed")
    else:
        say_all(_check_lines(file))
    return Exit.FINE


def _edited(path: str) -> DefinitionsFile | None:
    """What it says once the editor has closed; where it would not load, that is said."""
    from kpicli.cli.editor import edit

    edit(path)
    try:
        return read(path, content_of(path), cache_folder())
    except KpiError as error:
        say_all(safe(line) for line in error.lines())
        say_all([f"hint: {safe(error.hint)}"] if error.hint else [])
        return None


def _check_lines(file: DefinitionsFile) -> list[str]:
    """What kpi check finds by the definitions alone, the gravest first."""
    from kpicli.catalogue.lookup import term
    from kpicli.cli.options import DayOptions
    from kpicli.lint.engine import lint_definitions
    from kpicli.model.finding import Severity
    from kpicli.store.definitions.positions import Positions, located_in
    from kpicli.views.words.next_steps import NO_KPIS

    if not file.definitions.kpis:
        return [NO_KPIS]
    found = lint_definitions(file.definitions, DayOptions().clock, term)
    grave = [finding for finding in found if finding.severity is not Severity.ADVICE]
    lines = [
        f"{file.name}:{place.line}: {place.finding.code} {safe(place.finding.message)}"
        for place in located_in(Positions(file.text), grave)
    ]
    rest = [f"kpi check has {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return [*lines[:_MOST], *rest] or [f"{file.name}: no fault found"]
