"""The actuals of a table, row by row, and the rows that are at fault."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from kpicli.errors import KpiError, ManyErrors, NotationError
from kpicli.model.number import Mark
from kpicli.model.source import Combination, Layout, SourceRow
from kpicli.model.unit import currency_codes
from kpicli.sources._claims import RowKinds, size_in
from kpicli.sources._grid import (
    EMPTY,
    NO_EXTRAS,
    Grid,
    GridLine,
    Typed,
    check_cells,
    check_length,
    check_unnamed,
    placed,
)
from kpicli.sources._header import Sight, is_currency, is_known_unit, unit_behind
from kpicli.sources._sight import readable
from kpicli.sources._survey import Survey, survey
from kpicli.text import folded, safe, unescaped, unguarded

_YEAR = 4  # digits; fewer are a month, a quarter or a week
_NOTHING = ("", None, "", "")  # no note, name, time or target


class SourceTable(Protocol):
    """Rows and faults as they come, and what was seen of the table they stand in.

    While they are read `empty` counts the cells without a value.
    """

    empty: int

    @property
    def survey(self) -> Survey | None:
        """What holds for all rows; nothing for kpi's own lines of JSON."""
        ...

    def __iter__(self) -> Iterator[SourceRow | KpiError]: ...


def source_table(grids: Sequence[Grid], sight: Sight) -> SourceTable:
    """The table of the one grid in which one is seen; raises `KpiError` where none is, or two."""
    return TableRows(survey(readable(grids, sight), sight), sight)


