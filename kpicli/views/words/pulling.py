"""What is said of a pull: what is asked, what came, and what did not."""

from collections.abc import Iterator, Sequence

from kpicli.model.scorecard import Scorecard
from kpicli.recording.pulled import Pulled, Question
from kpicli.text import hide_password, plural, safe
from kpicli.views.words.actuals import quantity_text
from kpicli.views.words.recording import batch_line, doubt_question


def question_lines(question: Question) -> Iterator[str]:
    """What is asked for a KPI: where, for which periods, and the query or the command."""
    periods = question.periods
    span = str(periods[0]) if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    source, kpi = question.source, question.kpi
    if kpi.command:
        yield safe(f"  {kpi.id}, {span}: runs {' '.join(kpi.command)}")
    elif source and question.is_table:
        place = source.file or " ".join(source.command) or source.url or ""
        yield safe(f"  {kpi.id}, {span}: reads {hide_password(place)}")
    elif source:
        place = source.url or source.prometheus or ""
        query = " ".join((kpi.query or "").split())
        yield safe(f"  {kpi.id}, {span}: asks {hide_password(place)}")
        yield safe(f"    {query}")


def failure_lines(scorecard: Scorecard, pulled: Pulled) -> Iterator[str]:
    """A line for each failure, with its place, and for each value that looks odd."""
    for error in pulled.failures:
        hint = f" ({error.hint})" if error.hint else ""
        yield safe(f"{error.where or pulled.question.kpi.id}: {error.message}{hint}")
    for record, concerns in pulled.concerns:
        doubt = doubt_question(scorecard, pulled.question.kpi, record, concerns)
        yield f"{record.kpi}: not recorded: {doubt}"


def outcome_lines(scorecard: Scorecard, pulled: Pulled, *, is_dry: bool) -> Iterator[str]:
    """A line for each record on a dry run, and for what stays or is empty."""
    if is_dry:
        yield from (f"dry run: {batch_line(scorecard, record)}" for record in pulled.records)
    for record, reason in pulled.kept:
        if record.value is not None:
            value = quantity_text(scorecard.definitions, record.kpi, record.value)
            yield f"{record.kpi} {record.period}: the source says {value}, not recorded: {reason}"
    for period in pulled.empty:
        yield f"{pulled.question.kpi.id} {period}: nothing measured"


def summary(done: Sequence[Pulled], up_to_date: int, *, is_dry: bool) -> str:
    """`7 recorded, 2 unchanged; 1 of 8 KPIs failed`."""
    recorded = sum(len(pulled.records) for pulled in done)
    unchanged = sum(pulled.unchanged for pulled in done)
    failed = sum(pulled.is_failed for pulled in done)
    text = f"{recorded:,} {'would be recorded' if is_dry else 'recorded'}"
    text += f", {unchanged:,} unchanged" if unchanged else ""
    text += f"; {plural(up_to_date, 'KPI')} up to date" if up_to_date else ""
    return f"{text}; {failed} of {plural(len(done), 'KPI')} failed" if failed else text
