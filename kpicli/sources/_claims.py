"""What a table says of its numbers: in thousands, planned, of a ledger's sides, to date."""

import re
from collections.abc import Mapping, Sequence

from kpicli.errors import NotationError
from kpicli.model.kpi import Rollup
from kpicli.model.source import Layout
from kpicli.model.unit import size_exponents
from kpicli.sources._grid import ColumnMapping, GridLine
from kpicli.sources._header import (
    FORECAST,
    PLANS,
    TOTAL,
    VOID,
    Sight,
    is_running_total,
    is_sum_of_others,
    kpi_of,
    role_of,
    roles_in,
)
from kpicli.sources._unseen import quoted
from kpicli.text import folded, safe

_SIZE = re.compile(
    r"(?P<sure>(?:(?<![^\W_])(?:in|i|en|kr|NOK|SEK|DKK|EUR|USD) ?[$€£]? ?1?[ .,]?|[$€£'(] ?)"
    r"000s?(?![0-9.,])"
    r"|[$€£(]1[ .,]?000(?:s(?![^\W_])| ?(?:\)|kr|[$€£]|[A-Z]{3}))"  # not `over $1,000`
    r"|(?<![^\W_])(?<!per )(?:cents?|øre|öre|pence|rappen|centimes|céntimos)(?![^\W_])"
    r"|\([kK]\)|\ben miles\b|\bin hundreds\b|(?<![^\W_])1[ .,]?000s(?![^\W_])|\('00s?\)"
    r"|(?<![^\W_])[TtKkMm]\.? ?(?:EUR|NOK|SEK|DKK|USD|GBP|CHF|kr|[€$£])(?![^\W_])"
    r"|(?:[$€£]|(?<![^\W_])(?:EUR|NOK|SEK|DKK|USD|GBP|CHF|kr)) ?(?:[kKmMB]|MM|mn|bn)(?![^\W_]))"
    r"|(?:(?<=[(\[$€£])|(?<=[$€£] )|(?<=\b[IEie]n )|(?<=\b[Ii] )|(?<=\b[Ii] hel[ea] )"
    r"|(?<=\b[A-Z]{3} )|(?<=\bkr ))"
    r"[^\W\d_]{3,}"
    r"|(?<![^\W_])[^\W\d_]{3,}(?=\.? ?(?:(?:of|de|av|af) |d['’])?"  # noqa: RUF001
    r"(?:kr|[$€£]|[Ee]uro|NOK|SEK|DKK|EUR|USD|GBP|CHF))"
    r"|(?:^|(?<=[,:–-] ))[^\W\d_]{3,}(?=\W*$)"  # noqa: RUF001 - a dash
)
"""What says that numbers are in thousands, for sure or where the word is one of a language."""
_MULTIPLIER = re.compile(r"unit_?mult|power ?code", re.IGNORECASE)
_LONGEST_NAME = 40
_PLANNED_AND_ACTUAL = {"target", "value"}
_AMOUNT = re.compile(r"[^A-Za-z]*[1-9][^A-Za-z]*")
_SIGN = "give those of one side a minus; if all add up, leave that column out"
_YEARS = re.compile(r"[ \W\d]+$|^[ \W\d]+|\bFY ?\d\d+", re.IGNORECASE)
_FLAG = re.compile(r"(?:(?:is|was)[_ ])?(.+?)(?:[_ ](?:at|on|date))?\??")
_YES = frozenset({"true", "t", "yes", "y", "x", "checked", "ja", "oui", "sí", "1"})
_STATUS = re.compile("(?i:statu[st]|state|stage|tilstand|zustand|estado|état|resolution|outcome)")
_CODE, _CODED = re.compile(r"[\W_]([^\W\d_]+)$"), re.compile(r"(?<! )[-_:/.] ?([^\W\d_]+)$")
"""The last word of `Payment failed` in a column of states, and of `wc-cancelled` anywhere."""
_LESS = re.compile(r"[-−(]|[^\W\d_]{0,3} ?[$€£¥]? ?[-−]|.*[0-9] ?[-−]$")
_SIDE_OF = {
    **dict.fromkeys(("in", "income", "deposit", "inn", "inntekt", "einnahme", "ingreso"), "in"),
    **dict.fromkeys(("out", "expense", "withdrawal", "ut", "utgift", "ausgabe", "gasto"), "out"),
}
_OBSERVED = re.compile(r"(?i:obs_?(?:status|flag))")
_SIDE = re.compile(r"\b[sd] ?/ ?[hck]\b|soll|haben|deb[ei]|credit|kredit")
_SIDES = [set("sh"), set("dc"), set("dk"), set("dh"), {"debit", "credit"}, {"in", "out"}]
"""How the two sides of a ledger are told apart, also by a letter."""
_TAKEN_OFF = frozenset({VOID}.union(*_SIDES))  # kinds of rows that count where they have a minus


