"""OpenMetrics: gauges of every KPI, for Prometheus and the textfile folder of a node exporter."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.render.canvas import Canvas
from kpicli.render.formats._places import has_one_table
from kpicli.text import safe
from kpicli.views.parts.cells import Cell, machine_number, machine_value
from kpicli.views.parts.view import View

ENDINGS = ("prom", "om")
IS_MACHINE = True
IS_SPECIAL = True
_LABELS = ("id", "name", "unit", "area", "owner")  # a period is none: each would be a new series
_Cells = Mapping[str, Cell]
takes = partial(has_one_table, keys={*_LABELS, "actual", "age_days", "status"})
_DAY = 86_400
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


class _Gauge(NamedTuple):
    """A gauge, what it is of, and the column that it shows."""

    name: str
    help: str
    key: str
    times: int = 1


_GAUGES = (
    _Gauge("kpi_actual", "What was measured, in the unit of the KPI.", "actual"),
    _Gauge("kpi_target", "The target in force, in the unit of the KPI.", "target"),
    _Gauge("kpi_target_low", "The lower edge of a target that is a range.", "target_low"),
    _Gauge("kpi_target_high", "The upper edge of a target that is a range.", "target_high"),
    _Gauge("kpi_age_seconds", "Time since the end of the period shown.", "age_days", _DAY),
)
_STATUS = _Gauge("kpi_status", "1 for the status of the KPI, 0 for every other.", "status")


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """Every gauge with a sample a KPI; what is missing has none."""
    table = next(view.tables())
    rows = [dict(table.keyed_cells(row)) for row in table.rows]
    for gauge in _GAUGES:
        yield from _family(gauge, _samples(gauge, rows))
    yield from _family(_STATUS, _states(rows))
    yield "# EOF\n"


def _family(gauge: _Gauge, samples: Sequence[str]) -> Iterator[str]:
    if samples:
        yield f"# HELP {gauge.name} {gauge.help}\n# TYPE {gauge.name} gauge\n"
        yield "".join(f"{gauge.name}{sample}\n" for sample in samples)


def _samples(gauge: _Gauge, rows: Sequence[_Cells]) -> list[str]:
    samples = []
    for cells in rows:
        cell = cells[gauge.key]
        if isinstance(cell, int):
            cell = cell * gauge.times
        number = machine_number(cell)
        if number is not None:
            samples.append(f"{_labelled(_labels(cells))} {number}")
    return samples


def _states(rows: Sequence[_Cells]) -> list[str]:
    return [
        f"{_labelled({**_labels(cells), 'status': status.value})} {is_so:d}"
        for cells in rows
        for status in Status
        for is_so in [machine_value(cells["status"]) == status.value]
    ]


def _labels(cells: _Cells) -> dict[str, str]:
    return {key: safe(str(machine_value(cells[key]))) for key in _LABELS if cells[key] is not None}


def _labelled(labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{key}="{value.translate(_ESCAPES)}"' for key, value in labels.items())
    return f"{{{pairs}}}"
