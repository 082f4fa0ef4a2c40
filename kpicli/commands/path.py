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
    paths = (file.path, file.log_path)
    fields = (Field("definitions", paths[0], "Definitions"), Field("log", paths[1], "Log"))
    show(output.drawing(View("path", blocks=(Fields(fields),))), paths)
    return Exit.FINE
