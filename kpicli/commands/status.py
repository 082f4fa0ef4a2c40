"""Show every KPI against its target."""

import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

from kpicli.analysis.trend import trends
from kpicli.cli.attention_options import AttentionOptions
from kpicli.cli.options import DayOptions, FileOptions, FilterOptions, KpiIds, command, flag, switch
from kpicli.cli.output import exit_code, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import KpiError
from kpicli.evaluation.active import active_kpis, is_active
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.evaluation.selection import GROUPS, ORDERS, grouped_rows
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.plugins import choice
from kpicli.services.load import EvaluatedBoard, evaluate_board
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import clipped, safe
from kpicli.views.parts.status_columns import Compared
from kpicli.views.parts.view import View
from kpicli.views.status import status_view

if TYPE_CHECKING:
    from kpicli.evaluation.compare import Against

FORMATS = ("openmetrics",)
EXAMPLES = """\
kpi status
kpi status --area sales --period 2026-10
kpi status --sort worst --as-of 2026-11-05
kpi status --frequency quarterly --compare year
kpi status --group goal
kpi status --json | jq -r '.kpis[].status'
kpi status --attention
kpi status --attention --as-of yesterday --since last    # once a day: nothing is told twice
kpi status --fail-on at_risk && echo 'all on target'
"""


