"""Two people's values for one KPI and period of which neither had seen the other's.

A record names those that it `replaces`: what stood in the log that it was recorded in. So what it
had not seen can be told wherever logs that were appended to apart have met, in any order.
"""

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter

from kpicli.model.calendar import Calendar
from kpicli.model.record import LogLine, Series
from kpicli.noun import NamedTuple

Pair = tuple[str, ...]  # a KPI's id of today, and the label of a period


class Disagreement(NamedTuple):
    """The line that counts, and of each other person the newest that its writer had not seen."""

    newest: LogLine
    rivals: tuple[LogLine, ...]


def disagreements(
    lines: Iterable[LogLine], pairs: Collection[Pair], ids: Mapping[str, str], until: str = ""
) -> dict[Pair, Disagreement]:
    """Those among the pairs that are open, by what was recorded before `until`."""
    by_pair: dict[Pair, list[LogLine]] = {}
    for line in lines:
        pair = ids.get(line.kpi, line.kpi), line.period
        if pair in pairs and not (until and line.at >= until):
            by_pair.setdefault(pair, []).append(line)
    open_ones = ((pair, _disagreement(each)) for pair, each in by_pair.items())
    return {pair: disagreement for pair, disagreement in open_ones if disagreement}


def with_rivals(
    series: Mapping[str, Series], open_ones: Mapping[Pair, Disagreement], calendar: Calendar
) -> dict[str, Series]:
    """The series by KPI, with what somebody else holds in each period of an open disagreement."""
    changed = dict(series)
    for (kpi, *_), (_, lines) in open_ones.items():
        records = tuple(line.record(kpi, calendar) for line in lines)
        rivals = {**changed[kpi].rivals, records[0].period: records}
        changed[kpi] = changed[kpi]._replace(rivals=rivals)
    return changed


def _disagreement(lines: Iterable[LogLine]) -> Disagreement | None:
    """Of each person the newest line stands for what they hold; a pull holds nothing."""
    in_order = sorted(lines, key=attrgetter("order"))
    newest = in_order[-1]
    seen = _seen_by(newest, in_order)
    latest = {line.by: line for line in in_order if not line.source}
    says = newest.value, newest.skip
    others = (line for line in latest.values() if line.by != newest.by and line.id not in seen)
    rivals = [line for line in others if (line.value, line.skip) != says]
    if newest.source or not rivals:
        return None
    return Disagreement(newest, tuple(rivals))


def _seen_by(newest: LogLine, in_order: Iterable[LogLine]) -> set[str]:
    """The ids that a line and what it replaces lead back to; an older kpi's line saw all before."""
    by_id = {line.id: line for line in in_order}
    seen, waiting, horizon = {newest.id}, [newest], ("", "")
    while waiting:
        line = waiting.pop()
        states_what_stood = line.unit or line.replaces  # as a kpi does that notes units
        if not line.is_sealed or not states_what_stood or line.replaces == "unknown":
            horizon = max(horizon, line.order)
        new = set(line.replaces.split()) & by_id.keys() - seen
        seen |= new
        waiting += [by_id[id] for id in new]
    return seen | {line.id for line in by_id.values() if line.order < horizon}
