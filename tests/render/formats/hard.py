"""One hard view: hostile and wide text, numbers of every kind, sections, excerpts and claims."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from kpicli import plugins
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.status import Status
from kpicli.render.canvas import Canvas
from kpicli.render.formats import Format
from kpicli.text import safe
from kpicli.views.parts.cells import Change, Claim, Excerpt, Spark, Verdict
from kpicli.views.parts.plot import Band, Line, Plot, Role, Tick
from kpicli.views.parts.view import Column, Field, Fields, Note, Row, Table, View

NAMES = tuple(
    name for name in plugins.names("render/formats") if name not in {"ics", "openmetrics"}
)
"""Those that take any table; gauges and calendars are of one answer, with tests of their own."""
HOSTILE = "a|b *c* _d_ [e](f) <g> `h` \x1b[31m\u202e\r\n,\"'\\ & @i #1 http://j www.k"

COLUMNS: tuple[Column[Any], ...] = (
    Column("id", is_brief=True),
    Column("text"),
    Column("decimal"),
    Column("fraction"),
    Column("count"),
    Column("claim"),
    Column("file"),
    Column("line"),
    Column("message"),
    Column("", "KPI"),
    Column("", "Target", is_number=True),
    Column("actual", "Actual", is_number=True, is_brief=True),
    Column("status", "Status", is_brief=True),
    Column("variance", "Variance", rank=1, is_number=True),
    Column("trend", "Trend", rank=2),
    Column("period", "Period", rank=3),
    Column("", "Shared", is_in_heading=True),
)
MONTH = Period(date(2026, 10, 1), Frequency.MONTHLY)
ROWS = (
    Row(
        (
            *("plain", "Monthly Revenue", Decimal("480000.50"), Fraction(1, 3), 7, True),
            *("kpis.toml", 12, "Revenue is late"),
            *("Monthly Revenue", "500,000 kr", Quantity(Decimal("480000.50"), "kr")),
            Verdict(Status.AT_RISK),
            Change(
                Quantity(Fraction(-59999, 3), "kr", ".", 0, is_signed=True), is_favourable=False
            ),
            Spark((440.0, None, 455.5, 460.0, 480.0), "up", is_favourable=True),
            *(MONTH, "2026-10"),
        )
    ),
    Row(
        (
            *("hostile", HOSTILE, Decimal(-1), Fraction(-1, 7), 0, False),
            *(HOSTILE, 1, f"100% of {HOSTILE}"),
            *(HOSTILE, "<60%", Quantity(Decimal("58.0"), "%")),
            Verdict(Status.ON_TARGET, ", overdue"),
            Change(Quantity(Fraction(2), "pp", ".", 1, is_signed=True), is_favourable=True),
            Spark((58.0, 58.0), "flat"),
            *(Period(date(2026, 11, 16), Frequency.WEEKLY), "2026-10"),
        ),
        depth=1,
    ),
    Row(
        (
            *("formula", "=1+1", None, None, None, None),
            *("kpis.toml", None, "x"),
            *("=1+1", "≥€1.50", Quantity(Decimal("-1.25"), "€")),
            *(Verdict(Status.OFF_TARGET, ", to date"), None),
            *(Spark((2.0, -1.25), "down", is_favourable=False), None, "2026-10"),
        ),
        depth=2,
    ),
    Row(
        (
            *("wide", "東京 👩‍🚀 é", Decimal(0), None, None, None),
            *("東京.toml", 3, "東京 👩‍🚀 é"),
            *("東京 👩‍🚀 é", None, None),
            Verdict(Status.NO_DATA, ": nothing recorded for 2026-10"),
            *(None, Spark((3.0,)), MONTH, None),
        )
    ),
    Row(
        (
            *("long", "n" * 300, None, None, None, None),
            *("kpis.toml", 3, "n" * 300),
            *("n" * 30, "", Quantity(Decimal(10**15), "kr")),
            *(Verdict(Status.NO_TARGET), None, None, MONTH, None),
        )
    ),
    Row(
        (
            *("early", "", None, None, None, None),
            *("kpis.toml", None, "x"),
            *("Too Early", "1", Quantity(Decimal(-1000))),
            *(Verdict(Status.TOO_EARLY), None, None, MONTH, None),
        )
    ),
)
LISTED: tuple[Column[Any], ...] = (
    Column("rule", "Rule", is_brief=True),
    Column("met", "Met", is_brief=True),
    Column("", "In the file"),
    Column("", "Finding"),
)
SENTENCE = "A sentence that is long enough to be broken on a screen of eighty columns, not cut"
FINDINGS = (
    Row(
        ("S01", Claim(is_met=True, reason="80%"), Excerpt("  name\t=\t'x'", 3, 4), SENTENCE),
        section="東京 · 2 KPIs",
    ),
    Row(("S02", Claim(is_met=True), None, HOSTILE), section="東京 · 2 KPIs"),
    Row(
        ("S03", Claim(is_met=False, reason=HOSTILE), Excerpt(f"\t{HOSTILE} key=1", 61, 3), None),
        section=safe(HOSTILE),
    ),
    Row(
        ("S04", Claim(is_met=False), Excerpt(f"{'東京' * 50} key = '{'n' * 90}'", 102, 3), None),
        section="Far",
    ),
)
PLACES = ("2026-08", "2026-09", HOSTILE, "東京", "2026-12", "2027-01")
HIGHS = (None, None, 480.0, 496.0, 509.0, 520.0)
PLOT = Plot(
    f"Chart of {HOSTILE}",
    PLACES,
    3,
    400.0,
    520.0,
    (Tick(400.0, "400 kr"), Tick(450.0, "450 \x1b[7m"), Tick(500.0, "€500")),
    (
        Line(Role.ACTUAL, (420.0, None, 480.0, None, None, None)),
        Line(Role.TARGET, (450.0, 450.0, 500.0, 500.0, 500.0, 500.0), is_stepped=True),
        Line(Role.MEAN, (450.0,) * 3 + (None,) * 3, is_stepped=True),
        Line(Role.LIMITS, (402.0,) * 3 + (None,) * 3, is_stepped=True),
        Line(Role.LIMITS, (510.0,) * 3 + (None,) * 3, is_stepped=True),
        Line(Role.FORECAST, (None, None, 480.0, 485.0, 490.0, 495.0)),
    ),
    (
        Band(Role.TOLERANCE, (405.0,) * 6, (450.0, 450.0, *(500.0,) * 4), is_stepped=True),
        Band(Role.POSSIBLE, (None, None, 480.0, 450.0, 430.0, 410.0), HIGHS),
        Band(Role.LIKELY, (None, None, 480.0, 470.0, 460.0, 455.0), (*HIGHS[:3], *(500.0,) * 3)),
    ),
)
"""Every role, with a gap, and names that no one should have."""
HARD = View(
    "hard",
    f"2026. Nordlys | «webshop» · {HOSTILE}",
    (
        Fields(
            (Field("title", HOSTILE), Field("as_of", "2026-11-05", "As of"), Field("", 3, "*N*"))
        ),
        Table("kpis", COLUMNS, ROWS),
        Note(f"Findings of {HOSTILE}", is_heading=True),
        Table("findings", LISTED, FINDINGS, is_list=True, is_aside=True),
        PLOT,
        Note(f"1. {HOSTILE}"),
        Note("```\nkpi record a=1\n```", is_code=True),
    ),
    "6 KPIs: 1 on target",
    (HOSTILE,),
)


def format_of(name: str) -> Format:
    return cast("Format", plugins.load_member("render/formats", name))


def drawn(name: str, canvas: Canvas | None = None, view: View = HARD) -> str:
    return "".join(format_of(name).render(view, canvas or Canvas()))
