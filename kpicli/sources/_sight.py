"""See what a table is: which line is its header, which layout it has, or what is missing."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice, pairwise

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.source import EXPORTED, Layout
from kpicli.sources._grid import ColumnMapping, Grid, GridLine
from kpicli.sources._header import TOTAL, Header, Sight, header_of
from kpicli.sources._layouts import layout_of, rival_periods
from kpicli.sources._separated import ALIGNED
from kpicli.sources._unseen import StrangeColumnsError, quoted, unseen
from kpicli.text import comma_list, did_you_mean, safe

_YEAR_DIGITS = 4
_SAMPLE, _FIRST = 200, 10
_MOST_ABOVE = 40  # lines of a title, at most
_MOST_CELLS = 50_000  # that are looked at for a header, after the first line
_MOST_NAMED = 8


def seen(grid: Grid, sight: Sight) -> ColumnMapping:
    """How the columns of a table map to actuals; raises `KpiError` with what can't be seen."""
    sample = list(islice(grid.lines(), _SAMPLE))
    skip = sight.source.skip
    if skip is not None:
        sample = [line for line in sample if line.first > skip]
    if not sample:
        raise KpiError("no rows", where=grid.shown)
    _refuse_years_above(grid, sample, sight)
    headers: list[Header] = []
    cells = 0
    for at, line in enumerate(sample[: 1 if skip is not None else _MOST_ABOVE]):
        cells += len(line.cells)
        if headers and cells > _MOST_CELLS:
            break
        header = header_of(line, sight)
        below = sample[at + 1 :]
        mapping = layout_of(grid, header, below, sight) if not header.missing else None
        if mapping and (mapping.row_labels or not header.row_labels):
            _refuse_rivals(mapping, rival_periods(mapping, header, below, sight))
            return _whole(mapping, header, sample[:at], sight)
        headers.append(header)
    raise unseen(grid, headers, sight)


def _refuse_years_above(grid: Grid, sample: Sequence[GridLine], sight: Sight) -> None:
    """Raise where the years stand in a row above the months: each month would lose its year."""
    for line, below in pairwise(sample[:_FIRST]):
        above = [cell.strip() for cell in line.cells if cell.strip()]
        years = [text for text in above if text.isdecimal() and len(text) == _YEAR_DIGITS]
        words = [cell.strip(" .") for cell in below.cells]
        months = [text for text in words if text.isalpha() and sight.labels.are_of(text)]
        if years and len(years) >= len(above) - 1 and len(months) > 1:
            hint = f"write both into each heading, as in {months[0]} {years[0]}"
            message = "its years stand in a row above its months"
            raise KpiError(message, where=grid.place(line), hint=hint)


def _refuse_rivals(mapping: ColumnMapping, rivals: Sequence[int]) -> None:
    """Raise where several columns hold periods, and neither a name nor a flag says which it is."""
    if rivals:
        names = list(map(mapping.name, (*mapping.period, *rivals)))
        named = comma_list([f"'{safe(name)}'" for name in names])
        message = f"{named} may each be the period"
        one, both = quoted(f"period={names[0]}"), quoted(f"period={'+'.join(names)}")
        hint = f"say which: --columns {one}" + f", or {both} for its ends" * (len(names) == 2)
        raise KpiError(message, where=mapping.grid.place(mapping.header), hint=hint)


def _whole(
    mapping: ColumnMapping, header: Header, above: Sequence[GridLine], sight: Sight
) -> ColumnMapping:
    """The mapping with what it passes over; raises for columns that are nobody's or twice."""
    used = mapping.used
    rest = {
        place: name
        for place, name in enumerate(header.names)
        if name and place not in used and not (mapping.is_own and name.casefold() in EXPORTED)
    }
    totals = {
        place: name
        for place, name in rest.items()
        if header.roles.get(place) == TOTAL and mapping.layout is Layout.ACROSS
    }
    faults = list(_twice(mapping, header, sight.source.columns.get("period", "")))
    if not sight.source.columns and not faults:
        faults += _nobodys(mapping, [rest[place] for place in rest if place not in totals], sight)
    if faults:
        for fault in faults:
            fault.where = mapping.grid.place(mapping.header)
        raise ManyErrors(faults)
    return replace(mapping, above=tuple(above), passed_over=tuple(totals.values()))


