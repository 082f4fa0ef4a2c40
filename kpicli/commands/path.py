"""Say which files are used."""

from kpicli.errors import Exit
from kpicli.look import Look
from kpicli.options import Where, command
from kpicli.output import show
from kpicli.views.paths import paths_view

EXAMPLES = """\
kpi path
kpi path --json | jq -r .log
"""


@command
def run(*, where: Where, look: Look) -> int:
    """Say which files are used: the definitions, and the log that goes with them."""
    file = where.definitions()
    view = paths_view(file.path, file.log_path)
    show(look.drawing(view), (file.path, file.log_path))
    return Exit.FINE