class RowKinds:
    """What columns of words say of rows, some of which may be no actuals."""

    def __init__(self, mapping: ColumnMapping, sight: Sight) -> None:
        self.sight, self.label = sight, mapping.kpi if mapping.layout is Layout.ACROSS else -1
        names, source = [cell.strip() for cell in mapping.header.cells], sight.source
        self.names = names
        others = {*range(len(names))} - mapping.used if source.rows or source.columns else set()
        self.mapping, self.others = mapping, others
        flags = {place: _FLAG.fullmatch(folded(names[place])) for place in others}
        self.flags = {place for place, flag in flags.items() if flag and role_of(flag[1]) == VOID}
        places = others | {self.label} | ({-1} if mapping.is_own else {mapping.extras.note})
        self.kinds: dict[int, dict[str, str]] = {place: {} for place in sorted(places - {-1})}
        self.stop, self.time = names.index("_stop") if "_stop" in names else -1, mapping.period[:1]

    def check(self, cells: Sequence[str]) -> None:
        """Raise `NotationError` for sums of others, plans, debits and voids beside what is none.

        And for a time of InfluxDB that ends what it is of, and so would name the next period.
        """
        if self.stop >= 0 and self.time and cells[self.stop] == cells[self.time[0]]:
            message = f"'{safe(cells[self.stop].strip()[:40])}' is where its period ends"
            raise NotationError(message, hint='aggregateWindow(…, timeSrc: "_start") names it')
        for place, kinds in self.kinds.items():
            text = cells[place].strip()[:_LONGEST_NAME]
            is_kpi = place == self.label and self.sight.definitions.kpi_named(text)
            if (text and not is_kpi) or place in self.flags:
                kind = self._kind(text, place)
                if kind in _TAKEN_OFF and self._is_less(cells, place):
                    continue
                kinds.setdefault(kind, text)
                self._check_kinds(place, text, kinds)

    def _is_less(self, cells: Sequence[str], place: int) -> bool:
        """Whether a row takes something off, as its number says itself."""
        numbers = [cells[at].strip() for at in self.mapping.places] if place in self.others else []
        return any(_LESS.match(number) for number in numbers)

    def _kind(self, text: str, place: int) -> str:
        """What a cell says of its row: a role, the side of a ledger, or nothing."""
        name = self.names[place]
        if place in self.flags:
            return VOID if text.casefold() in _YES or self.sight.labels.are_of(text) else ""
        if len(text) == 1 and _SIDE.search(folded(name)):
            return text.casefold()
        if text in {"F", "f"} and _OBSERVED.search(name):
            return FORECAST
        last = _CODE.search(text) if _STATUS.search(name) else _CODED.search(text)
        if text.casefold() in _SIDE_OF or (last and role_of(last[1]) == VOID):
            return _SIDE_OF.get(text.casefold(), VOID)
        return TOTAL if is_sum_of_others(text) else plan_or_role(text)

    def _check_kinds(self, place: int, text: str, kinds: Mapping[str, str]) -> None:
        beside, hint = "", "leave those out that are no actuals"
        if self.sight.source.rows and TOTAL in kinds and len(kinds) > 1:
            text, beside = kinds[TOTAL], "that it may add up"
            hint = "leave the sums out of the file"
            hint += "" if place == self.label else "; if it is none, that column"
        elif FORECAST in kinds or kinds.keys() >= _PLANNED_AND_ACTUAL:
            beside = "that are actual, or planned"
            hint += "" if place == self.label else "; if all are, that column"
        elif kinds.keys() in _SIDES:
            beside, hint = "of the other side of a ledger", _SIGN
        elif place in self.others and kinds.keys() >= {VOID, ""}:
            text = f"{self.names[place]}: {kinds[VOID]}"
            beside, hint = "without it", self._rows_of(place, kinds[""])
        if beside:
            raise NotationError(f"'{safe(text)}' stands beside rows {beside}", hint=hint)

    def _rows_of(self, place: int, text: str) -> str:
        """How to take the rows of one kind alone, where all numbers are of one KPI."""
        mapping = self.mapping
        ids = {mapping.only} - {""} or {column.of for column in mapping.values}
        hint = "leave those out that do not count; if all count, that column"
        if mapping.layout is Layout.ACROSS or len(ids) != 1 or place in self.flags:
            return hint
        values = [f"value={mapping.name(at)}" for at in mapping.places]
        pairs = [f"period={mapping.columns['period']}", f"kpi={self.names[place]}", *values]
        columns = ",".join([*pairs, f"{ids.pop()}={text}"])
        return f"{hint}; those of one kind alone: --columns {quoted(columns)}"