def _twice(mapping: ColumnMapping, header: Header, period: str) -> Iterator[KpiError]:
    """Two columns for one thing, of which a row would say the one or the other."""
    named = [f"column '{safe(header.names[place])}'" for place in header.places("value")[1:]]
    ids = [column.of for column in mapping.values]
    named += [f"column '{safe(id)}'" for id in dict.fromkeys(ids) if ids.count(id) > 1]
    for text in named:
        yield KpiError(f"{text} appears twice", hint="leave one out, or name one with --columns")
    if len(mapping.period) > 2 and "+" not in period:
        names = list(map(mapping.name, mapping.period))
        named = [f"'{safe(name)}'" for name in names]
        parts = quoted(f"period={'+'.join(names)}")
        hint = f"say which: --columns period={names[0]}, or {parts} for parts of one"
        yield KpiError(f"{comma_list(named)} may each be the period", hint=hint)


def _nobodys(mapping: ColumnMapping, names: Sequence[str], sight: Sight) -> list[KpiError]:
    """One fault for all columns that neither a KPI nor a role has."""
    if not names:
        return []
    known = [*sight.definitions.kpis, "kpi", "period", "value"]
    closest = did_you_mean(names[0], known) if len(names) == 1 else ""
    columns = ",".join(f"{key}={name}" for key, name in mapping.columns.items())
    take = f"to take only what you name: --columns {quoted(columns)}"
    named = [f"'{safe(name[:40])}'" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        named.append(f"{len(names) - _MOST_NAMED:,} more")
    verb = "is not a KPI or a column" if len(names) == 1 else "are not KPIs or columns"
    message, hint = f"{comma_list(named)} {verb} that kpi knows", f"{closest} {take}".strip()
    return [StrangeColumnsError(names, message, hint, mapping.columns)]


def readable(grids: Sequence[Grid], sight: Sight) -> ColumnMapping:
    """The one way to cut a table, or the one sheet of a workbook, in which a table is seen."""
    mappings: list[ColumnMapping] = []
    faults: dict[int, KpiError] = {}
    for index, grid in enumerate(grids):
        if mappings and grid.delimiter == ALIGNED:
            continue
        try:
            mappings.append(seen(grid, sight))
        except KpiError as error:
            faults[index] = error
    if len(mappings) == 1:
        return mappings[0]
    if mappings:
        raise _several(mappings)
    raise faults[max(faults, key=lambda index: _likeness(grids[index], sight))]


def _likeness(grid: Grid, sight: Sight) -> tuple[int, int]:
    """What the best of its first lines names, and the cells of the widest between delimiters."""
    headers: list[Header] = []
    with suppress(KpiError):
        headers.extend(header_of(line, sight) for line in islice(grid.lines(), _FIRST))
    said = (len(each.roles) + len(each.kpis) + len(each.periods) for each in headers)
    widths = (len(each.names) for each in headers if grid.delimiter != ALIGNED)
    return max(said, default=0), max(widths, default=0)


def _several(mappings: Sequence[ColumnMapping]) -> KpiError:
    settings = [mapping.grid.settings for mapping in mappings]
    key = "sheet" if any("sheet" in each for each in settings) else "delimiter"
    named = comma_list([f"'{safe(each.get(key, ','))}'" for each in settings], "or")
    hint = f"say which: --{key} {quoted(settings[0].get(key, ','))}"
    return KpiError(f"a table by each {key}, {named}", where=mappings[0].grid.shown, hint=hint)
