"""What stands more than once is told of numbers and hashes of any size and sign."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.store.log.repeats import Repeats

NUMBERS = st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-3, 3)


@given(st.lists(NUMBERS), NUMBERS)
def test_a_number_is_repeated_once_it_came_twice(numbers: list[int], other: int) -> None:
    repeats, of_two, counts = Repeats(), Repeats(1), Counter(numbers)
    for number in numbers:
        repeats.add(number)
        of_two.add(number)
    for number in (*numbers, other):
        assert of_two.is_repeated(number) == ({number, number ^ 1} <= counts.keys())
        assert repeats.is_repeated(number) == (counts[number] > 1)
        assert (number in repeats) == (counts[number] > 0)
    assert repeats.distinct == len(counts)
    assert bool(repeats) == (max(counts.values(), default=0) > 1)


@pytest.mark.parametrize("number", [0, 1 << 63, (1 << 64) - 1])
def test_an_id_is_any_number_of_64_bits(number: int) -> None:
    repeats = Repeats()
    repeats.add(number)
    assert number in repeats
    assert not repeats.is_repeated(number)
