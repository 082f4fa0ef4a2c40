"""What a number is counted in: which words are one unit, which are sizes, which can be none."""

import re
from functools import cache

from kpicli.errors import NotationError
from kpicli.model.number import plain_text
from kpicli.plugins import split, words
from kpicli.text import safe

CURRENCIES = frozenset("$€£¥")  # signs that are shown before the number
PERCENT, POINTS = "%", "pp"
LONGEST_UNIT = 40
UNIT_PATTERN = r"^[^-+−0-9.,<>=≤≥_ \u00a0\u202f]"  # how a unit begins; see `Notation`
_PLAIN = frozenset({"#", "none", "no.", "number", "count"})
_USUAL_PERCENT = frozenset({"percent", "prosent", "procent", "prozent"})
SIZE_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}  # powers of ten, right after a digit
_SIZES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_LETTERS = frozenset({*SIZE_LETTERS, "m", "b"})  # sizes, or units where they stand alone: metres
_EVERYDAY_UNITS = frozenset({*CURRENCIES, PERCENT, POINTS, "kr"})

_CODES = {
    "$": "usd", "us$": "usd", "€": "eur", "euro": "eur", "euros": "eur", "£": "gbp", "¥": "jpy",
    "₹": "inr", "₩": "krw", "₽": "rub", "₺": "try", "₪": "ils", "₴": "uah", "₫": "vnd", "₱": "php",
    "฿": "thb", "₦": "ngn", "r$": "brl", "zł": "pln", "kč": "czk", "ft": "huf", "fr": "chf",
    "kr": "nok sek dkk isk",
}  # fmt: skip
"""The codes of the currencies that a sign stands for."""

_OTHER_CODES = """
    aed ars aud bdt bgn cad clp cny cop egp ghs hkd idr jod kes kwd lkr mad mxn myr nzd omr pen pkr
    qar ron rsd sar sgd tnd twd tzs ugx uyu xaf xof zar
"""
_CURRENCY_CODES = frozenset(" ".join([*_CODES.values(), _OTHER_CODES]).split())
_NO_PARTS = (
    r"(?i):|([%$€£¥]) ?\1|(?<![^\W\d_])[0-9]|[0-9](?=[^\W_])|(?<![^\W_])(?:by|of|to)(?![^\W_])"
    r"|(?<=^% ).+"
)
"""What can't stand in a unit: `% uptime` too; a digit can behind a letter, as in m2 and CO2."""
_STARTS_NO_UNIT = frozenset("-+−–/(<>=≤≥_.,:)'")  # noqa: RUF001 - a dash is typed for a minus


_LIMITS = {"+": ">="} | {
    f" {words}": sign
    for sign, phrases in {
        "<=": "or less|or fewer|or below|or under|or lower|at most|max|maximum|maks|maximal|høyst"
        "|højst|högst|höchstens|oder weniger|eller mindre|eller færre|eller lavere|eller lägre"
        "|ou moins|au plus|o menos|como máximo",
        ">=": "or more|or above|or over|or higher|at least|minimum|minst|mindst|mindestens"
        "|oder mehr|eller mer|eller mere|eller flere|eller fler|eller høyere|eller højere"
        "|eller högre|ou plus|au moins|o más|como mínimo",
    }.items()
    for words in phrases.split("|")
}
"""What makes a limit of the number before it, in the languages whose words kpi knows."""


def currency_codes(unit: str) -> frozenset[str]:
    """The ISO 4217 codes, in small letters, that a sign or code of money may stand for."""
    word = unit.rstrip(".").casefold()
    codes = _CODES[word].split() if word in _CODES else (word,)  # `USD k` is another unit
    return frozenset(codes) & _CURRENCY_CODES


def is_same_unit(unit: str, own: str) -> bool:
    """Whether a unit that was typed is a KPI's own one: as it stands, or another word for it."""
    if unit == own or currency_codes(unit) & currency_codes(own):
        return True
    return is_percent(own) and is_percent(unit)


def is_plain(unit: str) -> bool:
    """Whether a table says with it that a number is just a number."""
    return unit.casefold() in _PLAIN


def is_percent(unit: str) -> bool:
    """Whether it is the sign, or a word for it in any of the languages."""
    return is_usual_percent(unit) or unit.rstrip(".").casefold() in _percent_words()


def is_usual_percent(unit: str) -> bool:
    """Whether it is `%`, or a word for it that needs no looking up in the languages."""
    return unit == PERCENT or unit.casefold() in _USUAL_PERCENT


def size_exponents(word: str) -> frozenset[int]:
    """The powers of ten that a word is used for, `mill` or `bn.`; several for `billion`."""
    return _size_words().get(word.rstrip(".").casefold(), frozenset())


@cache
def _percent_words() -> frozenset[str]:
    return frozenset(word for text in words("percent").values() for word in split(text))


@cache
def _size_words() -> dict[str, frozenset[int]]:
    exponents: dict[str, frozenset[int]] = {}
    for sizes in words("sizes").values():
        for size, text in sizes.items():
            for word in split(text):
                exponents[word] = exponents.get(word, frozenset()) | {_SIZES[size]}
    return exponents


def check_unit(unit: str) -> None:
    """Raise `NotationError` for a text that would not read back as a unit.

    It begins with a letter or a sign, has at most 40 characters, and no `:`, size word, `by`, `of`
    or `to` in it, nor a digit, but one that ends a word: m3.
    """
    check_unit_form(unit)
    if size := size_in(unit):
        message = f"'{safe(unit)}' is not a unit: '{safe(size)}' is a size"
        hint = 'write the unit alone, as in unit = "kr", and numbers with all their digits'
        raise NotationError(message, hint=hint)


def limit_behind(text: str) -> tuple[str, str]:
    """The sign and the words of a limit at the end of a text, `or less`; empty where none is."""
    limit = next(filter(f" {text.casefold().rstrip('.')}".endswith, _LIMITS), "")
    return _LIMITS.get(limit, ""), limit.lstrip()


def check_unit_form(unit: str) -> None:
    """Raise `NotationError` as `check_unit` does, but for words that languages have for sizes."""
    if unit in _EVERYDAY_UNITS:
        return
    is_plain = unit == plain_text(unit).strip() and len(unit) <= LONGEST_UNIT
    if not is_plain or unit[:1] in _STARTS_NO_UNIT or unit[:1].isdigit():
        raise NotationError(
            f"'{safe(unit[:41])}' is not a unit",
            hint="a unit starts with a letter or a sign such as % or $, "
            f"and has at most {LONGEST_UNIT} characters",
        )
    match = re.search(_NO_PARTS, unit)
    if part := limit_behind(unit)[1] or (match and match[0]):
        hint = 'write the unit alone, as in "points", and the rest in the definition'
        hint = f"write it once: {match[1]}" if match and match[1] else hint
        raise NotationError(f"'{safe(unit)}' is not a unit: '{part}' can't stand in one", hint=hint)
    first, _, rest = unit.partition(" ")
    if first in _LETTERS and currency_codes(rest):
        message = f"'{safe(unit)}' is not a unit: '{first}' is a size"
        hint = f'write the unit alone, as in "{safe(rest)}", and numbers with all their digits'
        raise NotationError(message, hint=hint)


def size_in(unit: str) -> str:
    """A word of a unit that says how large its numbers are; a letter alone may be a unit."""
    if unit in _EVERYDAY_UNITS:
        return ""
    return next(
        (word for word in unit.split() if word not in _LETTERS and size_exponents(word)), ""
    )
