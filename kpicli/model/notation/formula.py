"""A formula as people write one: `100 * sum(leavers, 12) / mean(headcount, 12)`."""

import re
from decimal import Decimal

from kpicli.errors import NotationError
from kpicli.model.formula import LONGEST, Constant, Formula, Input, Lag, Node, Operation
from kpicli.model.number import read_number
from kpicli.text import did_you_mean, safe

DEEPEST = 20  # parentheses and signs within each other
MOST_PERIODS = 400  # periods that a window has at most, and that an input lies back at most


def read_formula(text: str) -> Formula:
    """Parse an expression; raises `NotationError` that says where it stops being one.

    At most 500 characters and 20 parentheses or signs deep; there is no power, attribute or call
    but `prev`, `last_year`, `sum` and `mean`.
    """
    if len(text) > LONGEST:
        raise NotationError(f"longer than {LONGEST} characters", hint="split it over several KPIs")
    parser = _Parser(_tokens(text))
    root = parser.sum(0)
    if parser.token:
        raise NotationError(f"unexpected '{parser.token}'", hint=_HINT)
    return Formula(text, root)


_HINT = (
    "a formula is made of ids, numbers, + - * / ( ), prev(id), prev(id, 3), last_year(id), "
    "sum(id, 12) and mean(id, 12)"
)
_TOKEN = r"[ \t]*(?:([0-9]+(?:\.[0-9]+)?)(?![0-9A-Za-z_.])|([a-z][a-z0-9_]*)|([-+*/(),]))"


def _tokens(text: str) -> list[str]:
    pattern, tokens, at, end = re.compile(_TOKEN), [], 0, len(text.rstrip(" \t"))
    while at < end:
        match = pattern.match(text, at)
        if match is None:
            bad = text[at:].lstrip(" \t")[0]
            raise NotationError(f"unexpected character '{safe(bad)}'", hint=_HINT)
        tokens.append(match[0].strip(" \t"))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent, one method a level of binding."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def token(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.token
        self.at += 1
        return token

    def expect(self, token: str) -> None:
        if self.token != token:
            place = f"'{self.token}'" if self.token else "its end"
            raise NotationError(f"expected '{token}' before {place}", hint=_HINT)
        self.at += 1

    def sum(self, depth: int) -> Node:
        node = self.product(depth)
        while self.token in {"+", "-"}:
            node = Operation(self.take(), node, self.product(depth))
        return node

    def product(self, depth: int) -> Node:
        node = self.factor(depth)
        while self.token in {"*", "/"}:
            node = Operation(self.take(), node, self.factor(depth))
        return node

    def factor(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise NotationError(f"nested deeper than {DEEPEST}", hint="split it over several KPIs")
        token = self.take()
        if token == "-":
            return Operation("-", Constant(Decimal(0)), self.factor(depth + 1))
        if token == "(":
            node = self.sum(depth + 1)
            self.expect(")")
            return node
        if token[:1].isdigit():
            return Constant(read_number(token))
        if token[:1].isalpha():
            return self.lagged(token) if self.token == "(" else Input(token)
        raise NotationError(f"unexpected '{token}'" if token else "unexpected end", hint=_HINT)

    def lagged(self, function: str) -> Node:
        if function not in _FUNCTIONS:
            meant = Lag.MEAN if function in _MEANS else function
            hint = did_you_mean(meant, _FUNCTIONS) or _HINT
            raise NotationError(f"unknown function '{function}'", hint=hint)
        lag = Lag(function)
        self.expect("(")
        id = self.take()
        if not id[:1].isalpha():
            raise NotationError(f"{lag}() takes the id of a KPI", hint=_HINT)
        if self.token not in {",", ")", ""}:
            is_twice = lag is Lag.PREVIOUS and id == lag
            hint = "two periods back is prev(id, 2)" if is_twice else _OWN_KPI
            raise NotationError(f"{lag}() is of one KPI, not of an expression", hint=hint)
        periods = self.periods(lag, id)
        self.expect(")")
        return Input(id, lag, periods)

    def periods(self, lag: Lag, id: str) -> int:
        """How many periods are meant: the number after the id, which only a window requires."""
        is_window = lag in {Lag.SUM, Lag.MEAN}
        hint = f"as in {lag}({id}, {12 if is_window else 3})"
        if self.token != ",":
            if is_window:
                raise NotationError(f"{lag}() takes an id and over how many periods", hint=hint)
            return 1
        if lag is Lag.LAST_YEAR:
            raise NotationError("last_year() takes an id alone", hint=f"as in last_year({id})")
        self.at += 1
        token = self.take()
        if not token.isdecimal() or not 1 <= int(token) <= MOST_PERIODS:
            message = f"{lag}() counts periods: a whole number from 1 to {MOST_PERIODS}"
            raise NotationError(message, hint=hint)
        return int(token)


_MEANS = {"avg", "average"}
_FUNCTIONS = tuple(lag for lag in Lag if lag)
_OWN_KPI = "make the expression a KPI of its own, and write its id here"
