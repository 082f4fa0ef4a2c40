"""The SMART card: of each KPI five letters, each met or not, and by what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Definitions, Kpi
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import UNSAID, Claim
from kpicli.views.parts.view import Column, Field, Fields, View, table_of

_CRITERIA = ("Specific", "Measurable", "Actionable", "Relevant", "Time-bound")
LETTERS: Mapping[str, str] = {criterion[0]: criterion for criterion in _CRITERIA}
_ALL = "".join(LETTERS)


class _Card(NamedTuple):
    """One KPI, the findings about it, and the codes that it ignores.

    Of the `unread` letters nothing is known, since nobody could read the words.
    """

    definitions: Definitions
    kpi: Kpi
    findings: Sequence[Finding]
    ignored: Iterable[str]
    unread: str = ""

    def missing(self, letter: str) -> list[Finding]:
        """What keeps a letter from being met; advice does not."""
        return [
            finding
            for finding in self.findings
            if finding.code[0] == letter and _is_weighty(finding)
        ]

    def is_silent(self, letter: str) -> bool:
        """Whether a letter is met only since nothing is said: no lever, no frequency."""
        if letter in self.unread:
            return not self.missing(letter)
        silences = (
            finding.code[0] == letter and finding.name.startswith("no_")
            for finding in self.findings
        )
        enough = _ENOUGH.get(letter)
        is_bare = enough is None or not any(enough(self.kpi))
        return not self.missing(letter) and is_bare and any(silences)

    def is_met(self, letters: str) -> bool:
        return not any(map(self.missing, letters))

    def claim(self, letter: str) -> Claim:
        """Whether a letter is met, and all that it is met by, or not."""
        if missing := self.missing(letter):
            return Claim(is_met=False, reason=", ".join(map(_title, missing)))
        advice = [_title(finding) for finding in self.findings if finding.code[0] == letter]
        ignored = [f"{code} ignored" for code in self.ignored if code[0] == letter]
        evidence = _evidence(self.definitions, self.kpi)[letter]
        reason = ", ".join(filter(None, (*evidence, *advice, *ignored)))
        return Claim(is_met=True, reason=reason, is_silent=self.is_silent(letter))

    def mark(self, letter: str) -> Claim:
        """Whether a letter is met, and the codes of what is missing."""
        missing = self.missing(letter)
        codes = " ".join(dict.fromkeys(finding.code for finding in missing))
        return Claim(not missing, codes, self.is_silent(letter))


class _Letter(NamedTuple):
    """A letter of a card."""

    card: _Card
    letter: str

    def claim(self) -> Claim:
        return self.card.claim(self.letter)


_LETTER_COLUMNS: tuple[Column[_Letter], ...] = (
    Column("kpi", of=lambda row: row.card.kpi.id),
    Column("letter", of=lambda row: row.letter),
    Column("met", of=lambda row: row.claim().is_met),
    Column("silent", of=lambda row: row.claim().is_silent),
    Column("by", of=lambda row: row.claim().reason or None),
)
_SINGLE_CARD_COLUMNS: tuple[Column[_Letter], ...] = (
    Column("", "Letter", lambda row: f"{row.letter} {LETTERS[row.letter]}", is_brief=True),
    Column("", "Met", _Letter.claim, is_brief=True),
)
_KPI: Column[_Card] = Column("", "KPI", lambda card: card.kpi.name, is_brief=True)


def card_view(
    definitions: Definitions,
    kpis: Sequence[Kpi],
    findings: Iterable[Finding],
    as_of: date,
    warnings: tuple[str, ...],
    *,
    letters: str,
    ignored: Mapping[str, Iterable[str]],
    unread: str,
) -> View:
    """A row a KPI; of a single one a row a letter, with all that it is met by.

    `letters` are those that were checked; `ignored` has the codes that a KPI of that id ignores;
    the `unread` letters go by words that kpi can't read.
    """
    findings = list(findings)
    by_kpi: dict[str, list[Finding]] = {}
    for finding in findings:
        by_kpi.setdefault(finding.kpi, []).append(finding)
    cards = [
        _Card(definitions, kpi, by_kpi.get(kpi.id, ()), ignored.get(kpi.id, ()), unread)
        for kpi in kpis
    ]
    rows = [_Letter(card, letter) for card in cards for letter in letters]
    is_single = len(cards) == 1
    if is_single:
        people = table_of("letters", _SINGLE_CARD_COLUMNS, rows, is_aside=True)
    else:
        people = table_of("kpis", (_KPI, *map(_mark_column, letters)), cards, is_aside=True)
    heading = clipped(cards[0].kpi.name if is_single else definitions.title)
    blocks = (
        Fields((Field("as_of", as_of.isoformat()),)),
        table_of("card", _LETTER_COLUMNS, rows),
        people,
    )
    return View("card", heading, blocks, _footer(cards, findings, letters), warnings)


def _mark_column(letter: str) -> Column[_Card]:
    return Column("", letter, lambda card: card.mark(letter), is_brief=True)


def _title(finding: Finding) -> str:
    return f"{finding.code} {finding.name}"


def _is_weighty(finding: Finding) -> bool:
    return finding.severity is not Severity.ADVICE


def _footer(cards: Sequence[_Card], findings: Iterable[Finding], letters: str) -> str:
    """`5 KPIs, 2 of them SMART`, and how much was found that no card shows."""
    met = sum(card.is_met(letters) for card in cards)
    ids = {card.kpi.id for card in cards}
    rest = sum(
        _is_weighty(finding) and (finding.kpi not in ids or finding.code[0] not in LETTERS)
        for finding in findings
    )
    text = f"{plural(len(cards), 'KPI')}, {met:,} of them {'SMART' if letters == _ALL else 'met'}"
    counts = f"{text}; {plural(rest, 'other finding')}: kpi check" if rest else text
    return " · ".join(filter(None, (counts, *_legend(cards, letters))))


def _legend(cards: Sequence[_Card], letters: str) -> Iterator[str]:
    """What the letters stand for, where they stand alone, and the mark that is no answer."""
    if len(cards) > 1:
        yield ", ".join(f"{letter} {LETTERS[letter].lower()}" for letter in letters)
    if any(card.is_silent(letter) for card in cards for letter in letters):
        yield f"{UNSAID} unsaid: nothing is said of it, so nothing speaks against it"


def _evidence(definitions: Definitions, kpi: Kpi) -> Mapping[str, Sequence[str | None]]:
    """What each letter is met by, of what the definition says."""
    target = kpi.target and f"target {kpi.target.show(definitions.decimal.value)}"
    return {
        "S": (kpi.definition and "definition", kpi.formula and f"formula {kpi.formula.text}"),
        "M": (
            target,
            kpi.targets and f"a schedule of {plural(len(kpi.targets.entries), 'target')}",
            None if kpi.all_targets else kpi.unit and f"unit {kpi.unit}",
            kpi.source and "source",
        ),
        "A": (kpi.owner, plural(len(kpi.levers), "lever") if kpi.levers else None),
        "R": (
            kpi.goal and definitions.goals[kpi.goal].name,
            kpi.supports and f"supports {definitions.kpis[kpi.supports].name}",
        ),
        "T": (kpi.frequency.value, kpi.by and f"by {kpi.by}"),
    }


_ENOUGH: Mapping[str, Callable[[Kpi], Iterable[object]]] = {
    "M": lambda kpi: (kpi.all_targets, kpi.unit),
    "T": lambda kpi: (kpi.by,),
}
"""What meets a letter, whatever else is not said."""