@command
def run(
    kpis: KpiIds = None,
    *,
    period: Annotated[
        str | None,
        flag("PERIOD", "2026-11, 2026-Q4, 2026 …, current or last; else each KPI's latest."),
    ] = None,
    frequency: Annotated[
        str | None, flag("LENGTH", "In longer periods: monthly, quarterly or yearly.")
    ] = None,
    compare: Annotated[
        str | None, flag("WITH", "Show changes since the previous period or year.")
    ] = None,
    group: Annotated[
        str | None, flag("KEY", "By goal, area or owner, each with its counts.")
    ] = None,
    sort: Annotated[str | None, flag("ORDER", "file, worst or name; file if left out.")] = None,
    ids: Annotated[bool, switch("The id of each KPI beside its name: what commands take.")] = False,
    urgent: AttentionOptions,
    filters: FilterOptions,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show every KPI against its target.

    Without --period each KPI shows its latest period that has an actual.

    With --attention --since, what needs a person now and did not at the end of that day, and what
    no longer does, each told once: run once a day with --as-of yesterday --since last, nothing is
    told twice or left out. The board is judged on both days, by what had been recorded by then;
    what another machine recorded and was merged later counts from when it was recorded.
    """
    flags = {"compare": compare, "group": group, "sort": sort, "ids": "yes" if ids else None}
    urgent.require_consistent({"period": period, "frequency": frequency}, flags)
    key = None if group is None else choice("--group", group, GROUPS)
    order = choice("--sort", sort or "file", ORDERS)
    span = _span(period, frequency, compare, day.today)
    file = files.definitions(day)
    selected = filters.of(file.definitions, kpis)
    requests = evaluation_requests(selected, span, day.today, has_past=urgent.has_needs)
    board = evaluate_board(file, day.moment, requests)
    is_all = not (kpis or any(filters))
    needs = urgent.needs(board, day, files, None if is_all else {kpi.id for kpi in selected})
    if needs and urgent.attention:
        view = needs.view(urgent.most(is_for_machine=output.chosen_format.IS_MACHINE))
    else:
        view = _scoreboard(board, span, order, key, has_ids=ids, has_keys=output.has_keys)
    show(output.drawing(view), board.loaded.paths)
    hidden = [kpi for kpi in selected if not is_active(kpi, board.scorecard.clock.today)]
    say_all(view.warnings or ())
    say_all(_next_steps(board, [] if period or not kpis else hidden, day))
    has_findings = urgent.is_failed(board.evaluations, needs)
    return exit_code(has_damage=bool(board.loaded.damages), has_findings=has_findings)


def _scoreboard(
    board: EvaluatedBoard,
    span: PeriodQuery,
    order: str,
    key: str | None,
    *,
    has_ids: bool,
    has_keys: bool,
) -> View:
    """Every KPI beneath the one that it supports."""
    groups = grouped_rows(board.scorecard.definitions, board.evaluations, order, key)
    changes = _compared(board, span.against)
    going = trends(board.scorecard, board.evaluations)
    warnings = board.loaded.warnings
    return status_view(
        board.scorecard, groups, going, changes, warnings, has_ids=has_ids, has_keys=has_keys
    )


def _span(
    period: str | None, frequency: str | None, compare: str | None, today: date
) -> PeriodQuery:
    """What the flags say; a period with a length of its own is not shown in another."""
    length = None if frequency is None else Frequency(choice("--frequency", frequency, Frequency))
    span = PeriodQuery(period, length, None if compare is None else _against(compare))
    if span.has_two_lengths(today):
        message = f"--period {safe(period or '')} and --frequency {length} ask for two lengths"
        hint = "give one of the two; --period current and last go with any --frequency"
        raise KpiError(message, hint=hint)
    return span


def _against(word: str) -> "Against":
    from kpicli.evaluation.compare import Against

    return Against(choice("--compare", word, Against))


def _compared(board: EvaluatedBoard, against: "Against | None") -> Compared | None:
    if against is None:
        return None
    from kpicli.evaluation.compare import compare_periods

    changes = {
        evaluation.kpi.id: compare_periods(board.scorecard, evaluation, against)
        for evaluation in board.evaluations
    }
    return Compared(against, changes)


def _next_steps(board: EvaluatedBoard, hidden: Iterable[Kpi], day: DayOptions) -> Iterable[str]:
    """What to do where something is not shown; `hidden` were asked for, and are retired."""
    loaded, series = board.loaded, board.scorecard.series.values()
    if loaded.log.needs_repair:
        yield "hint: run kpi repair, which keeps every record that is whole"
    elif loaded.damages:
        yield "hint: correct the damaged line, or record its KPI and period again"
    for kpi in hidden:
        yield f"{kpi.id} was kept until {kpi.until}: --period {kpi.until} shows it"
    if not loaded.file.definitions.kpis:
        from kpicli.views.words.next_steps import NO_KPIS

        yield NO_KPIS
    elif reasons := _passed_over(board, day):
        yield from reasons
    elif not (loaded.log.left_out or any(each.records or each.damaged for each in series)):
        first = next((one.kpi.id for one in board.evaluations if not one.kpi.formula), None)
        yield _no_actuals(loaded.file, f": kpi record {first} VALUE" if first else "")
    elif late := _all_overdue(board):
        from kpicli.views.words.next_steps import all_overdue_text

        yield all_overdue_text(late)


def _passed_over(board: EvaluatedBoard, day: DayOptions) -> list[str]:
    """Why KPIs have no data though the log has records, where some have none at all."""
    empty = [one.kpi for one in board.evaluations if one.actual is None and not one.is_damaged]
    definitions, log = board.loaded.file.definitions, board.loaded.log
    strays = (log.left_out.keys() | board.scorecard.series.keys()) - definitions.ids.keys()
    has_unused = strays or any(any(board.scorecard.series_of(kpi).standing) for kpi in empty)
    is_all = len(empty) == len(board.evaluations)
    is_told = empty and (has_unused or (day.moment.until and is_all))
    return day.hints(board.loaded.file, empty) if is_told else []


def _all_overdue(board: EvaluatedBoard) -> list[Kpi]:
    """The KPIs to be recorded, where not one of the whole board is up to date."""
    late = [one.kpi for one in board.evaluations if one.is_overdue]
    to_record = [kpi for kpi in active_kpis(board.scorecard) if not kpi.formula]
    return late if late == to_record else []


def _no_actuals(file: DefinitionsFile, advice: str) -> str:
    """What to do about it, unless there are some where nobody looks."""
    from kpicli.services.verify import unread

    if issue := unread(file):
        return f"no actuals yet, but {issue.file} {issue.message}"
    folder = os.path.dirname(os.path.realpath(file.log_path))
    if not os.path.isdir(folder):
        return f"no actuals: there is no folder {clipped(folder)} for {file.log_name}"
    return f"no actuals yet{advice}"
