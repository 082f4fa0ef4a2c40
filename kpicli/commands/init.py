"""Start a board: a commented kpis.toml that passes kpi check."""

from kpicli.errors import Exit
from kpicli.options import Where, command
from kpicli.output import say
from kpicli.store.start import create
from kpicli.text import shown

EXAMPLES = """\
kpi init
kpi init -f marketing.toml
"""


@command
def run(*, where: Where) -> int:
    """Start a board: a commented kpis.toml that passes kpi check.

    In a git work tree .gitattributes is told how to merge the log. Nothing is ever overwritten.
    """
    path = where.new_path
    for name in create(path):
        say(f"wrote {name}")
    say(f"next: put your own KPIs into {shown(path)}, then kpi check, kpi record and kpi status")
    return Exit.FINE
