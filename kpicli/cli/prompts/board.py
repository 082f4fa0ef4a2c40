"""Ask a person for a board to start from: which, its title, amounts, owner and targets."""

import re
from collections.abc import Callable, Mapping, Sequence

from kpicli.catalogue.draft import Draft, Existing, draft_tables
from kpicli.catalogue.starter_draft import TemplateLookup, starter_kpi_draft
from kpicli.catalogue.term import StarterBoard
from kpicli.cli.output import say, say_all
from kpicli.cli.prompts.answers import ask_until_valid, require_whole_percent
from kpicli.errors import KpiError
from kpicli.language.currency import is_money
from kpicli.model.finding import Finding
from kpicli.model.kpi import Definitions
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.number import Mark
from kpicli.model.schema_types import DecimalMark
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.views.words import adding as views

Targets = Mapping[str, str | None]
_MARKS: tuple[Mark, ...] = (".", ",")


class Amounts(NamedTuple):
    """How somebody writes amounts: the decimal mark, and the currency."""

    mark: Mark = "."
    money: str = ""


def ask_starter(boards: Sequence[StarterBoard]) -> StarterBoard | None:
    """The board to start from; nothing where none of them is meant."""
    names = [board.name for board in boards]

    def read(answer: str) -> StarterBoard | None:
        if not answer:
            return None
        at = {str(number): name for number, name in enumerate(names, 1)}
        return boards[names.index(choice("the board", at.get(answer, answer.lower()), names))]

    say(views.STARTER_INVITATION)
    say_all(views.starter_lines(boards))
    return ask_until_valid(views.STARTER_QUESTION, read)


def read_amounts(answer: str) -> Amounts:
    """The mark and the currency of an amount, or of either alone; else those that are usual."""
    if answer in {"", *_MARKS}:
        return Amounts(DecimalMark(answer or ".").value)
    if is_money(answer) and not re.search("[0-9]", answer):
        return Amounts(money=answer)
    readings: dict[Mark, tuple[object, str]] = {}
    for mark in _MARKS:
        try:
            readings[mark] = read_quantity(answer, mark)
        except KpiError as error:
            fault = error
    if not readings:
        raise KpiError(fault.message, hint=views.AMOUNT_HINT)
    if len(set(readings.values())) > 1:
        raise KpiError("that has two readings", hint=views.AMOUNT_HINT)
    mark, (_, unit) = next(iter(readings.items()))
    if unit and not is_money(unit):
        raise KpiError(f"'{unit}' is no currency", hint=views.AMOUNT_HINT)
    return Amounts(mark, unit)


def ask_starter_targets(
    board: StarterBoard,
    lookup: TemplateLookup,
    amounts: Amounts,
    check: Callable[[Targets, str], Sequence[Finding]],
) -> Targets:
    """The targets that somebody has for the KPIs at the top of a board.

    What `check` finds about one is said, and another answer asked for; the same again is kept.
    """
    definitions = Definitions(decimal=DecimalMark(amounts.mark), is_decimal_stated=True)
    targets: dict[str, str | None] = {}
    for id in board.top_level:
        draft = starter_kpi_draft(board, id, lookup, None, amounts.money, amounts.mark)
        doubtful: set[str] = set()

        def read(answer: str, draft: Draft = draft, doubtful: set[str] = doubtful) -> str | None:
            with_target = draft._replace(overrides={**draft.overrides, "target": answer})
            tables = draft_tables(with_target, Existing(definitions))
            require_whole_percent(answer, tables["kpis"][draft.id], Existing(definitions))
            findings = check({**targets, draft.id: answer}, draft.id) if answer else ()
            if findings and answer not in doubtful:
                doubtful.add(answer)
                raise KpiError(findings[0].message, hint="type it again if that is right")
            return answer or None

        targets[id] = ask_until_valid(views.starter_target_question(draft), read)
    return targets


def ask_plain_target(default: str, amounts: Amounts) -> str:
    """The target of the one KPI of the plain example that everybody has."""
    definitions = Definitions(decimal=DecimalMark(amounts.mark), is_decimal_stated=True)

    def read(answer: str) -> str:
        target = Existing(definitions).target(answer or default)
        if target.is_relative:
            raise KpiError("that needs a baseline", hint=f"as in {default}")
        return answer if not answer or target.unit else f"{answer} {amounts.money}".strip()

    return ask_until_valid(views.plain_target_question(default), read) or default
