"""The layouts that a header and what stands beneath it may have: long, wide, across."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kpicli.model.period import FISCAL
from kpicli.model.source import Combination, Layout
from kpicli.sources._grid import ColumnMapping, Extras, Grid, GridLine, SourceColumn
from kpicli.sources._header import TOTAL, Header, Sight
from kpicli.sources._periods import without_year
from kpicli.text import folded

_LOOKED_AT = 50  # lines beneath a header that say what a column holds
_MOST_LABELS = 20  # columns in which the name of a row is looked for
_NUMBER = frozenset("0123456789")


def layout_of(
    grid: Grid, header: Header, below: Sequence[GridLine], sight: Sight
) -> ColumnMapping | None:
    """The mapping of the columns, or nothing where the line can't be the header of any layout."""
    wanted = sight.source.layout
    for layout, read in _LAYOUTS.items():
        if wanted in {None, layout} and (mapping := read(grid, header, below, sight)):
            return mapping
    return None


def _across(
    grid: Grid, header: Header, below: Sequence[GridLine], sight: Sight
) -> ColumnMapping | None:
    only = sight.definitions.kpi(sight.source.kpi).id if sight.source.kpi else ""
    named = header.place("kpi")
    kpi = -1 if only else named if named >= 0 else _labelled(below, header, sight)
    others = {kpi, *header.places("period")}
    periods = {place: label for place, label in header.periods.items() if place not in others}
    halves = _halves(header, below, sight, {kpi, *periods})
    is_asked = sight.source.layout is Layout.ACROSS
    least = 1 if is_asked or named >= 0 else 2
    if (kpi < 0 and not (only and halves)) or len(periods) < least or kpi in header.kpis:
        return None
    return ColumnMapping(
        grid=grid,
        layout=Layout.ACROSS,
        header=header.line,
        kpi=kpi,
        only=only,
        period=halves,
        values=tuple(SourceColumn(place, label) for place, label in periods.items()),
        extras=Extras(note=header.place("note"), target=header.place("target")),
        unit=header.place("unit"),
        row_labels=header.row_labels,
    )


def _halves(
    header: Header, below: Sequence[GridLine], sight: Sight, others: set[int]
) -> tuple[int, ...]:
    """The column that has the rest of the periods above the others, as years beside months."""
    place = next((place for place in header.places("period") if place not in others), -1)
    headings = {header.names[period] for period in header.periods}
    wholes = (f"{cell} {heading}" for cell in _cells(below, place) for heading in headings)
    is_half = without_year(headings, sight.labels) or any(map(sight.labels.are_of, wholes))
    is_strange = FISCAL in str(header.periods) and not sight.definitions.calendar.is_fiscal
    return (place,) if place >= 0 and (is_half or is_strange) else ()


def _long(
    grid: Grid, header: Header, below: Sequence[GridLine], sight: Sight
) -> ColumnMapping | None:
    kpi = header.place("kpi")
    value = header.place("value")
    if kpi < 0 and value >= 0 and not sight.source.kpi and not header.kpis.keys() - {value}:
        kpi = _holding(below, lambda cell: _is_kpi(cell, header, sight))
    only = sight.definitions.kpi(sight.source.kpi).id if sight.source.kpi else ""
    period = _period_places(header, below, sight, {kpi, value})
    is_counted = sight.source.rows == Combination.COUNT
    if value < 0 and not is_counted:
        value = _only_numbers(header, below, {kpi, *period}, only)
    if not period or (kpi < 0 and not only) or (value < 0 and not is_counted):
        return None
    if _is_row(header, period, [value]):
        return None
    said = sight.source.columns.keys()
    can_be_wide = kpi >= 0 and (header.kpis if said else kpi in header.kpis)
    if can_be_wide and not ({"kpi", "value"} & said or _names_kpis(below, kpi, header, sight)):
        return None
    is_own = _is_own(grid, header, sight)
    own = header.names if is_own else []
    return ColumnMapping(
        grid=grid,
        layout=Layout.LONG,
        header=header.line,
        kpi=-1 if only else kpi,
        only=only,
        period=period,
        value=value,
        extras=_extras(header),
        row_labels={} if only else header.row_labels,
        unit=header.place("unit"),
        skip=own.index("skip") if "skip" in own else -1,
        replaces=own.index("replaces") if "replaces" in own else -1,
        is_own=is_own,
    )


def _wide(
    grid: Grid, header: Header, below: Sequence[GridLine], sight: Sight
) -> ColumnMapping | None:
    kpis = {place: id for place, id in header.kpis.items() if header.roles.get(place) != "period"}
    period = _period_places(header, below, sight, set(kpis))
    named = (place for place in kpis if not sight.definitions.kpi_named(header.names[place]))
    if not period or not kpis or _is_row(header, period, named):
        return None
    extras = Extras(*(-1 if place in kpis else place for place in _extras(header)))
    return ColumnMapping(
        grid=grid,
        layout=Layout.WIDE,
        header=header.line,
        period=period,
        values=tuple(SourceColumn(place, id) for place, id in kpis.items()),
        extras=extras,
        unit=-1 if header.place("unit") in kpis else header.place("unit"),
    )


