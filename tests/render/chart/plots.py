"""Plots to draw, and a chart as the lines that people see."""

from kpicli.render.chart.frame import chart_lines
from kpicli.views.parts.plot import Band, Line, Plot, PlotEvent, Role, Tick

MONTHS = tuple(f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(48))


def plot(*parts: Line | Band, known: int = 0, low: float = 0.0, high: float = 100.0) -> Plot:
    """A plot of those lines and bands, with ticks at its edges and in the middle."""
    places = len(parts[0][1])
    return Plot(
        "",
        MONTHS[:places],
        known or places,
        low,
        high,
        tuple(Tick(at, f"{at:g}") for at in (low, (low + high) / 2, high)),
        tuple(part for part in parts if isinstance(part, Line)),
        tuple(part for part in parts if isinstance(part, Band)),
    )


def text(plot: Plot, columns: int = 40, rows: int = 5, *, is_ascii: bool = False) -> list[str]:
    lines = chart_lines(plot, columns, rows, is_ascii=is_ascii)
    return ["".join(run.text for run in line).rstrip() for line in lines]


def full(seed: int = 0, places: int = 36, known: int = 24) -> Plot:
    """A plot with every role, two years of it known and one expected."""
    past = tuple(float(40 + (at * 7 + seed) % 23) for at in range(known))
    ahead = tuple(float(50 + at) for at in range(places - known + 1))
    none = (None,) * (places - known)
    before = (None,) * (known - 1)
    fan = [(-2 * at - 1, 2 * at + 1) for at in range(len(ahead))]
    return plot(
        Line(Role.ACTUAL, (*past, *none)),
        Line(Role.TARGET, (55.0,) * 12 + (65.0,) * (places - 12), is_stepped=True),
        Line(Role.MEAN, (50.0,) * known + none, is_stepped=True),
        Line(Role.FORECAST, (*before, *ahead)),
        Band(Role.TOLERANCE, (30.0,) * places, (55.0,) * places, is_stepped=True),
        Line(Role.LIMITS, (20.0,) * known + none, is_stepped=True),
        Line(Role.LIMITS, (80.0,) * known + none, is_stepped=True),
        Band(
            Role.POSSIBLE,
            (*before, *(one + 2 * low for one, (low, _) in zip(ahead, fan, strict=True))),
            (*before, *(one + 2 * high for one, (_, high) in zip(ahead, fan, strict=True))),
        ),
        Band(
            Role.LIKELY,
            (*before, *(one + low for one, (low, _) in zip(ahead, fan, strict=True))),
            (*before, *(one + high for one, (_, high) in zip(ahead, fan, strict=True))),
        ),
        known=known,
    )._replace(events=(PlotEvent(5, "2026-07-01", "New <price> list"),))
