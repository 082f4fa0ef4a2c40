"""Report on all KPIs: what needs attention, the board, charts."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.attention import attention, good_news
from kpicli.analysis.bottleneck import target_gaps
from kpicli.analysis.profile import Profile, profile
from kpicli.cli.board_memory import board_findings, known_forecasts, located_findings
from kpicli.cli.options import DayOptions, FileOptions, FilterOptions, command, flag, switch
from kpicli.cli.output import exit_code, say, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import KpiError
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.period_query import evaluations_in
from kpicli.evaluation.selection import grouped_rows
from kpicli.lint.engine import codes_to_check
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.services.load import Loaded, load_board
from kpicli.text import safe
from kpicli.views.attention import attention_view
from kpicli.views.bottleneck import bottleneck_view
from kpicli.views.findings import findings_view, no_findings_text
from kpicli.views.parts.view import View
from kpicli.views.report import report_view
from kpicli.views.status import status_view
from kpicli.views.words.next_steps import NO_KPIS

EXAMPLES = """\
kpi report -o report.html
kpi report -o report.md --since 2025-01
kpi report --period 2026-Q3 -o q3.html
kpi report --owner 'Head of Sales' -o sales.html
kpi report --review -o review.md
"""

_CHARTED, _MOST = 24, 120


@command
def run(
    *,
    period: Annotated[
        str | None,
        flag(
            "PERIOD",
            "The board in 2026-11, 2026-Q4, 2026 …, current or last; else each KPI's latest.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        flag(
            "PERIOD", f"Charts from there on, {_MOST} periods at most; else the latest {_CHARTED}."
        ),
    ] = None,
    review: Annotated[
        bool, switch("By owner: what changed status, what is due, your answer.")
    ] = False,
    filters: FilterOptions,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Report on all KPIs: what needs attention, the board, charts.

    As a page (-o FILE.html) it stands alone: no script, nothing from elsewhere; as Markdown (-o
    FILE.md) it goes into a pull request, a wiki or a chat.
    """
    if review and since:
        raise KpiError("--review draws no charts", hint="leave out --since")
    file = files.definitions(day)
    kpis = filters.of(file.definitions, None)
    loaded = load_board(file, day.moment)
    evaluations = evaluations_in(loaded.scorecard, kpis, period)
    view = _review(loaded, evaluations) if review else _report(loaded, evaluations, since)
    show(output.drawing(view), loaded.paths)
    say_all(loaded.warnings)
    if not file.definitions.kpis:
        say(NO_KPIS)
    elif all(evaluation.actual is None for evaluation in evaluations):
        say_all(day.later_hint(file, kpis))
    return exit_code(has_damage=bool(loaded.damages))


def _review(loaded: Loaded, evaluations: Sequence[Evaluation]) -> View:
    from kpicli.analysis.review import review_topics
    from kpicli.views.review import review_view

    scorecard, definitions = loaded.scorecard, loaded.file.definitions
    owners = grouped_rows(definitions, evaluations, "file", "owner")
    as_of = scorecard.clock.today
    return review_view(
        definitions, owners, review_topics(scorecard, evaluations), as_of, loaded.warnings
    )


def _report(loaded: Loaded, evaluations: Sequence[Evaluation], since: str | None) -> View:
    with known_forecasts(loaded):
        scorecard = AnalysisLedger.of(loaded.scorecard)
        groups = grouped_rows(scorecard.definitions, evaluations, "file", None)
        ordered = [evaluation for group in groups for evaluation, _ in group.rows]
        kpis = [evaluation.kpi for evaluation in ordered]
        trends = {kpi.id: scorecard.trend(kpi, scorecard.latest(kpi).period) for kpi in kpis}
        needy = attention(scorecard, evaluations)
        good = good_news(scorecard, evaluations, needy)
        pieces = (
            attention_view(scorecard, evaluations, needy, good),
            bottleneck_view(scorecard, groups, target_gaps(scorecard, ordered)),
            status_view(scorecard, groups, trends),
            _check(loaded, kpis),
        )
        profiles = _profiles(scorecard, ordered, since)
        return report_view(scorecard, ordered, pieces, profiles, loaded.warnings)


def _profiles(
    scorecard: AnalysisLedger, evaluations: Sequence[Evaluation], since: str | None
) -> Iterator[Profile]:
    """One after the other: what a KPI is told by is dropped once that is done."""
    for evaluation in evaluations:
        yield _profile(scorecard, evaluation, since)
        scorecard.forget(evaluation.kpi)


def _profile(scorecard: AnalysisLedger, evaluation: Evaluation, since: str | None) -> Profile:
    """All about a KPI, as it stands in the period that the board shows."""
    if since is None:
        return profile(scorecard, evaluation.kpi, _CHARTED)._replace(latest=evaluation)
    first, today = _first(evaluation.kpi, since, scorecard.clock.today), scorecard.clock.today
    count = min(evaluation.kpi.period_of(today).since(first) + 1, _MOST)
    charted = profile(scorecard, evaluation.kpi, count)
    periods = tuple(each for each in charted.periods if each.period.start >= first.start)
    return charted._replace(latest=evaluation, periods=periods)


def _first(kpi: Kpi, since: str, today: date) -> Period:
    from kpicli.model.notation.period import named_period

    first = kpi.period_with(named_period(since, kpi.frequency, today, calendar=kpi.calendar))
    if not first.has_begun(today):
        raise KpiError(f"--since {safe(since)} has not begun", hint="name an earlier period")
    return first


def _check(loaded: Loaded, kpis: Sequence[Kpi]) -> View:
    """What the rules say of these KPIs and of the whole board."""
    file, today = loaded.file, loaded.scorecard.clock.today
    ids = {"", *(kpi.id for kpi in kpis)}
    codes = codes_to_check(file.definitions.check_settings)
    findings = [one for one in board_findings(loaded, codes) if one.kpi in ids]
    if not findings:
        return View("check", footer=no_findings_text(len(kpis), len(codes)))
    return findings_view([located_findings(file, findings)], today)
