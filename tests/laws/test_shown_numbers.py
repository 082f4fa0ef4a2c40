"""Of any actual and target: what is shown is not zero unless it is, and stays on its side."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.notation.target import read_target
from kpicli.model.number import Number, decimal_places
from kpicli.model.period import Period
from kpicli.model.record import Actual
from kpicli.model.target import Comparison, Target
from kpicli.views.words.numbers import NumberFormat
from tests.tiers import examples

MONTH = Period(date(2026, 10, 1), Frequency.MONTHLY)
TYPED = st.decimals(-1000, 1000, places=2) | st.integers(-1000, 1000).map(Decimal)
NEAR = st.builds(
    lambda whole, part: whole + Fraction(1, part), TYPED.map(Fraction), st.integers(2, 10**6)
)
COMPUTED = st.fractions(-1000, 1000, max_denominator=1000) | NEAR
NUMBERS = TYPED | COMPUTED
COMPARISONS = st.sampled_from([sign for sign in Comparison if sign is not Comparison.WITHIN])
UNITS = st.sampled_from(["", "kr", "%", "$"])


def evaluated(number: Number, target: Target | None, unit: str, *, is_quotient: bool) -> Evaluation:
    decimals = decimal_places(number)
    actual = Actual(number, MONTH, MONTH.end, decimals, decimals + is_quotient)
    kpi = Kpi(id="it", unit=unit)
    post = EffectiveTarget(MONTH, target)
    return evaluate(kpi, MONTH, actual, post, date(2026, 11, 5))


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    unit, low = draw(UNITS), draw(NUMBERS)
    if draw(st.booleans()):
        target = Target(low, draw(COMPARISONS), unit)
    else:
        width = draw(st.integers(0, 5).map(Decimal))
        high = low + width if isinstance(low, Decimal) else low + Fraction(width)
        target = Target(low, Comparison.WITHIN, unit, high)
    offset = draw(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(-1, 10**6)]) | COMPUTED)
    near = Fraction(low) + offset
    number = draw(NUMBERS | st.just(near))
    return evaluated(number, target, unit, is_quotient=draw(st.booleans()))


def side(number: Decimal, target: Target) -> bool:
    evaluation = evaluated(number, target, target.unit, is_quotient=False)
    assert evaluation.zone is not None
    return evaluation.zone.meets(Fraction(number))


@examples(400)
@given(evaluations())
def test_a_shown_actual_is_on_the_side_of_its_shown_target(evaluation: Evaluation) -> None:
    numbers = NumberFormat(evaluation, Definitions())
    unit = evaluation.kpi.unit
    shown, _ = read_quantity(str(numbers.actual()), ".", unit)
    target = read_target(numbers.target(evaluation.target))._replace(unit=unit)
    assert evaluation.zone is not None
    assert side(shown, target) is evaluation.zone.meets(Fraction(evaluation.actual or 0))


@examples(400)
@given(evaluations())
def test_a_shown_number_is_zero_only_where_it_is(evaluation: Evaluation) -> None:
    numbers = NumberFormat(evaluation, Definitions())
    variance, actual = numbers.variance(), numbers.actual()
    assert bool(read_quantity(str(variance).lstrip("+"))[0]) is bool(evaluation.variance)
    assert bool(read_quantity(str(actual))[0]) is bool(evaluation.actual)


@examples(200)
@given(TYPED, TYPED, COMPARISONS)
def test_the_difference_of_typed_numbers_is_shown_exactly(
    actual: Decimal, target: Decimal, comparison: Comparison
) -> None:
    evaluation = evaluated(actual, Target(target, comparison), "", is_quotient=False)
    shown = str(NumberFormat(evaluation, Definitions()).variance()).lstrip("+")
    assert read_quantity(shown)[0] == actual - target
    places = max(decimal_places(actual), decimal_places(target))
    assert len(shown.partition(".")[2]) == places