class TableRows:
    """The rows of a table; while they are read `empty` counts the cells without a value."""

    def __init__(self, survey: Survey, sight: Sight) -> None:
        self.survey, self.sight = survey, sight
        self.mapping = survey.mapping
        self.nothing = EMPTY | {text.strip().casefold() for text in sight.source.empty}
        self.has_extras = self.mapping.extras != NO_EXTRAS
        self.has_halves = self.mapping.has_halves
        kpis = sight.definitions.kpis
        named = [(of, place) for place, of in self.mapping.values if of in kpis]
        if self.mapping.only:
            named = [(self.mapping.only, place) for place in self.mapping.places]
        self.units = {
            at: unit_behind(self.mapping.name(at), kpis[id], sight.definitions) for id, at in named
        }
        self.row_units = {
            each.id: unit_behind(each.name, kpis[each.id], sight.definitions)
            for each in self.mapping.row_labels.values()
        }
        unit = self.mapping.name(self.mapping.unit) if self.mapping.unit >= 0 else ""
        self.is_currency, self.currencies = is_currency(unit), dict[str, str]()
        self.kinds = RowKinds(self.mapping, sight)
        self.empty, self.times = 0, dict[tuple[str, str], str]()

    def __iter__(self) -> Iterator[SourceRow | KpiError]:
        actuals: Callable[[int, list[str]], Sequence[SourceRow]] = {
            Layout.LONG: self._long,
            Layout.WIDE: self._wide,
            Layout.ACROSS: self._across,
        }[self.mapping.layout]
        width, grid = len(self.mapping.header.cells), self.mapping.grid
        unnamed = self._unnamed()
        has_rows = False
        try:
            for count, line in enumerate(self.survey.body()):
                first, last, cells = line
                has_rows = True
                try:
                    if last > first or len(cells) != width:
                        self._fit(line, width)
                    if unnamed:
                        check_unnamed(line, unnamed, count)
                    self.kinds.check(cells)
                    cells.append("")  # for the columns that are not there, at -1
                    yield from actuals(first, cells)
                except NotationError as error:
                    yield placed(error, grid.shown, first)
        except ManyErrors as faults:
            yield from faults.errors
        except NotationError as error:
            yield error
        if not has_rows:
            yield KpiError("no rows", where=grid.shown)

    def _unnamed(self) -> list[int]:
        """The columns without a name that nothing stands in, unless some columns are named."""
        mapping = self.mapping
        used = {*mapping.period, *mapping.places, mapping.kpi}
        cells = enumerate(mapping.header.cells)
        if self.sight.source.columns:
            return []
        return [place for place, name in cells if place not in used and not name.strip()]

    def _fit(self, line: GridLine, width: int) -> None:
        """Hold a row that was cut at delimiters against the header; fill up any other."""
        is_one = self.mapping.layout is Layout.ACROSS and len(line.cells) == 1
        kpi = self._kpi(line.cells[0].strip()) if is_one else ""
        is_heading = is_one and not self.sight.definitions.kpi_named(kpi)
        if self.mapping.grid.is_ragged and not is_heading:
            check_cells(line, self.mapping, self.survey.labels)
        line.cells.extend([""] * (width - len(line.cells)))

    def _value(self, cell: str) -> str | None:
        value = cell.strip()
        if value[:1].isdigit() or value.casefold() not in self.nothing:
            return value
        self.empty += 1
        return None

    def _mark(self, cell: str, place: int) -> Mark | None:
        return "." if isinstance(cell, Typed) else self.survey.marks.get(place)

    def _extras(self, cells: list[str]) -> tuple[str, str | None, str, str]:
        """Note, name, time and target; as typed, where kpi made them safe for a spreadsheet."""
        if not self.has_extras:
            return _NOTHING
        note, by, at, target = (cells[place] for place in self.mapping.extras)
        if self.mapping.is_own:
            note, by = unguarded(unescaped(note)), unguarded(unescaped(by))
        check_length(note, by)
        return note, by if self.mapping.extras.by >= 0 else None, at.strip(), target.strip()

    def _period(self, cells: list[str], heading: str = "") -> str:
        """The label of a period; of two columns the name says whether a number is a quarter's."""
        places, labels = self.mapping.period, self.survey.labels
        if not self.has_halves:
            return labels[heading or cells[places[0]].strip()]
        texts = [cells[place].strip() for place in places]
        if not all(texts):
            name = self.mapping.name(places[texts.index("")])
            hint = "write it in each row, also of merged cells"
            raise NotationError(f"no {safe(name)} in this row", hint=hint)
        pairs = zip(map(self.mapping.name, places), texts, strict=True)
        named = (f"{name} {text}" if len(text) < _YEAR else text for name, text in pairs)
        bare = f"{' '.join(texts)} {heading}".strip()
        forms = f"{' '.join(named)} {heading}".strip(), bare, bare if heading else " - ".join(texts)
        return labels[next(filter(labels.are_of, forms), bare)]

    def _check_order(self, kpi: str, period: str, cells: list[str]) -> None:
        """Raise `NotationError` where the last row of a day is not the latest of it."""
        if self.sight.source.rows == Combination.LAST:
            text = cells[self.mapping.period[0]].strip()
            before = self.times.get((kpi, period), text)
            if text < before and len(text) == len(before) and text[-1:] not in {"m", "M"}:
                message = f"{safe(text[:40])} stands below {safe(before[:40])}"
                raise NotationError(message, hint="sort the rows by time: the last is taken")
            self.times[kpi, period] = text

    def _kpi(self, label: str) -> str:
        """The KPI of a row; where labels are given, nothing for a row of another one."""
        labels = self.mapping.row_labels
        if not labels:
            return label
        return labels[folded(label)].id if folded(label) in labels else ""

    def _unit_at(self, cells: list[str], kpi: str, place: int) -> str:
        """The unit of a row, of the name of a column, or else what a workbook shows in a cell."""
        unit = self._unit(cells, kpi) or self.units.get(place, "")
        beside = "" if unit else getattr(cells[place], "unit", "")
        named = self.sight.definitions.kpi_named(kpi) if beside else None
        own = named.unit if named else ""
        is_known = named and (is_known_unit(beside, own) or (own and size_in(beside)))
        return beside if is_known else unit

    def _unit(self, cells: list[str], kpi: str) -> str:
        """The unit of a row; of a column that nobody named one that says something of the KPI."""
        unit = cells[self.mapping.unit].strip() if self.mapping.unit >= 0 else ""
        if not unit or unit.casefold() in self.nothing:
            return self.row_units.get(kpi, "")
        columns, named = self.sight.source.columns, self.sight.definitions.kpi_named(kpi)
        if self.is_currency and named and not currency_codes(named.unit):
            if self.currencies.setdefault(kpi, unit) != unit and not named.unit:
                message = f"{safe(kpi)}: '{safe(unit)}' beside another currency"
                raise NotationError(message, hint="import the rows of one currency")
            return ""
        is_found = bool(columns) and "unit" not in columns
        is_open = is_found and not (named and is_known_unit(unit, named.unit))
        return "" if is_open else unit.replace("_", " ")  # `MIO_EUR`

    def _long(self, line: int, cells: list[str]) -> Sequence[SourceRow]:
        mapping = self.mapping
        kpi = mapping.only or self._kpi(cells[mapping.kpi].strip())
        if not kpi and mapping.row_labels:
            return ()
        note, by, at, target = self._extras(cells)
        cell = cells[mapping.value] if mapping.value >= 0 else "1"
        value = cell.strip() or None if at else self._value(cell)
        mark, period = self._mark(cell, mapping.value), self._period(cells)
        self._check_order(kpi, period, cells)
        unit = self._unit_at(cells, kpi, mapping.value)
        skip = mapping.skip >= 0 and value is None and cells[mapping.skip].strip() == "true"
        replaces = cells[mapping.replaces].strip() if mapping.replaces >= 0 else "unknown"
        fields = line, kpi, period, value, note, by, at, mark, b"", False, target, unit, skip
        return (SourceRow(*fields, replaces),)

    def _wide(self, line: int, cells: list[str]) -> Sequence[SourceRow]:
        note, by, at, target = self._extras(cells)
        period = self._period(cells)
        self._check_order("", period, cells)
        rows = list[SourceRow]()
        for id, place, value, mark in self._values(cells, is_wanted=bool(target)):
            unit = self._unit_at(cells, id, place)
            fields = line, id, period, value, note, by, at, mark
            rows.append(SourceRow(*fields, target=target, unit=unit))
        return rows

    def _across(self, line: int, cells: list[str]) -> Sequence[SourceRow]:
        kpi = self.mapping.only or self._kpi(cells[self.mapping.kpi].strip())
        if not kpi and self.mapping.row_labels:
            return ()
        note, _, _, target = self._extras(cells)
        rows = list[SourceRow]()
        for _, place, value, mark in self._values(cells, is_wanted=bool(target)):
            unit = self._unit_at(cells, kpi, place)
            period = self._period(cells, self.mapping.name(place))
            fields = line, kpi, period, value, note, None, "", mark
            rows.append(SourceRow(*fields, target=target, unit=unit))
            target = ""
        return rows

    def _values(
        self, cells: list[str], *, is_wanted: bool
    ) -> Iterator[tuple[str, int, str | None, Mark | None]]:
        """What each column of values is of, its place, value and mark; not where it is empty."""
        for place, of in self.mapping.values:
            value = self._value(cells[place])
            if value is not None or is_wanted:
                yield of, place, value, self._mark(cells[place], place)
