"""What is said about a table that is imported: how it was read, what is open, what came of it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.record import Record
from kpicli.model.source import Layout
from kpicli.model.unit import PERCENT
from kpicli.recording.date_labels import OpenDates
from kpicli.recording.plausibility import percentage_of
from kpicli.recording.table_reading import TableReading
from kpicli.text import clipped, comma_list, folded, plural, safe

_LAYOUTS = {
    Layout.LONG: "one row per actual",
    Layout.WIDE: "one column per KPI",
    Layout.ACROSS: "one column per period",
}
_MARKS = {".": "point decimals", ",": "comma decimals"}
_MOST = 3


def reading_line(reading: TableReading, definitions: Definitions) -> str:
    """`read as: semicolons, Måned = period; the row «Sum» ignored`; nothing to say is empty."""
    parts = ", ".join(_seen(reading, definitions))
    text = "; ".join(filter(None, (parts, _left_out(reading))))
    return f"read as: {text}" if text else ""


def _seen(reading: TableReading, definitions: Definitions) -> Iterator[str]:
    """What is not as kpi itself would write it."""
    yield from reading.remarks
    yield from (_MARKS[mark] for mark in reading.marks if mark != definitions.decimal.value)
    if reading.layout is Layout.ACROSS:
        yield "one column per period"
    for role, name in reading.columns.items():
        kpi = definitions.kpis.get(role)
        usual = {folded(role), folded(kpi.name)} if kpi else {folded(role)}
        if folded(name) not in usual:
            yield f"{_column(name)} = {_role(role, definitions)}"
    if reading.label:
        yield f"{reading.label[0]} stands for {reading.label[1]}"


def _role(role: str, definitions: Definitions) -> str:
    return safe(definitions.kpis[role].name) if role in definitions.kpis else role


def _column(name: str) -> str:
    return f"column {name}" if name.isdecimal() else clipped(name)


def _left_out(reading: TableReading) -> str:
    above, below = reading.above, reading.below
    parts = [f"{plural(reading.header - 1, 'line')} above the header"] if above else []
    parts += [f"the row «{clipped(text)}»" for text in below[:_MOST]]
    if len(below) > _MOST:
        parts.append(f"{len(below) - _MOST:,} more below")
    parts += [f"the column «{clipped(name)}»" for name in reading.passed_over[:_MOST]]
    return f"{comma_list(parts)} ignored" if parts else ""


def reading_explanation(reading: TableReading, definitions: Definitions) -> Iterator[str]:
    """All that was made of a table, a line each."""
    yield f"{reading.name}: {_LAYOUTS[reading.layout]}, {plural(reading.rows, 'row')}"
    lines: dict[str, Iterable[str]] = {
        "seen": reading.remarks,
        "header": [f"line {reading.header}"] if reading.header else [],
        "columns": [
            f"{_column(name)} = {_role(role, definitions)}"
            for role, name in reading.columns.items()
        ],
        "periods": reading.periods,
        "numbers": [_MARKS[mark] for mark in reading.marks] or ["the same by either mark"],
        "dates": [f"{reading.label[0]} stands for {reading.label[1]}"] if reading.label else [],
        "passed over": [*reading.above, *reading.below, *reading.passed_over],
        "empty": [plural(reading.empty, "cell")] if reading.empty else [],
    }
    for heading, texts in lines.items():
        if shown := ", ".join(map(clipped, texts)):
            yield f"  {heading:12} {shown}"


def open_dates_message(dates: OpenDates) -> str:
    """`orders: 2026-10-01 is that day or all of 2026-10 (one row alone settles nothing)`."""
    own = dates.kpi.period_of(dates.day)
    return f"{dates.kpi.id}: {dates.day} is that day or all of {own} ({dates.why})"


REPEATED = "equal rows of one KPI and period count once; to add them up: --rows sum"
OPEN_DATES_HINT = "say which: --dates days or --dates own"


def open_dates_question(dates: OpenDates) -> str:
    """What a person is asked about it."""
    own = dates.kpi.period_of(dates.day)
    return f"{open_dates_message(dates)}; does it mean all of {own}?"


def fractions_message(definitions: Definitions, kpi: Kpi, draft: Record, count: int) -> str:
    """`Churn 2026-08: 0.118 is 0.118% or 11.8%; all 3 values look like fractions of 1`."""
    value, mark = draft.value or Decimal(0), definitions.shown_mark
    kept, meant = Quantity(value, PERCENT, mark), Quantity(percentage_of(value), PERCENT, mark)
    of = "it looks like a fraction" if count == 1 else f"all {count:,} values look like fractions"
    return f"{clipped(kpi.name)} {draft.period}: is it {kept} or {meant}? {of} of 1"


def without_effect(pairs: Iterable[tuple[Kpi, Period]]) -> Iterator[str]:
    """That parts of a period that is recorded as a whole change nothing."""
    counts: dict[tuple[str, str], int] = {}
    for kpi, whole in pairs:
        key = clipped(kpi.name), str(whole)
        counts[key] = counts.get(key, 0) + 1
    for (name, period), count in list(counts.items())[:_MOST]:
        parts = "this part of it changes" if count == 1 else f"these {count:,} parts of it change"
        yield f"{name}: {period} is recorded as a whole, so {parts} nothing"
    if len(counts) > _MOST:
        yield f"and so do those of {len(counts) - _MOST:,} more"


def conversion(kpi: Kpi, unit: str) -> str:
    """That numbers came in another unit than the KPI's own."""
    return f"{clipped(kpi.name)}: read in {safe(unit)}, recorded in {safe(kpi.unit) or 'full'}"


def intake_remarks(empty: int, repeated: int, rounded: int) -> list[str]:
    """What the summary adds to what is new and known: `1 empty`, `2 rounded`."""
    counts = {"empty": empty, "twice, counted once": repeated, "rounded": rounded}
    return [f"{count:,} {word}" for word, count in counts.items() if count]
