"""One line of a table taken for its header: the roles, the KPIs and the periods that it names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.duration import duration_unit
from kpicli.model.scorecard import Clock
from kpicli.model.source import ROLES, DateReading, Source
from kpicli.model.unit import SIZE_LETTERS, currency_codes, is_percent, is_same_unit, size_exponents
from kpicli.noun import NamedTuple
from kpicli.plugins import split, words
from kpicli.sources._grid import GridLine, RowLabel
from kpicli.sources._periods import PeriodLabels
from kpicli.text import folded

_FOUND_BY_NAME = ("period", "kpi", "value", "unit")
"""Roles that a column has by its usual name, even where a source names other columns."""
_COMPARED = re.compile(r"([^\W\d_]+)(?:[-/]| ?& ?| (?:vs\.?|versus) )([^\W\d_]+)")
PLANS = frozenset({"forecast", "target"})  # roles that say of numbers that they are no actuals
TOTAL = "total"  # the role of a column or row that adds up the others
FORECAST = "forecast"  # the role of a column of what is expected, and so of no actuals
VOID = "void"  # the role of no column, but of rows that may not count
CURRENCY = "currency"  # the role of a column of units that says which money is meant
_UNIT = re.compile(r"(.+?)[\s,]*(?:\(([^()]*)\)|\[([^\[\]]*)\]|([%$€£¥]))\s*")
_LAST_WORD = re.compile(
    r"(?<!per)(?<!last)(?<![ _][0-9])(?<![ _][0-9]{2})"
    r"(?:_(?!min$)| (?:in|i|en) )([^\W\d_]{2,})$"
)
"""The last word of `time_ms` and `Time in minutes`; a `time_min` may be the least."""
_SMALL_SHARES = frozenset({"‰", "bps", "bp", "basis points", "promille", "per mille"})
_UNIT_ENDS = tuple(")]%$€£¥")
_ALL = ("all ", "alle ", "alla ", "tous les ", "toutes les ", "todos los ", "todas las ")
_LONGEST = 200
_EDGES = " .:*#"


class Sight(NamedTuple):
    """What a table is held against: the KPIs, what is said of it, and how its periods are read."""

    definitions: Definitions
    source: Source
    labels: PeriodLabels


def sight_of(definitions: Definitions, source: Source, clock: Clock) -> Sight:
    """What a table is looked at with, before its own rows say how its dates are read."""
    first, calendar = DateReading.DAY_FIRST, definitions.calendar
    labels = PeriodLabels(clock, first, are_short_years=True, calendar=calendar)
    return Sight(definitions, source, labels)


class Header(NamedTuple):
    """What the names of a line say, each by its place in the line.

    `missing` are columns that the source names, and that are not there; `row_labels` are names of
    KPIs that may stand in a column instead, by how they are folded.
    """

    line: GridLine
    names: list[str]
    roles: Mapping[int, str]
    kpis: Mapping[int, str]
    periods: Mapping[int, str]
    missing: tuple[str, ...] = ()
    row_labels: Mapping[str, RowLabel] = MappingProxyType({})

    def place(self, role: str) -> int:
        """Where the first column of a role is; -1 for nowhere."""
        return next((place for place, other in self.roles.items() if other == role), -1)

    def places(self, role: str) -> tuple[int, ...]:
        """Where all columns of a role are."""
        return tuple(place for place, other in self.roles.items() if other == role)


def header_of(line: GridLine, sight: Sight) -> Header:
    """The line as a header, whether it is one or not."""
    names = [cell.strip() for cell in line.cells]
    roles: dict[int, str] = {}
    kpis: dict[int, str] = {}
    missing: list[str] = []
    row_labels: dict[str, RowLabel] = {}
    for key, name in sight.source.columns.items():
        places = list(_named(names, name, is_period=key == "period"))
        if key not in ROLES and not places:
            row_labels[folded(name)] = RowLabel(sight.definitions.kpi(key).id, name)
        elif not places:
            missing.append(name)
        elif key in ROLES:
            roles |= dict.fromkeys(places, key)
        else:
            kpis[places[0]] = sight.definitions.kpi(key).id
    is_said = bool(sight.source.columns)
    for place, name in enumerate(names):
        role = role_of(name) if name and place not in roles else ""
        role = "unit" if is_currency(name) and "unit" not in roles.values() else role
        if (
            role
            and role != VOID
            and (not is_said or (role in _FOUND_BY_NAME and role not in roles.values()))
        ):
            roles[place] = role
        if name and not is_said and (kpi := kpi_of(name, sight.definitions)):
            kpis[place] = kpi.id
    periods = {
        place: sight.labels[name]
        for place, name in enumerate(names)
        if place not in kpis and sight.labels.are_of(name)
    }
    return Header(line, names, roles, kpis, periods, tuple(missing), row_labels)


def _named(names: list[str], name: str, *, is_period: bool) -> Iterator[int]:
    """The place of a name, of a number from 1, or of the parts of a period: `År+Måned`."""
    spellings = [folded(other) for other in names]
    wanted = name.strip()
    if wanted in names:
        yield names.index(wanted)
    elif wanted and folded(wanted) in spellings:
        yield spellings.index(folded(wanted))
    elif wanted.isdecimal() and 0 < int(wanted[:6]) <= len(names):
        yield int(wanted) - 1
    elif is_period and "+" in wanted:
        parts = [list(_named(names, part, is_period=False)) for part in wanted.split("+")]
        yield from [places[0] for places in parts] if all(parts) else ()


@cache
def _roles() -> Mapping[str, str]:
    named = {role: role for role in ROLES}
    for columns in words("columns").values():
        for role, names in columns.items():
            for name in split(names):
                named.setdefault(folded(name), role)
    return named


@lru_cache(maxsize=4096)
def role_of(name: str) -> str:
    """`period` for `Måned`, `total` for `Summe`; nothing for a name that says none."""
    text = name[:_LONGEST].strip().casefold()
    return text if text in ROLES else _roles().get(folded(name[:_LONGEST].strip(_EDGES)), "")


def is_currency(name: str) -> bool:
    """Whether the name of a column says that it names money: `Currency`, `order_currency`."""
    return CURRENCY in {role_of(name), role_of(re.split(r"[\W_]", name)[-1])}


def roles_in(title: str) -> set[str]:
    """What its words say, also at their end (`Umsatzplan`); nothing of `Actual vs. plan`."""
    compared = [set(map(role_of, pair)) for pair in _COMPARED.findall(title[:_LONGEST])]
    is_both = any("value" in roles and roles & PLANS for roles in compared)
    found = set(re.findall(r"[^\W\d_]+", folded(title[:_LONGEST])))
    plans = [name for name, role in _roles().items() if role in PLANS and len(name) > 3]
    ends = {name for name in plans for word in found if word.endswith(name)}
    return set() if is_both else set(map(role_of, found | ends))


@cache
def _running_total() -> re.Pattern[str]:
    names = (folded(name) for text in words("running_total").values() for name in split(text))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))})(?![^\W_])")


def is_running_total(name: str) -> bool:
    """Whether the name of a column says that each number adds up those before it."""
    return _running_total().search(folded(name[:_LONGEST])) is not None


def is_sum_of_others(text: str) -> bool:
    """Whether the name of a row says that it adds up others: `Total: Account`, `North Total`."""
    is_all = text.casefold().startswith(_ALL) or text == "_T"  # as in SDMX
    return is_all or role_of(text.partition(":")[0]) == TOTAL or text.endswith((" Total", " total"))


def kpi_of(name: str, definitions: Definitions) -> Kpi | None:
    """The KPI of an id or a name, also as `Revenue (kr)`, with its unit, or `Revenue (actual)`."""
    if kpi := definitions.kpi_named(name):
        return kpi
    before, unit = parted(name)
    kpi = definitions.kpi_named(before) if before else None
    if kpi is None or folded(unit) == folded(kpi.unit) or role_of(unit) == "value":
        return kpi
    is_time = duration_unit(unit) and duration_unit(kpi.unit)
    return kpi if is_time or is_same_unit(unit, kpi.unit) else None


def unit_behind(name: str, kpi: Kpi, definitions: Definitions) -> str:
    """Another unit than a KPI's own behind the name of its column: `Time (min)`, `time_ms`."""
    own, unit = kpi.unit, parted(name)[1]
    is_unit = currency_codes(unit) or is_percent(unit) or is_known_unit(unit, own)
    word = _LAST_WORD.search(name) if duration_unit(own) and not is_unit else None
    if word and duration_unit(word[1]) and not definitions.kpi_named(name):
        unit, is_unit = word[1], True
    is_other = is_unit and not is_same_unit(unit, own)
    return unit if is_other and (own or is_percent(unit)) else ""


def is_known_unit(unit: str, own: str) -> bool:
    """Whether a unit of time, of money or of a size says something of the numbers of a KPI."""
    if currency_codes(unit) or duration_unit(unit):
        return bool(duration_unit(own) if duration_unit(unit) else currency_codes(own))
    is_share = is_percent(own) and unit.casefold() in _SMALL_SHARES
    is_size = unit in SIZE_LETTERS or any(map(size_exponents, re.split("[ _]", unit)))
    return is_share or is_size or "000" in unit


def parted(name: str) -> tuple[str, str]:
    """A name and what stands in brackets behind it; nothing where nothing does."""
    is_named = name[-1:] in _UNIT_ENDS and len(name) <= _LONGEST
    match = _UNIT.fullmatch(name) if is_named else None
    return (match[1], next(filter(None, match.groups()[1:]), "")) if match else ("", "")