def plan_or_role(text: str) -> str:
    """What the words of a text mean, without its year: a forecast for `Forecast 2026`."""
    return role_of(_YEARS.sub("", text))


def require_actuals(mapping: ColumnMapping, sight: Sight) -> None:
    """Raise where a title or a name says that numbers are planned, or add up those before them."""
    grid, kpis = mapping.grid, sight.definitions.kpis
    where, source = grid.place(mapping.header), sight.source
    of = dict(mapping.values) if mapping.layout is Layout.WIDE else {mapping.value: mapping.only}
    named = {mapping.name(place): id for place, id in of.items() if place >= 0}
    sheet = "" if source.sheet else grid.sheet
    claims = [(sheet, grid.shown, f"sheet {quoted(sheet)}")]
    of_kpis = (roles_in(kpi.name) for kpi in kpis.values())  # as of an error budget
    kinds = PLANS.difference(*of_kpis) if mapping.extras.target < 0 else frozenset()
    plans = {sheet} if kinds & roles_in(sheet) else set()
    own = {name for name in named if kpi_of(name, sight.definitions)}
    others = [name for name in named if name not in own]
    claims += [(name, where, f"columns {quoted(f'value={name}')}") for name in others]
    for line in mapping.above:
        filled = {place for place, cell in enumerate(line.cells) if cell.strip()}
        over = filled if len(filled) == 1 else filled.intersection(mapping.places)
        skip = f"skip {mapping.header.first - 1}"
        titles = [line.cells[place].strip() for place in sorted(over)]
        claims += [(text, grid.place(line), skip) for text in titles]
        plans |= {text for text in titles if kinds & roles_in(text)}
    for text, place, flag in claims:
        is_plan = text in plans or plan_or_role(text) in PLANS
        if is_plan and text not in source.columns.values():
            message = f"'{safe(text[:40])}' says that its numbers are no actuals"
            hint = f"leave those out; if all of them are actuals, add --{flag}"
            raise NotationError(message, where=place, hint=hint)
    for name, id in (named | {each.name: each.id for each in mapping.row_labels.values()}).items():
        is_summed = id and kpis[id].rollup is Rollup.SUM and name not in own
        if is_summed and is_running_total(name):
            message = f"'{safe(name)}' adds up what was before, and so does {id}"
            hint = "import each period by itself; if it is so, rename that one"
            raise NotationError(message, where=where, hint=hint)


def size_in(text: str) -> str:
    """What says of a text that numbers are in thousands or the like; nothing where none does."""
    words = _SIZE.finditer(text)
    return next((word[0] for word in words if word["sure"] or size_exponents(word[0])), "")


def require_no_size(lines: Sequence[GridLine], mapping: ColumnMapping, sight: Sight) -> None:
    """Raise where a title or a note says `in thousands`: numbers are recorded as they stand."""
    units = " ".join(kpi.unit for kpi in sight.definitions.kpis.values())
    for line in lines:
        text = " ".join(cell.strip() for cell in line.cells if not _AMOUNT.fullmatch(cell))
        size = size_in(text)
        if size and size not in units:
            first = mapping.header.first
            way = "rename the column" if line.first == first else "leave that line out"
            way = f"--skip {first - 1}" if line.first < first else way
            message = f"'{safe(text[:60])}' says that its numbers are in '{safe(size)}'"
            hint = f"write all their digits; if they are right as they stand, {way}"
            raise NotationError(message, where=mapping.grid.place(line), hint=hint)


def require_no_multiplier(first: GridLine | None, mapping: ColumnMapping) -> None:
    """Raise where a column that nobody takes says a size of each number, as of SDMX it does."""
    used = mapping.used
    for place, cell in enumerate(first.cells if first else ()):
        size, name = cell.strip(), mapping.name(place)
        is_power = _MULTIPLIER.search(name) and size not in {"", "0"}
        if place not in used and (is_power or (len(size) > 4 and size_exponents(size))):
            message = f"column '{safe(name)}' says '{safe(size)}' of the size of the numbers"
            hint = "write all their digits, and leave that column out"
            raise NotationError(message, where=mapping.grid.place(mapping.header), hint=hint)
