"""Numbers without rounding: all their digits, or a fraction where digits have no end."""

from decimal import Decimal
from fractions import Fraction
from typing import cast

from kpicli.evaluation.step import Step, StepInput
from kpicli.model.number import Mark, Number, json_number, show_number
from kpicli.model.quantity import with_unit
from kpicli.model.record import Record
from kpicli.model.scorecard import Clock
from kpicli.model.target import Comparison
from kpicli.model.unit import CURRENCIES
from kpicli.text import clipped
from kpicli.views.words.actuals import NOT_APPLICABLE


def fraction_text(number: Number) -> str | None:
    """`1/3` for what no decimal says exactly."""
    exact = Fraction(number)
    return str(exact) if _places(exact) is None else None


def exact_digits(number: Number) -> str:
    """All digits, for a machine; a fraction where they have no end."""
    exact = Fraction(number)
    places = _places(exact)
    if isinstance(number, Decimal) or places is None:
        return fraction_text(number) or json_number(number)
    return show_number(exact, ".", places).replace(",", "")


def _places(exact: Fraction) -> int | None:
    """How many decimals say it, if any do."""
    rest, places = exact.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    return places if rest == 1 else None


class StepNumbers:
    """Numbers and records of one step as they are written."""

    def __init__(self, step: Step, mark: Mark, clock: Clock) -> None:
        self.step, self.mark, self.clock = step, mark, clock
        self.terms: dict[str, Number] = {term.name: term.number for term in step.terms}

    def plain(self, number: Number) -> str:
        """As it stands in a calculation."""
        exact = Fraction(number)
        places = _places(exact)
        if places is None:
            return f"({exact})"
        text = show_number(number, self.mark, None if isinstance(number, Decimal) else places)
        return f"({text})" if exact < 0 else text

    def in_unit(self, number: Number, unit: str | None = None) -> str:
        """With its unit; behind decimals that have no end stands the fraction."""
        unit = self.step.kpi.unit if unit is None else unit
        exact = Fraction(number)
        places = _places(exact)
        if places is None:
            rounded = with_unit(show_number(number, self.mark), unit)
            return clipped(f"{rounded} ({exact})")
        keep = None if isinstance(number, Decimal) else places
        return clipped(with_unit(show_number(number, self.mark, keep), unit))

    def term(self, name: str) -> str:
        """A term in a calculation."""
        return self.plain(self.terms[name])

    def result(self) -> str:
        """`= 480,000 kr`."""
        return "" if self.step.result is None else f"= {self.in_unit(self.step.result)}"

    def target(self) -> str:
        """A target with its sign: `≥ 500,000 kr`, `40..60%`."""
        step = self.step
        edges = self.edges(cast("Number", step.result), step.high)
        return edges if step.high is not None else f"{SIGNS[Comparison(step.word)]} {edges}"

    def edges(self, low: Number, high: Number | None) -> str:
        """`40..60%`, or the one number of a target that is no range."""
        if high is None:
            return self.in_unit(low)
        unit = self.step.kpi.unit
        return f"{self.in_unit(low, unit if unit in CURRENCIES else '')}..{self.in_unit(high)}"

    def record(self, record: Record) -> str:
        """`recorded 2026-11-02 by ann: invoiced`; `by cron, from warehouse` where it was pulled."""
        by = f" by {clipped(record.by)}" if record.by else ""
        by += f", from {clipped(record.source)}" if record.source else ""
        note = f": {clipped(record.note)}" if record.note else ""
        return f"recorded {self.clock.day_of(record.at)}{by}{note}"

    def value(self, record: Record) -> str:
        """What it recorded, if not that nothing stands."""
        if record.value is None:
            return NOT_APPLICABLE if record.skip else "nothing"
        return self.in_unit(record.value, record.unit or None)


SIGNS = {
    Comparison.AT_LEAST: "≥",
    Comparison.ABOVE: ">",
    Comparison.AT_MOST: "≤",
    Comparison.BELOW: "<",
    Comparison.WITHIN: "within",
}
"""A comparison as it is read."""


def inputs_text(terms: tuple[StepInput, ...]) -> str | None:
    """`visitors 2026-10 = 20000; conversion_rate 2026-10 = 3.2`."""
    texts = [
        f"{term.name}{f' {term.period}' if term.period else ''} = {exact_digits(term.number)}"
        for term in terms
    ]
    return "; ".join(texts) or None
