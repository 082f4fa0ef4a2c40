"""Judge the definitions, and what was recorded, by the SMART rules."""

from collections.abc import Iterable
from typing import Annotated

from typer import Option

from kpicli.analysis.kept import kept
from kpicli.errors import KpiError
from kpicli.look import Look
from kpicli.model.finding import Severity
from kpicli.options import When, Where, command
from kpicli.output import exit_code, say, show
from kpicli.rules import codes_of, judge, known
from kpicli.store.locate import Positions
from kpicli.store.scorecard import load
from kpicli.views.findings import Located, findings_view, nothing_found

EXAMPLES = """\
kpi check
kpi check --select M,R03
kpi check --ignore no_owner --ignore T
kpi check --json | jq -r '.findings[].hint'
"""


@command
def run(
    *,
    select: Annotated[
        list[str] | None,
        Option(metavar="CODES", help="Only these rules: codes, names or letters, as in M,R03."),
    ] = None,
    ignore: Annotated[
        list[str] | None, Option(metavar="CODES", help="All rules but these; repeatable.")
    ] = None,
    where: Where,
    when: When,
    look: Look,
) -> int:
    """Judge the definitions, and what was recorded, by the SMART rules.

    Exit code 1 where there is an error or a warning; advice alone is 0. See kpi rules.
    """
    codes = _chosen(select, ignore)
    loaded = load(where.definitions(), when.clock, when.until)
    positions = Positions(loaded.file.text)
    found = [
        Located(finding, *positions.of(finding.path)) for finding in judge(loaded.scorecard, codes)
    ]
    view = findings_view(loaded.file.shown, found, loaded.scorecard.clock.today, loaded.warnings)
    show(view, look.drawing(view), loaded.paths)
    for warning in loaded.warnings:
        say(warning)
    if not found:
        say(nothing_found(len(list(kept(loaded.scorecard))), len(codes)))
    is_failed = any(one.finding.severity is not Severity.ADVICE for one in found)
    return exit_code(has_damage=bool(loaded.damages), is_found=is_failed)


def _chosen(select: Iterable[str] | None, ignore: Iterable[str] | None) -> list[str]:
    """The codes to judge by; raises `KpiError` for an unknown one, and where none is left."""
    wanted = known() if select is None else _codes(select)
    dropped = _codes(ignore or ())
    codes = [code for code in wanted if code not in dropped]
    if not codes:
        raise KpiError("no rule is left to check by", hint="as in --select M,R03 --ignore T")
    return codes


def _codes(texts: Iterable[str]) -> list[str]:
    words = [word for text in texts for word in text.split(",") if word.strip()]
    return list(dict.fromkeys(code for word in words for code in codes_of(word)))
