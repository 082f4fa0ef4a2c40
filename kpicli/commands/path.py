"""Show which files are used."""

from kpicli.cli.options import FileOptions, command
from kpicli.cli.output import show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import Exit
from kpicli.views.parts.view import Field, Fields, View

EXAMPLES = """\
kpi path
kpi path --json | jq -r .log
"""


@command
def run(*, files: FileOptions, output: OutputOptions) -> int:
    """Show which files are used: the definitions, and the log that goes with them."""
    file = files.definitions()
    view = paths_view(file.path, file.log_path)
    show(output.drawing(view), (file.path, file.log_path))
    return Exit.FINE


def paths_view(definitions: str, log: str) -> View:
    """Definitions and log, as absolute paths."""
    fields = (Field("definitions", definitions, "Definitions"), Field("log", log, "Log"))
    return View("path", blocks=(Fields(fields),))
