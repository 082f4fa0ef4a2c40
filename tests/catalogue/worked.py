"""A template computed by the real evaluator, where its inputs are recorded."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.load import templates
from kpicli.model.build.definitions import build
from kpicli.model.period import Period, read_period
from kpicli.model.record import Actual, Record, Series
from kpicli.model.scorecard import Clock
from tests.catalogue.given import written

BY_HAND = "by hand"
Inputs = Mapping[str, str]

_AT = "2027-01-02T08:00:00.000000Z"
_TODAY = date(2027, 1, 5)
_CLOSED = {"weekly": "2026-W50", "quarterly": "2026-Q4"}


def computed(id: str, inputs: Inputs) -> Fraction:
    """The exact actual of a template in a closed period of its own, with these recorded for it."""
    period = read_period(_CLOSED.get(templates()[id].keys["frequency"], "2026-12"))
    return value_of(id, {name: {period: value} for name, value in inputs.items()}, period)


def value_of(id: str, inputs: Mapping[str, Mapping[Period, str]], period: Period) -> Fraction:
    """The exact actual of a template in a period, with these recorded."""
    found, faults = build(tomllib.loads(written(templates()[id]), parse_float=Decimal))
    assert not faults
    series = {name: _recorded(name, values) for name, values in inputs.items()}
    card = AnalysisLedger(found, series, Clock(_TODAY, lambda _: _TODAY))
    actual = card.actual(found.kpis[id], period)
    assert isinstance(actual, Actual), actual
    return Fraction(actual.number)


def _recorded(id: str, values: Mapping[Period, str]) -> Series:
    return Series({at: Record(id, at, Decimal(value), _AT) for at, value in values.items()}, {})
