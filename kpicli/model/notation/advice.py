"""What to write instead of a text that is nearly a number or a target, by what it looks like."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from kpicli.errors import NotationError
from kpicli.model.notation.duration import duration_unit
from kpicli.model.number import Mark, read_number, show_number, to_decimal
from kpicli.model.unit import limit_behind

_MOST_DECIMALS = 4  # of a quotient that is offered as a number
_SHEET_DAY = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
_STAMP, _EPOCH = re.compile(r"(1[0-9]{9})(?:[0-9]{3})?"), date(1970, 1, 1)  # (milli)seconds in UTC
_SHEET_DAYS_FROM = date(1899, 12, 30)  # day 0 of a spreadsheet, which takes 1900 for a leap year
_NUMBER = r"[-−]?[$€£¥]?[0-9][0-9.,]*"
_UNIT = r" ?(?P<unit>[^\s0-9.:+/±-]*)"
_BY = r"(?P<target>.*[^ ]) by (?P<period>[0-9]{4}[-0-9QW]*)"
COUNT = r"(?P<part>[0-9]{1,9}) ?(?:/|of|out of|av|von|sur|de) ?(?P<whole>[0-9]{1,9})(?: .*)?"
_SPAN = rf"(?:[^\W\d_]+ )?[>≥]?=? ?(?P<low>{_NUMBER}){_UNIT} ?(?:-|–|−|\.\.\.|…|to|til|till|bis|and|og|och|und|et|y|à|a) ?[<≤]?=? ?(?P<high>{_NUMBER}){_UNIT.replace('unit', 'last')}"  # noqa: RUF001, E501 - a dash is typed for a minus
_AROUND = rf"(?P<number>[0-9.,]+) ?(?:±|\+ ?/? ?-) ?(?P<off>[0-9.,]+){_UNIT}"
_WORDS = {
    ">=": (
        "at least|min|min.|minimum|from|no less than|not less than|not under|minst|mindst"
        "|ikke under|mindestens|nicht unter|au moins|au minimum|al menos|como mínimo|mínimo"
    ),
    "<=": (
        "at most|max|max.|maximum|up to|no more than|not more than|not over|maks|maks.|høyst"
        "|højst|ikke over|högst|höchstens|maximal|nicht über|au plus|au maximum|como máximo|máximo"
    ),
    ">": ("above|over|more than|greater than|mer enn|mere end|mer än|mehr als|über|plus de|más de"),
    "<": (
        "below|under|less than|fewer than|mindre enn|mindre end|mindre än|weniger als|unter"
        "|moins de|menos de"
    ),
}
"""Said in words, in the languages whose words kpi knows."""
_SIGNS = {phrase: sign for sign, phrases in _WORDS.items() for phrase in phrases.split("|")}
_COMPARED = rf"(?i:(?P<words>{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})) ?(?P<target>{_NUMBER}.*)"  # noqa: E501 - one pattern
_ONE_NUMBER = "write the one number that was measured"


def advice_for(text: str, unit: str = "", mark: Mark = ".", *, is_target: bool = True) -> str:
    """What to write for a text that looks like something people know; nothing for any other."""
    for table in (_NUMBERS, _TARGETS):
        for pattern, advice in table:
            match = re.fullmatch(pattern, text, re.DOTALL)
            if match and (hint := advice(match, unit, mark)):
                return hint if is_target or table is _NUMBERS else _ONE_NUMBER
    return ""


def period_advice(plain: str) -> str:
    """What to write for small letters and digits that are nearly a period; nothing for others."""
    if match := _SHEET_DAY.fullmatch(plain) or _STAMP.fullmatch(plain):
        count, is_sheet = int(match[1]), match.re is _SHEET_DAY
        day = _SHEET_DAYS_FROM + timedelta(count) if is_sheet else _EPOCH + timedelta(0, count)
        what = f"to a spreadsheet {count}" if is_sheet else "counted from 1970 in UTC it"
        return f"{what} is the day {day}: write {day}"
    letters = "".join(filter(str.isalpha, plain))
    numbers = sorted(re.findall("[0-9]+", plain), key=len)
    if plain.isdecimal() and 0 < int(plain) <= 12:
        return f"write the year beside it, as in 2026-{plain:0>2}"
    if len(numbers) == 2 and len(numbers[1]) == 4:
        number, year = int(numbers[0]), numbers[1]
        if letters in {"h", "s"} and 0 < number < 3:
            return f"a half-year is two quarters: {year}-Q{2 * number - 1} and {year}-Q{2 * number}"
        if letters in {"t", "ertrimestre", "etrimestre"} and 0 < number < 5:
            return f"write {year}-Q{number} for a quarter; a third of a year is no period"
        if (letters == "p" or re.fullmatch("0[0-9]{2}[^0-9][0-9]{4}", plain)) and 0 < number <= 12:
            return f"write the month that it is, as in {year}-{number:02}"
    is_short = re.fullmatch(r"[0-9]{1,2}[-/. ]([0-9]{1,2}|[^\W\d_]{3,})?[-/. ]?[0-9]{2}", plain)
    return "write the year in four digits" if is_short else ""


def _limited(match: re.Match[str], _unit: str, _mark: Mark) -> str:
    sign, limit = limit_behind(match[0])
    return f"write {sign}{match[0].rstrip('.')[: -len(limit)].rstrip()}" if sign else ""


def _due(match: re.Match[str], _unit: str, _mark: Mark) -> str:
    target, period = match["target"], match["period"]
    return f'write target = "{target}" and by = "{period}", with baseline and start'


def _span(match: re.Match[str], _unit: str, _mark: Mark) -> str:
    unit = match["last"] or match["unit"]
    space = " " if unit and unit != "%" else ""
    return f"a range is written {match['low']}..{match['high']}{space}{unit}"


def _compared(match: re.Match[str], _unit: str, _mark: Mark) -> str:
    return f"write {_SIGNS[match['words'].lower()]}{match['target']}"


def _around(match: re.Match[str], _unit: str, mark: Mark) -> str:
    try:
        number, off = (Fraction(read_number(match[key], mark)) for key in ("number", "off"))
    except NotationError:
        return ""
    edges = f"{show_number(number - off, mark)}..{show_number(number + off, mark)}"
    return f"a range is written {edges} {match['unit']}".rstrip()


def _count(match: re.Match[str], unit: str, mark: Mark) -> str:
    part, whole = int(match["part"]), int(match["whole"])
    if not whole:
        return f"write {part}"
    if unit == "%":
        return f"write {show_number(Fraction(100 * part, whole), mark)}%"
    quotient = Fraction(part, whole)
    is_short = to_decimal(quotient, _MOST_DECIMALS) == quotient
    return f"write {part}, or {show_number(quotient, mark)}" if is_short else f"write {part}"


def _letter(match: re.Match[str], unit: str, _mark: Mark) -> str:
    letter = match["letter"]
    if letter == "m" and unit and duration_unit(unit):
        return f"write {match['number']} min"
    size = "millions" if letter == "m" else "billions"
    return f"write {match['number']}{letter.upper()} for {size}, or a space before a unit"


_Advice = tuple[tuple[str, Callable[[re.Match[str], str, Mark], str]], ...]
_NUMBERS: _Advice = (
    (COUNT, _count),
    (r"[<>=≤≥ ]*[-−]?[\d.,]+[eE][-+]?\d.*", lambda *_: "write all digits: exponents are not read"),
    (rf"(?P<number>{_NUMBER})(?P<letter>[mb])(?: .*)?", _letter),
    (rf"[^0-9]*(?P<number>{_NUMBER}?)[.,][-–]", lambda match, *_: f"write {match['number']}"),  # noqa: RUF001 - as prices have it
    (r"[^0-9]*(?![0-9])\d[^0-9]*", lambda *_: "write it in the digits 0 to 9"),
    (r"\+.*", lambda *_: "leave the + out"),
    (r"[0-9]+:(?:[0-5]\d:)?[6-9]\d(?!\d).*", lambda *_: "minutes and seconds go up to 59"),
    (r"[0-9]+:\d\d(?::\d\d)?.*", lambda *_: "a time is typed for a KPI counted in h or min"),
)
"""Each form of what is nearly a number, and what is said of it, the first that fits."""
_TARGETS: _Advice = (
    (_BY, _due),
    (_SPAN, _span),
    (_AROUND, _around),
    (rf"==? ?(?P<to>{_NUMBER}.*)", lambda match, *_: f"write >={match['to']}, or <={match['to']}"),
    (rf"=> ?(?P<to>{_NUMBER}.*)", lambda match, *_: f"write >={match['to']}"),
    (rf"(?:=<|\.\.) ?(?P<to>{_NUMBER}.*)", lambda match, *_: f"write <={match['to']}"),
    (
        rf"(?P<to>{_NUMBER})(?:\.\.|\+)(?P<in>\D*)",
        lambda match, *_: f"write >={match['to']}{match['in']}",
    ),
    (_COMPARED, _compared),
    (rf"{_NUMBER} ?.*", _limited),
)
"""Each form of what is nearly a target."""
