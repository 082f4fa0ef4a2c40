"""Findings of many KPIs in one: what nearly every KPI breaks, and what a screen has no room for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kpicli.lint.assignment import beginning
from kpicli.model.finding import Finding, Severity
from kpicli.text import plural

_MOST_SHARE = 0.8
_FEWEST = 5
_MOST_ON_SCREEN = 10
_MOST_NAMES = 2
_LONGEST_NAME = 22
_LINE = 74  # what one line of a screen of 80 columns has room for, beside its indent


def summarize(
    findings: Iterable[Finding], kpis: int, summary: Callable[[str], str]
) -> list[Finding]:
    """One finding in place of those that at least five, and four of five, of the KPIs share.

    `kpis` is how many were checked; `summary` has what a rule finds in one sentence.
    """
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    summarized: list[Finding] = []
    for code, alike in by_code.items():
        summarized += _summarized(alike, kpis, summary(code))
    return summarized


def _summarized(alike: Sequence[Finding], kpis: int, summary: str) -> Iterator[Finding]:
    ids = {finding.kpi for finding in alike if finding.kpi}
    is_shared = alike[0].is_shared and len(ids) > 1
    if not is_shared and len(ids) < max(_FEWEST, _MOST_SHARE * kpis):
        yield from alike
        return
    yield from (finding for finding in alike if not finding.kpi)
    first = next(finding for finding in alike if finding.kpi)
    line = next((finding.default for finding in alike if finding.default), "")
    shared_hint = first.hint if is_shared else ""
    share = f"{len(ids)} of {plural(kpis, 'KPI')}"
    yield first._replace(
        path=(),
        about="",
        message=f"{share}: {summary[:1].lower()}{summary[1:-1]}",
        hint=f"where one answer fits most: {line} under [defaults]" if line else shared_hint,
        default=f"{share}: {line} under [defaults] answers most" if line else "",
    )


def fold(findings: Sequence[Finding], names: Mapping[str, str]) -> list[Finding]:
    """What a screen has room for: of many findings one a rule, in a line, with some names.

    `names` has the name of each KPI by its id.
    """
    if len(findings) <= _MOST_ON_SCREEN:
        return list(findings)
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    return [_folded(alike, names) for alike in by_code.values()]


def _folded(alike: Sequence[Finding], names: Mapping[str, str]) -> Finding:
    ids = list(dict.fromkeys(finding.kpi for finding in alike if finding.kpi))
    first = min(alike, key=lambda finding: [*Severity].index(finding.severity))
    message = first.message if first.kpi or not first.default else first.default
    if len(ids) > 1:
        shown = [beginning(names[id], _LONGEST_NAME) for id in ids[:_MOST_NAMES]]
        rest = f" and {len(ids) - len(shown)} more" if len(ids) > len(shown) else ""
        message = f"{plural(len(ids), 'KPI')}: {', '.join(shown)}{rest}"
    return first._replace(path=(), about="", message=beginning(message, _LINE), hint="")
