"""Print the completion of a shell: of commands, flags and ids."""

from typing import Annotated

from kpicli.cli.options import argument, command
from kpicli.cli.output import write
from kpicli.errors import Exit
from kpicli.plugins import choice

EXAMPLES = """\
eval "$(kpi completion bash)"                                    # in ~/.bashrc
eval "$(kpi completion zsh)"                                     # in ~/.zshrc, after compinit
kpi completion fish > ~/.config/fish/completions/kpi.fish
"""
_SHELLS = ("bash", "zsh", "fish")


@command
def run(
    shell: Annotated[
        str, argument("SHELL", "bash, zsh or fish.", autocompletion=lambda: list(_SHELLS))
    ],
) -> int:
    """Print the completion of a shell; it knows commands, flags and the ids of your KPIs."""
    from typer._completion_shared import get_completion_script

    choice("completion", shell, _SHELLS)
    script = get_completion_script(prog_name="kpi", complete_var="_KPI_COMPLETE", shell=shell)
    write(f"{script}\n")
    return Exit.FINE
