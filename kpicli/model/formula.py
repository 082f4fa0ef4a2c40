"""An expression over other KPIs: numbers, + - * / ( ), prev(id) and last_year(id)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kpicli.errors import NotationError
from kpicli.model.number import decimal_places, read_number
from kpicli.model.schema_types import Notation
from kpicli.text import did_you_mean, safe

LONGEST, DEEPEST = 500, 20


class Lag(StrEnum):
    """Which period of an input is meant."""

    NONE = ""
    PREVIOUS = "prev"
    LAST_YEAR = "last_year"


class Constant(NamedTuple):
    """A number as written."""

    number: Decimal


class Input(NamedTuple):
    """Another KPI's actual, in the same period or an earlier one."""

    id: str
    lag: Lag = Lag.NONE


class Operation(NamedTuple):
    """`left sign right`; a negation is `0 - right`."""

    sign: str
    left: "Node"
    right: "Node"


Node = Constant | Input | Operation


class _Formula(NamedTuple):
    text: str
    root: Node


class Formula(Notation, _Formula):
    """The text as written, and what it says."""

    __slots__ = ()
    SHAPE = str
    PATTERN = r"^[ \t(-]*[a-z0-9](?:[ \ta-z0-9_+*/()-]|\.[0-9])*$"

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Every input, once, in the order written."""
        return tuple(dict.fromkeys(node for node in _nodes(self.root) if isinstance(node, Input)))

    @property
    def decimals(self) -> int:
        """Those of the most precise number that is written in it."""
        constants = (node for node in _nodes(self.root) if isinstance(node, Constant))
        return max((decimal_places(constant.number) for constant in constants), default=0)

    @property
    def is_quotient(self) -> bool:
        """Whether it divides by anything but 10, 100 and so on, which only change the scale."""
        return any(
            isinstance(node, Operation) and node.sign == "/" and not _is_power_of_ten(node.right)
            for node in _nodes(self.root)
        )


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Operation):
        yield from _nodes(node.left)
        yield from _nodes(node.right)


def _is_power_of_ten(node: Node) -> bool:
    return isinstance(node, Constant) and bool(re.fullmatch("10*", str(node.number)))


def read_formula(text: str) -> Formula:
    """Parse an expression; raises `NotationError` that says where it stops being one.

    At most 500 characters and 20 parentheses or signs deep; there is no power, attribute or call
    but `prev` and `last_year`.
    """
    if len(text) > LONGEST:
        raise NotationError(f"longer than {LONGEST} characters", hint="split it over several KPIs")
    parser = _Parser(_tokens(text))
    root = parser.sum(0)
    if parser.token:
        raise NotationError(f"unexpected '{parser.token}'", hint=_HINT)
    return Formula(text, root)


_HINT = "a formula is made of ids, numbers, + - * / ( ), prev(id) and last_year(id)"
_TOKEN = r"[ \t]*(?:([0-9]+(?:\.[0-9]+)?)(?![0-9A-Za-z_.])|([a-z][a-z0-9_]*)|([-+*/()]))"


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
        if function not in {Lag.PREVIOUS, Lag.LAST_YEAR}:
            raise NotationError(
                f"unknown function '{function}'",
                hint=did_you_mean(function, (Lag.PREVIOUS, Lag.LAST_YEAR)) or _HINT,
            )
        self.expect("(")
        token = self.take()
        if not token[:1].isalpha():
            raise NotationError(f"{function}() takes the id of a KPI", hint=_HINT)
        self.expect(")")
        return Input(token, Lag(function))
