"""Explain a command or a topic, or list them all."""

from typing import Annotated

from kpicli.cli.help_topics import show_help
from kpicli.cli.options import argument, command, switch
from kpicli.errors import Exit

EXAMPLES = """\
kpi help                    # all commands and topics
kpi help record
kpi help definitions
kpi help --all | less
"""


@command
def run(
    words: Annotated[
        list[str] | None, argument("[TOPIC]...", "Commands or topics; else a list.")
    ] = None,
    *,
    whole: Annotated[
        bool, switch("Without a pager; without a TOPIC, all of the topics.", "--all")
    ] = False,
) -> int:
    """Explain a command or a topic, or list them all.

    On a terminal what fills more than a screen is shown by $PAGER, else by less.
    """
    show_help(words or [], is_whole=whole)
    return Exit.FINE
