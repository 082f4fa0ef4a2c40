"""An `ignore` leaves nothing out.

It was written for a fault that is mended, or misspelt, and then does nothing at all. What stays
hides the fault on the day when it comes back. Take it out; write codes or names, not letters.

Bad sample:
    [kpis.monthly_revenue]
    source = "accounting system, report 12"
    rollup = "sum"
    ignore = ["M01"]

Good:
    [kpis.monthly_revenue]
    # without target
    unit = "kr"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.text import did_you_mean, safe

SEVERITY, READS_RECORDS = Severity.WARNING, True
_THIS_RULE = frozenset({"u01", "unused_ignore"})  # what leaves this rule out, of use or not


def check(context: LintContext) -> Iterator[Finding]:
    """Each word of an `ignore` that leaves out nothing; one of the defaults for no KPI at all."""
    kpis_by_word: dict[str, list[Kpi]] = {}
    for kpi in active_kpis(context):
        for word in _words(kpi):
            if "ignore" in kpi.default_keys:
                kpis_by_word.setdefault(word, []).append(kpi)
            elif not _is_used(context, word, [kpi]):
                yield _finding(context, word, kpi)
    for word, kpis in kpis_by_word.items():
        if not _is_used(context, word, kpis):
            yield _finding(context, word)


def _words(kpi: Kpi) -> list[str]:
    """As they are compared, each once; none where this rule is one of them."""
    words = dict.fromkeys(word.strip().lower() for word in kpi.ignore)
    return [] if _THIS_RULE & words.keys() else [*words]


def _is_used(context: LintContext, word: str, kpis: list[Kpi]) -> bool:
    return any(context.is_broken(word, kpi.id) for kpi in kpis)


def _finding(context: LintContext, word: str, kpi: Kpi | None = None) -> Finding:
    place, subject = (kpi.name, "it") if kpi else ("[defaults]", "any KPI")
    text = safe(word[:40])
    if word in context.rule_words:
        message = f"{place} ignores {text.upper()}, which finds nothing about {subject}"
        hint = "take it out"
    else:
        message = f"{place} ignores '{text}', but no rule has that name"
        hint = did_you_mean(word, context.rule_words) or "kpi rules lists the codes and names"
    path = ("kpis", kpi.id, "ignore") if kpi else ("defaults", "ignore")
    return Finding(path=path, message=message, hint=hint)
