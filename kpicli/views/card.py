"""The SMART card: of each KPI five letters, each met or not, and by what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Definitions, Kpi
from kpicli.text import plural, shown
from kpicli.views.blocks import Claim, Column, Field, Fields, Row, Table, View

LETTERS: Mapping[str, str] = {
    "S": "Specific",
    "M": "Measurable",
    "A": "Actionable",
    "R": "Relevant",
    "T": "Time-bound",
}
_MACHINE = (Column("kpi"), Column("letter"), Column("met"), Column("by"))
_GRID = (
    Column("", "KPI", is_brief=True),
    *(Column("", letter, is_brief=True) for letter in LETTERS),
)
_ONE = (Column("", "Letter", is_brief=True), Column("", "Met", is_brief=True))


def card_view(
    definitions: Definitions,
    kpis: Sequence[Kpi],
    found: Iterable[Finding],
    as_of: date,
    warnings: tuple[str, ...] = (),
) -> View:
    """A row a KPI; of a single one a row a letter, with all that it is met by."""
    findings = list(found)
    cards = [
        _Card(definitions, kpi, [one for one in findings if one.kpi == kpi.id]) for kpi in kpis
    ]
    rows = tuple(
        Row((card.kpi.id, letter, claim.is_met, claim.said or None))
        for card in cards
        for letter, claim in zip(LETTERS, map(card.claim, LETTERS), strict=True)
    )
    head = Fields((Field("as_of", as_of.isoformat()),))
    people = _one(cards[0]) if len(cards) == 1 else _grid(cards)
    heading = shown(cards[0].kpi.name if len(cards) == 1 else definitions.title)
    footer = f"{plural(len(cards), 'KPI')}, {sum(card.is_smart for card in cards):,} of them SMART"
    return View("card", heading, (head, Table("card", _MACHINE, rows), people), footer, warnings)


class _Card:
    """One KPI, with what was found of it."""

    def __init__(self, definitions: Definitions, kpi: Kpi, findings: Sequence[Finding]) -> None:
        self.definitions, self.kpi, self.findings = definitions, kpi, findings

    def missing(self, letter: str) -> list[Finding]:
        """What keeps a letter from being met; advice does not."""
        return [
            one
            for one in self.findings
            if one.code.startswith(letter) and one.severity is not Severity.ADVICE
        ]

    @property
    def is_smart(self) -> bool:
        """Whether all five are met."""
        return not any(map(self.missing, LETTERS))

    def claim(self, letter: str) -> Claim:
        """Whether a letter is met, and all that it is met by, or not."""
        if missing := self.missing(letter):
            return Claim(is_met=False, said=", ".join(f"{one.code} {one.name}" for one in missing))
        advice = [f"{one.code} {one.name}" for one in self.findings if one.code.startswith(letter)]
        met = [*_EVIDENCE[letter](self.definitions, self.kpi), *advice]
        return Claim(is_met=True, said=", ".join(met))

    def mark(self, letter: str) -> Claim:
        """The same in as few words as there are."""
        missing = self.missing(letter)
        return Claim(not missing, " ".join(one.code for one in missing))


def _one(card: _Card) -> Table:
    rows = (Row((f"{letter} {LETTERS[letter]}", card.claim(letter))) for letter in LETTERS)
    return Table("letters", _ONE, tuple(rows), is_aside=True)


def _grid(cards: Iterable[_Card]) -> Table:
    rows = (Row((card.kpi.name, *map(card.mark, LETTERS))) for card in cards)
    return Table("kpis", _GRID, tuple(rows), is_aside=True)


def _specific(_: Definitions, kpi: Kpi) -> Iterator[str]:
    if kpi.definition:
        yield "definition"
    if kpi.formula:
        yield f"formula {kpi.formula.text}"


def _measurable(definitions: Definitions, kpi: Kpi) -> Iterator[str]:
    if kpi.target:
        yield f"target {kpi.target.show(definitions.decimal.value)}"
    if kpi.targets:
        yield f"a schedule of {plural(len(kpi.targets.entries), 'target')}"
    if kpi.unit and not kpi.all_targets:
        yield f"unit {kpi.unit}"
    if kpi.source:
        yield "source"


def _actionable(_: Definitions, kpi: Kpi) -> Iterator[str]:
    if kpi.owner:
        yield kpi.owner
    if kpi.levers:
        yield plural(len(kpi.levers), "lever")


def _relevant(definitions: Definitions, kpi: Kpi) -> Iterator[str]:
    if kpi.goal:
        yield definitions.goals[kpi.goal].name
    if kpi.supports:
        yield f"supports {definitions.kpis[kpi.supports].name}"


def _bound(_: Definitions, kpi: Kpi) -> Iterator[str]:
    yield kpi.frequency.value
    if kpi.by:
        yield f"by {kpi.by}"


_EVIDENCE: Mapping[str, Callable[[Definitions, Kpi], Iterator[str]]] = {
    "S": _specific,
    "M": _measurable,
    "A": _actionable,
    "R": _relevant,
    "T": _bound,
}