_LAYOUTS: dict[
    Layout, Callable[[Grid, Header, Sequence[GridLine], Sight], ColumnMapping | None]
] = {Layout.ACROSS: _across, Layout.LONG: _long, Layout.WIDE: _wide}


def _is_row(header: Header, period: Sequence[int], values: Iterable[int]) -> bool:
    """Whether a line has a period and a number where the table has them, and so is no header."""
    names = [header.names[place] for place in values if place >= 0]
    return not header.periods.keys().isdisjoint(period) and any(map(_looks_like_a_number, names))


def _extras(header: Header) -> Extras:
    return Extras(*map(header.place, Extras._fields))


def _is_own(grid: Grid, header: Header, sight: Sight) -> bool:
    """Whether kpi itself has written it: its own names as it spells them, all where others can be.

    Those who name a delimiter or a decimal mark may have written it as well.
    """
    if sight.source.columns:
        return False
    is_usual = not sight.source.decimal and grid.settings.get("delimiter", ",") == ","
    names = {"kpi", "period", "value", "unit"}
    return (names if is_usual else names | {"at", "by", "note", "skip"}) <= set(header.names)


def _is_kpi(cell: str, header: Header, sight: Sight) -> bool:
    return folded(cell) in header.row_labels or sight.definitions.kpi_named(cell) is not None


def _names_kpis(below: Sequence[GridLine], place: int, header: Header, sight: Sight) -> bool:
    return any(_is_kpi(cell, header, sight) for cell in _cells(below, place))


def _labelled(below: Sequence[GridLine], header: Header, sight: Sight) -> int:
    """The first column in which a KPI is named; -1 for none."""
    columns = max((len(line.cells) for line in below[:_LOOKED_AT]), default=0)
    for place in range(min(columns, _MOST_LABELS)):
        if _names_kpis(below, place, header, sight):
            return place
    return -1


def _period_places(
    header: Header, below: Sequence[GridLine], sight: Sight, others: set[int]
) -> tuple[int, ...]:
    """The columns that say the period, by their names, else the first that holds periods."""
    if places := tuple(place for place in header.places("period") if place not in others):
        return places

    place = _holding(below, _is_period(sight), {*others, *header.roles, *header.kpis})
    return (place,) if place >= 0 else ()


def _is_period(sight: Sight) -> Callable[[str], bool]:
    return lambda cell: not cell.isdigit() and sight.labels.are_of(cell)


def rival_periods(
    mapping: ColumnMapping, header: Header, below: Sequence[GridLine], sight: Sight
) -> list[int]:
    """The columns that may as well be the period as the one that holds it and does not say so."""
    if not mapping.period or header.places("period"):
        return []
    others = (place for place in range(len(header.names)) if place not in mapping.used)
    return [place for place in others if _holds(below, place, _is_period(sight))]


def _only_numbers(header: Header, below: Sequence[GridLine], others: set[int], only: str) -> int:
    """The column of the values that no name tells: the KPI's own, or the only one of numbers."""
    own = [place for place, id in header.kpis.items() if id == only]
    if own:
        return own[0]
    roles = {place for place, role in header.roles.items() if role != TOTAL}
    taken = {*others, *roles, *header.kpis}
    places = [
        place
        for place, name in enumerate(header.names)
        if name and place not in taken and _holds(below, place, _looks_like_a_number)
    ]
    return places[0] if len(places) == 1 else -1


def _looks_like_a_number(cell: str) -> bool:
    return not _NUMBER.isdisjoint(cell) and sum(map(str.isalpha, cell)) <= 3


def _holding(
    below: Sequence[GridLine], is_one: Callable[[str], bool], others: set[int] | None = None
) -> int:
    """The first column in which most cells are of a kind; -1 for none."""
    columns = max((len(line.cells) for line in below[:_LOOKED_AT]), default=0)
    for place in range(columns):
        if place not in (others or ()) and _holds(below, place, is_one):
            return place
    return -1


def _holds(below: Sequence[GridLine], place: int, is_one: Callable[[str], bool]) -> bool:
    cells = list(_cells(below, place))
    return bool(cells) and 2 * sum(map(is_one, cells)) > len(cells)


def _cells(below: Sequence[GridLine], place: int) -> Iterator[str]:
    for line in below[:_LOOKED_AT]:
        if place < len(line.cells) and (cell := line.cells[place].strip()):
            yield cell
