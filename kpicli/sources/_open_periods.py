"""Periods of a table that have two readings, settled by its other rows, or refused with both."""

import re

from kpicli.errors import NotationError
from kpicli.model.build.source import date_words
from kpicli.model.source import DateReading
from kpicli.sources._header import Sight
from kpicli.sources._mapping import ColumnMapping
from kpicli.sources._periods import PeriodLabels, first_numbers, have_short_years, without_year
from kpicli.text import safe

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_READINGS = (DateReading.DAY_FIRST, DateReading.MONTH_FIRST)


def settled_labels(texts: set[str], mapping: ColumnMapping, sight: Sight) -> PeriodLabels:
    """How the periods of a table are read; raises `NotationError` where two readings are left."""
    first = _first(texts, mapping, sight)
    labels = PeriodLabels(sight.labels.clock, first, are_short_years=have_short_years(texts))
    _require_years(texts, labels, mapping)
    return labels


def _first(texts: set[str], mapping: ColumnMapping, sight: Sight) -> DateReading | None:
    """Whether `01/02/2026` begins with its day or its month."""
    words = date_words(sight.source.dates or "")
    for reading in _READINGS:
        if reading in words:
            return reading
    is_day, is_month, open_date = first_numbers(texts)
    if is_day != is_month or not open_date:
        return DateReading.DAY_FIRST if is_day else DateReading.MONTH_FIRST if is_month else None
    readings = [PeriodLabels(sight.labels.clock, reading)[open_date] for reading in _READINGS]
    raise NotationError(
        f"'{safe(open_date)}' is {readings[0]} or {readings[1]}",
        where=mapping.grid.shown,
        hint="say which: --dates day-first or --dates month-first",
    )


def _require_years(texts: set[str], labels: PeriodLabels, mapping: ColumnMapping) -> None:
    """Raise for months without a year where the table names another one than the latest."""
    bare = without_year(texts, labels)
    if not bare:
        return
    title = " ".join(cell for line in mapping.above for cell in line.cells)
    said = set(
        _YEAR.findall(f"{title} {mapping.grid.shown} {mapping.grid.settings.get('sheet', '')}")
    )
    latest = {labels[text][:4] for text in bare}
    if (said and said != latest) or len(latest) > 1:
        years = sorted(said | latest)
        raise NotationError(
            f"'{safe(bare[0])}' does not say its year: {' or '.join(years)}?",
            where=f"{mapping.grid.shown}:{mapping.header.first}",
            hint=f"write the year behind it, as in {safe(bare[0])} {years[-1]}",
        )
