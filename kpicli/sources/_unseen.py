"""Why no line of a table is taken for its header, and the flag that says what can't be seen."""

from collections.abc import Mapping, Sequence

from kpicli.errors import KpiError
from kpicli.sources._grid import Grid
from kpicli.sources._header import FORECAST, Header, Sight, parted, unit_behind
from kpicli.text import comma_list, did_you_mean, safe

NAMED = "the first line names the columns: kpi,period,value or period and KPIs"
_MOST_NAMED = 8
_NOBODYS = {"", FORECAST, "debit", "credit"}  # roles that say nothing of whose a column is
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=,.:+/%")


class StrangeColumnsError(KpiError):
    """Columns are nobody's; `known` are those that have a meaning, by what it is."""

    def __init__(
        self, columns: Sequence[str], message: str, hint: str, known: Mapping[str, str]
    ) -> None:
        super().__init__(message, hint=hint)
        self.columns, self.known = tuple(columns), known


def unseen(grid: Grid, headers: Sequence[Header], sight: Sight) -> KpiError:
    """What is missing of the line that is most like a header."""
    best = max(headers, key=lambda header: _likeness(header, sight))
    where = grid.place(best.line)
    missing = [*best.missing, *(label.name for label in best.row_labels.values())]
    if missing:
        names = comma_list([f"'{safe(name[:40])}'" for name in missing])
        there = ", ".join(safe(name[:40]) for name in best.names[:_MOST_NAMED] if name)
        return KpiError(f"no column {names}", where=where, hint=f"there are {there}")
    if len(best.periods) > 1 and len(best.periods) >= len(best.names) - _MOST_NAMED:
        first = next(iter(sight.definitions.kpis), "ID")
        hint = f"name those to take: --columns {first}='NAME OF ITS ROW'"
        if best.place("period") >= 0:
            hint = f"say whose its numbers are: --kpi {first}"
        return KpiError("no row that bears the name of a KPI", where=where, hint=hint)
    if not (best.roles or best.kpis) or any(map(_is_data, best.names)):
        above = _above(headers)
        if above is None:
            if any("  " in name for name in best.names):
                hint = "save it as CSV, with a comma or a tab between cells"
                return KpiError("its columns stand apart by spaces alone", where=where, hint=hint)
            return KpiError("no header", where=where, hint=NAMED)
        best, where = above, grid.place(above.line)
    strangers = _strangers(best)
    lack, hint = _lack(best, strangers, sight)
    if strangers and not {"value", "kpi"} & set(best.roles.values()) and best.place("period") >= 0:
        error: KpiError = StrangeColumnsError(strangers, lack, hint, {})
        error.where = where
        return error
    return KpiError(lack, where=where, hint=hint)


def quoted(text: str) -> str:
    """As a shell takes it for one word."""
    return (
        safe(text) if _PLAIN.issuperset(text) else "'{}'".format(safe(text).replace("'", r"'\''"))
    )


def _above(headers: Sequence[Header]) -> Header | None:
    """The line of names over the first one of data, though none of them is known.

    The name over a period is told to be one that may be the period's: it comes first.
    """
    rows = [header for header in headers if sum(map(bool, header.names)) > 1]
    is_data = [any(map(_is_data, row.names)) for row in rows]
    at = is_data.index(True) if True in is_data else 0
    if not at:
        return None
    above, place = rows[at - 1], min(rows[at].periods, default=0)
    return above._replace(names=[*above.names[place:], *above.names[:place]])


def _likeness(header: Header, sight: Sight) -> tuple[int, int]:
    wanted = len(sight.source.columns) - len(header.missing) - len(header.row_labels)
    return wanted, len(header.roles) + len(header.kpis) + len(header.periods)


def _is_data(name: str) -> bool:
    """Whether it is a number or a date, and so no name."""
    return bool(name) and not any(map(str.isalpha, name)) and any(map(str.isdigit, name))


def _strangers(header: Header) -> list[str]:
    """The names that say nothing."""
    return [
        name
        for place, name in enumerate(header.names)
        if name and header.roles.get(place, "") in _NOBODYS and place not in header.kpis
    ]


def _lack(header: Header, strangers: Sequence[str], sight: Sight) -> tuple[str, str]:
    """What no column is, and how to say which one it is."""
    first = next(iter(sight.definitions.kpis), "ID")
    if header.place("period") < 0:
        return "no column for the period", _say("period", strangers)
    if header.place("value") >= 0 and header.place("kpi") < 0:
        return "no column says which KPI the values are of", f"say it: --kpi {first}"
    if header.place("kpi") >= 0:
        return "no column for the value", _say("value", strangers)
    if not strangers:
        return "no column of a KPI", NAMED
    kpi = sight.definitions.kpi_named(parted(strangers[0])[0])
    if kpi and (unit := unit_behind(strangers[0], kpi, sight.definitions)):
        own = f"in {safe(kpi.unit)}" if kpi.unit else "without a unit"
        message = f"'{safe(strangers[0][:40])}' is in {safe(unit)}, and {kpi.id} is counted {own}"
        return message, f"write its numbers {own}, with all their digits"
    closest = did_you_mean(strangers[0], sight.definitions.kpis)
    hint = f"{closest} {_say(closest.split(chr(39))[1] if closest else first, strangers)}".strip()
    names = [f"'{safe(name[:40])}'" for name in strangers[:_MOST_NAMED]]
    verb = "is not the name of a KPI" if len(names) == 1 else "are not names of KPIs"
    return f"{comma_list(names)} {verb}", hint


def _say(key: str, strangers: Sequence[str]) -> str:
    if not strangers:
        return NAMED
    return f"say which is which: --columns {quoted(f'{key}={strangers[0]}')}"
