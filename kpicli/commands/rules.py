"""List the rules that definitions are checked by, or explain one."""

from typing import Annotated

from kpicli.cli.options import FileOptions, argument, command, switch
from kpicli.cli.output import show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import Exit, KpiError
from kpicli.lint.engine import explanation, rule_codes, rule_files
from kpicli.views.rules import reference_view, rule_view, rules_view

EXAMPLES = """\
kpi rules
kpi rules R03
kpi rules too_many_top_level --format markdown
kpi rules --markdown > RULES.md
"""


@command
def run(
    rule: Annotated[
        str | None,
        argument(
            "[RULE]",
            "A code or name, to explain; a letter, to list.",
            autocompletion=lambda: list(rule_files()),
        ),
    ] = None,
    *,
    markdown: Annotated[bool, switch("All of the documentation, as Markdown.")] = False,
    files: FileOptions,
    output: OutputOptions,
) -> int:
    """List the rules that definitions are checked by, or explain one."""
    codes = list(rule_files()) if rule is None else rule_codes(rule)
    if markdown:
        if output.format not in {None, "markdown"}:
            hint = "give one of the two"
            raise KpiError("--markdown and --format ask for two formats", hint=hint)
        view, output = reference_view(map(explanation, codes)), output._replace(format="markdown")
    elif rule is not None and len(rule.strip()) > 1:
        view = rule_view(explanation(codes[0]))
    else:
        view = rules_view(map(explanation, codes))
    show(output.drawing(view), files.protected() if output.output else ())
    return Exit.FINE
