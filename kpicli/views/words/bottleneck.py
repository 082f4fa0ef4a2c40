"""Where a board or a KPI sticks, in words: the worst gap, what makes it, and what is left out."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

from kpicli.analysis.bottleneck import TargetGap
from kpicli.analysis.drivers import Drivers
from kpicli.evaluation.evaluate import Evaluation, is_favourable
from kpicli.evaluation.ledger import Ledger
from kpicli.model.number import Mark, exact, nonzero_places, to_decimal
from kpicli.model.quantity import Quantity
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.words.actuals import NOT_APPLICABLE
from kpicli.views.words.numbers import NumberFormat

JUDGED = {Status.ON_TARGET, Status.AT_RISK, Status.OFF_TARGET}
_MOST_NAMED = 5  # KPIs that a line names; machines get all of them


def tolerances(gap: TargetGap, mark: Mark) -> Quantity | str:
    """With one decimal, and more where that would hide on which side of the tolerance it is."""
    size, places = gap.tolerances, 1
    if size is None:
        return "none"
    while size and not _tells(size, places):
        places += 1
    return Quantity(size, "", mark, places)


def _tells(size: Fraction, places: int) -> bool:
    """Whether it is neither shown as nothing nor on the other side of the tolerance."""
    number = to_decimal(size, places)
    return bool(number) and (number > 1) is (size > 1)


def bottleneck_lines(gaps: Sequence[TargetGap], mark: Mark) -> Iterator[str]:
    """The worst gap, and those that have no tolerance to be measured in."""
    if not gaps:
        return
    size = "off a target without tolerance"
    if gaps[0].tolerances is not None:
        size = f"{tolerances(gaps[0], mark)} tolerances off target"
    driver = gaps[0].driver
    by = f", explained most by {clipped(driver.kpi.name)}" if driver else ""
    yield f"bottleneck: {clipped(gaps[0].evaluation.kpi.name)}, {size}{by}"
    bare = [gap.evaluation for gap in gaps if gap.tolerances is None]
    if bare:
        yield f"a tolerance of zero, in which no gap can be measured: {_names(bare)}"


def on_target_lines(names: Sequence[str]) -> Iterator[str]:
    """The groups in which nothing sticks."""
    if names:
        yield f"on target: {', '.join(names)}"


def unjudged_lines(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """Whether nothing sticks, and what could not be judged."""
    statuses = [evaluation.status for evaluation in evaluations]
    if not JUDGED.intersection(statuses):
        yield "nothing can be judged"
    elif not {Status.AT_RISK, Status.OFF_TARGET}.intersection(statuses):
        yield "nothing sticks: all that is judged is on target"
    named = {status.word for status in (Status.NO_DATA, Status.TOO_EARLY)} | {NOT_APPLICABLE}
    words = [NOT_APPLICABLE if one.is_skip else one.status.word for one in evaluations]
    for word in dict.fromkeys(words):
        if word in named:
            pairs = zip(evaluations, words, strict=True)
            yield f"{word}: {_names([one for one, each in pairs if each == word])}"
    if count := statuses.count(Status.NO_TARGET):
        yield f"no target: {plural(count, 'KPI')}"


def _names(evaluations: Sequence[Evaluation]) -> str:
    names = [clipped(evaluation.kpi.name) for evaluation in evaluations]
    rest = len(names) - _MOST_NAMED
    return ", ".join([*names[:_MOST_NAMED], *([f"{rest} more"] if rest > 0 else [])])


class DriverSheet(NamedTuple):
    """The drivers of a KPI, with the board that they are of."""

    scorecard: Ledger
    drivers: Drivers

    @property
    def numbers(self) -> NumberFormat:
        """With the decimals that the smallest share needs, and in which the two numbers differ."""
        drivers = self.drivers
        start, end = (exact(number or Fraction(0)) for number in (drivers.start, drivers.end))
        shares = (end - start, *(driver.contribution for driver in drivers.drivers))
        places = max(nonzero_places(share, drivers.evaluation.places) for share in shares)
        while start != end and to_decimal(start, places) == to_decimal(end, places):
            places += 1
        return NumberFormat(drivers.evaluation, self.scorecard.definitions, places)

    def difference(self, number: Fraction) -> Quantity:
        """Signed, in the KPI's unit."""
        drivers = self.drivers
        return cast("Quantity", self.numbers.difference(number, drivers.start, drivers.end))


def driver_lines(sheet: DriverSheet) -> list[str]:
    """What is left out, what does not add up, and the bottleneck."""
    drivers = sheet.drivers
    if drivers.reason:
        return [f"no data: {drivers.reason}"]
    lines = []
    if drivers.bare:
        lines.append(
            f"no target, so left out: {', '.join(clipped(kpi.name) for kpi in drivers.bare)}"
        )
    if drivers.earlier is None:
        lines.append("Each input is taken alone, so contributions do not add up to the gap.")
    return [*lines, _bottleneck(sheet)]


def _bottleneck(sheet: DriverSheet) -> str:
    drivers, bottleneck = sheet.drivers, sheet.drivers.bottleneck
    if bottleneck is not None:
        change, name = drivers.change, clipped(bottleneck.kpi.name)
        whole = f" of {sheet.difference(change)}" if change is not None else ""
        part = sheet.difference(bottleneck.contribution)
        evaluation = drivers.evaluation
        if drivers.earlier and change and is_favourable(evaluation.kpi, evaluation.target, change):
            return f"no bottleneck: it got better, held back most by {name}, {part}"
        alone = "" if drivers.earlier else " if it alone were on target"
        return f"bottleneck: {name}, {part}{whole}{alone}"
    if all(driver.is_favourable is None and driver.contribution for driver in drivers.drivers):
        name = clipped(drivers.evaluation.kpi.name)
        return f"no bottleneck: nothing says which way is better for {name}"
    if drivers.earlier:
        return "no bottleneck: no input made it worse"
    return "no bottleneck: no input would make it better by being on target"
