"""What is said of a pull and of a shared log: what is asked, what came or went, what did not."""

import shlex
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpicli.errors import by_cause
from kpicli.model.number import decimal_places, show_number
from kpicli.model.period import period_list
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.recording.plausibility import Concerns
from kpicli.recording.pulled import Pulled, Question, round_sum
from kpicli.text import clipped, comma_list, hide_password, plural, safe
from kpicli.views.words.actuals import value_text
from kpicli.views.words.recording import batch_line, doubt_question

_MOST_NAMED = 3


def question_lines(question: Question) -> Iterator[str]:
    """What is asked for a KPI: where, for which periods if any, and the query or the command."""
    source, kpi = question.source, question.kpi
    ends = dict.fromkeys(map(str, question.periods[:1] + question.periods[-1:]))
    head = "  " + ", ".join(filter(None, [kpi.id, " to ".join(ends)]))
    if kpi.command:
        yield safe(f"{head}: runs {shlex.join(kpi.command)}")
    elif source:
        place = source.file or shlex.join(source.command) or source.url or source.prometheus or ""
        verb = "runs" if source.command else "reads" if question.is_table else "asks"
        sent = f", sent {', '.join(source.headers)}" if source.headers else ""
        yield safe(f"{head}: {verb} {hide_password(place)}{sent}")
        query = " ".join((kpi.query or source.query or "").split())
        if query:
            yield safe(f"    {query}")


def waiting_text(done: int, total: int, waiting: Sequence[Question]) -> str:
    """`3 of 8 answered; waiting for revenue and orders`."""
    names = [question.kpi.id for question in waiting]
    most = names if len(names) <= _MOST_NAMED else [*names[:_MOST_NAMED], "others"]
    return safe(
        f"{done} of {total} answered" + (f"; waiting for {comma_list(most)}" if most else "")
    )


def rounding_hint(pulled: Pulled) -> str:
    """How to round what binary fractions add up to; nothing where no value looks like that."""
    kpi, source = pulled.question.kpi, pulled.question.source
    for record in pulled.records:
        if record.value and (meant := round_sum(record.value)):
            places = decimal_places(meant)
            how = f"round = {places} in [sources.{source.id}]" if source else ""
            how = f"round it to {places} decimals" if kpi.command else how
            sum_text = f"{record.kpi} {record.period} is {record.value}"
            return f"hint: {sum_text}, as binary fractions add up to {meant:f}: {how}"
    return ""


def failure_lines(scorecard: Scorecard, pulled: Pulled) -> Iterator[str]:
    """A line for each failure, with its place, and one where values look odd."""
    for error in by_cause(pulled.failures):
        hint = f" ({error.hint})" if error.hint else ""
        yield safe(f"{error.where or pulled.question.kpi.id}: {error.message}{hint}")
    if pulled.concerns:
        kpi, (record, concerns) = pulled.question.kpi, pulled.concerns[0]
        doubt = doubt_question(scorecard, kpi, record, concerns)
        rest = len(pulled.concerns) - 1
        more = f", and {rest:,} more like it" if rest else ""
        number = show_number(record.value or Decimal(), scorecard.definitions.shown_mark)
        hint = _odd_hint(pulled, record, concerns, number)
        yield f"{kpi.id}: not recorded: {doubt}{more} ({hint})"


def _odd_hint(pulled: Pulled, record: Record, concerns: Concerns, number: str) -> str:
    source = pulled.question.source
    words = f"kpi record {record.kpi} {number} --period {record.period} --yes"
    if concerns.percentage is not None and source and not pulled.question.kpi.command:
        return f"if so: fractions = true in [sources.{source.id}]; if not: {words}"
    return f"if it is right: {words}"


def outcome_lines(scorecard: Scorecard, pulled: Pulled, *, is_dry: bool) -> Iterator[str]:
    """A line for each record on a dry run, and for what stays or is empty."""
    if is_dry:
        yield from (f"dry run: {batch_line(scorecard, record)}" for record in pulled.records)
    for record, reason in pulled.kept:
        if record.value is not None:
            value = value_text(scorecard.definitions, record)
            yield f"{record.kpi} {record.period}: the source says {value}, not recorded: {reason}"
    if pulled.empty:
        yield f"{pulled.question.kpi.id} {period_list(pulled.empty)}: nothing measured"


def summary(done: Sequence[Pulled], up_to_date: int, *, is_dry: bool) -> str:
    """`7 recorded, 2 unchanged; 1 of 8 KPIs failed`."""
    recorded = sum(len(pulled.records) for pulled in done)
    unchanged = sum(pulled.unchanged for pulled in done)
    failed = sum(pulled.is_failed for pulled in done)
    text = f"{recorded:,} {'would be recorded' if is_dry else 'recorded'}"
    text += f", {unchanged:,} unchanged" if unchanged else ""
    text += f"; {plural(up_to_date, 'KPI')} up to date" if up_to_date else ""
    return f"{text}; {failed} of {plural(len(done), 'KPI')} failed" if failed else text


def exchange_summary(pushed: int, pulled: int, *, is_dry: bool) -> str:
    """`3 pushed, 12 pulled`, or what would be."""
    would = "would be " if is_dry else ""
    return f"{pushed:,} {would}pushed, {pulled:,} {would}pulled"


def nothing_new_text(records: int) -> str:
    """Both ends have all."""
    return f"nothing new: both have {plural(records, 'record')}"


def unsealed_text(count: int) -> str:
    """Lines that nobody sealed."""
    lines, them = plural(count, "unsealed line"), "it was" if count == 1 else "they were"
    return f"{lines} not pushed: nobody can tell whether {them} changed (kpi verify)"


def sharing_line(url: str) -> str:
    """What is agreed to."""
    return f"  send its records to {safe(url)}, and take in what others recorded"


def strangers_text(unknown: Sequence[str], apart: Sequence[str], board: str) -> str:
    """Two logs that have no record in common, and what only one of them, or each apart, has."""
    which = "KPIs that are not defined here" if unknown else "the same KPIs and periods"
    what = f"but some of {which}: {clipped(comma_list(unknown or apart))}"
    return f"the board '{safe(board)}' at the remote has no record of this log, {what}"


STRANGERS_HINT = 'if it is the same board, add --yes; else name another: remote = "…?board=NAME"'
