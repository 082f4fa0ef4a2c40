"""The SMART card: of each KPI five letters, each met or not, and by what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Definitions, Kpi
from kpicli.text import plural, shown
from kpicli.views.parts.cells import Claim
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View

LETTERS: Mapping[str, str] = {
    "S": "Specific",
    "M": "Measurable",
    "A": "Actionable",
    "R": "Relevant",
    "T": "Time-bound",
}
_ALL = "".join(LETTERS)
_MACHINE = (Column("kpi"), Column("letter"), Column("met"), Column("by"))
_KPI = Column("", "KPI", is_brief=True)
_ONE = (Column("", "Letter", is_brief=True), Column("", "Met", is_brief=True))


def card_view(
    definitions: Definitions,
    kpis: Sequence[Kpi],
    found: Iterable[Finding],
    as_of: date,
    warnings: tuple[str, ...] = (),
    *,
    letters: str = _ALL,
    ignored: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> View:
    """A row a KPI; of a single one a row a letter, with all that it is met by.

    `letters` are those that were judged; `ignored` has the codes that a KPI of that id ignores.
    """
    findings = list(found)
    found_of: dict[str, list[Finding]] = {}
    for one in findings:
        found_of.setdefault(one.kpi, []).append(one)
    cards = [
        _Card(definitions, kpi, found_of.get(kpi.id, ()), ignored.get(kpi.id, ())) for kpi in kpis
    ]
    rows = tuple(
        Row((card.kpi.id, letter, claim.is_met, claim.said or None))
        for card in cards
        for letter, claim in zip(letters, map(card.claim, letters), strict=True)
    )
    head = Fields((Field("as_of", as_of.isoformat()),))
    people = _one(cards[0], letters) if len(cards) == 1 else _grid(cards, letters)
    heading = shown(cards[0].kpi.name if len(cards) == 1 else definitions.title)
    table = Table("card", _MACHINE, rows)
    footer = _footer(cards, findings, letters)
    return View("card", heading, (head, table, people), footer, warnings)


class _Card:
    """One KPI, what was found of it, and the codes that it ignores."""

    def __init__(
        self,
        definitions: Definitions,
        kpi: Kpi,
        findings: Sequence[Finding],
        ignored: Iterable[str],
    ) -> None:
        self.definitions, self.kpi, self.findings = definitions, kpi, findings
        self.ignored = ignored

    def missing(self, letter: str) -> list[Finding]:
        """What keeps a letter from being met; advice does not."""
        return [one for one in self.findings if one.code[0] == letter and _weighs(one)]

    def is_met(self, letters: str) -> bool:
        """Whether all of the letters are met."""
        return not any(map(self.missing, letters))

    def claim(self, letter: str) -> Claim:
        """Whether a letter is met, and all that it is met by, or not."""
        if missing := self.missing(letter):
            return Claim(is_met=False, said=", ".join(f"{one.code} {one.name}" for one in missing))
        advice = [f"{one.code} {one.name}" for one in self.findings if one.code[0] == letter]
        ignored = [f"{code} ignored" for code in self.ignored if code[0] == letter]
        met = [*_EVIDENCE[letter](self.definitions, self.kpi), *advice, *ignored]
        return Claim(is_met=True, said=", ".join(met))

    def mark(self, letter: str) -> Claim:
        """The same in as few words as there are."""
        missing = self.missing(letter)
        return Claim(not missing, " ".join(dict.fromkeys(one.code for one in missing)))


def _weighs(finding: Finding) -> bool:
    return finding.severity is not Severity.ADVICE


def _footer(cards: Sequence[_Card], findings: Iterable[Finding], letters: str) -> str:
    """`5 KPIs, 2 of them SMART`, and how much was found that no card shows."""
    met = sum(card.is_met(letters) for card in cards)
    ids = {card.kpi.id for card in cards}
    others = sum(
        _weighs(one) and (one.kpi not in ids or one.code[0] not in LETTERS) for one in findings
    )
    said = f"{plural(len(cards), 'KPI')}, {met:,} of them {'SMART' if letters == _ALL else 'met'}"
    return f"{said}; {plural(others, 'other finding')}: kpi check" if others else said


def _one(card: _Card, letters: str) -> Table:
    rows = (Row((f"{letter} {LETTERS[letter]}", card.claim(letter))) for letter in letters)
    return Table("letters", _ONE, tuple(rows), is_aside=True)


def _grid(cards: Iterable[_Card], letters: str) -> Table:
    columns = (_KPI, *(Column("", letter, is_brief=True) for letter in letters))
    rows = (Row((card.kpi.name, *map(card.mark, letters))) for card in cards)
    return Table("kpis", columns, tuple(rows), is_aside=True)


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
