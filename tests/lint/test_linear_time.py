"""`kpi check` takes no more than the size of the definitions in time."""

from collections.abc import Callable

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.lookup import term
from kpicli.language import shortfall, tokens
from kpicli.lint import root_cause
from kpicli.lint.engine import lint, rule_files
from tests.effort import Task, assert_linear, assert_linear_in_c
from tests.tiers import sampled

CACHES = (
    *(tokens.hyphenated_words, tokens.tokens, tokens.topic),
    *(shortfall.names_shortfall, root_cause.cause_by_words),
)
Load = Callable[..., AnalysisLedger]


def word(number: int) -> str:
    """A word of letters for a number, each two of them a slip apart or more."""
    return "".join(chr(ord("a") + int(digit)) * 2 for digit in f"{number:06}")


BOARDS = {
    "KPIs": lambda at: f'name = "Revenue {at}"\ntarget = "<5%"',
    "names that are alike": lambda at: f'name = "Revenue {word(at)}"',
    "one name": lambda _at: 'name = "Revenue"\ntarget = "5 kr"',
    "KPIs beneath one": lambda at: 'supports = "k0"' if at else "",
    "each beneath another": lambda at: f'supports = "k{at - 1}"' if at else "",
    "vanity counts in formulas": lambda at: (
        f'name = "Followers {at}"\nformula = "k{at - 1} / 2"' if at % 2 else 'name = "Followers"'
    ),
    "rules that are ignored": lambda _at: 'ignore = ["M01", "S03", "no_owner", "nothing"]',
    "goals": lambda at: f'goal = "g{at}"\n[goals.g{at}]\nname = "Goal"',
}


@pytest.mark.parametrize("keys", BOARDS.values(), ids=BOARDS)
def test_twice_the_kpis_take_twice_the_effort(keys: Callable[[int], str], scorecard: Load) -> None:
    def task(size: int) -> Task:
        ledger = scorecard("".join(f"[kpis.k{at}]\n{keys(at)}\n" for at in range(size)))
        return lambda: list(lint(ledger, rule_files(), term))

    task(80)()  # what is remembered of names is so for both sizes
    assert_linear(task, 40)


PIECES = [
    "number of x and y ",
    "share of ",
    "per ",
    "and ",
    "a/b ",
    "% ",
    "% of all ",
    "as well as ",
    "divided by ",
    "improve ",
    "max ",
    "d'",
    "x-",
    "(",
    "[a ",
    "1.",
    "; ",
    "  ",
    "orders ",
]


@sampled("key", ["name", "definition", "owner"], {"name"})
@sampled("piece", PIECES, PIECES)
def test_a_text_of_twice_the_length_takes_twice_the_time(
    key: str, piece: str, scorecard: Load
) -> None:
    def task(size: int) -> Task:
        text = (piece * size)[: size * 10]
        ledger = scorecard(f'[kpis.k]\n{key} = "x {text} x"\ntarget = 5\n[kpis.other]\n')

        def check() -> None:
            for cached in CACHES:
                cached.cache_clear()
            list(lint(ledger, rule_files()))

        return check

    assert_linear_in_c(task, 250)
