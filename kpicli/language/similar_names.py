"""Names that cannot be told apart: equal but for case, spaces, abbreviations or a slip."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kpicli.language.tokens import spelled, spoken, word_set

_LONG = {
    **dict.fromkeys(("avg", "ave", "mean"), "average"),
    **dict.fromkeys(("rev", "revs", "revenues"), "revenue"),
    **dict.fromkeys(("pct", "percentage", "percent", "procent", "prosent", "prozent"), "%"),
    "cust": "customer",
    "custs": "customer",
    "qty": "quantity",
    "mth": "month",
    "mo": "month",
    "mthly": "monthly",
    "yr": "year",
    "qtr": "quarter",
    "conv": "conversion",
    "hrs": "hour",
    "satisf": "satisfaction",
    "sat": "satisfaction",
    "acq": "acquisition",
    "mgmt": "management",
    "empl": "employee",
    "emp": "employee",
    "dept": "department",
    "resp": "response",
    "oms": "omsetning",
    "gns": "gennemsnitlig",
    "gj": "gjennomsnittlig",
    "snitt": "average",
    "mnd": "måned",
    "ant": "antall",
    "durchschn": "durchschnittlich",
    "anz": "anzahl",
    "prod": "product",
    "del": "delivery",
    "inv": "invoice",
    "tot": "total",
    "&": "and",
    "mkt": "market",
    "mktg": "marketing",
    "dev": "development",
    "ret": "retention",
}
"""What is written short, and its long form."""
_NOTHING = word_set(
    "of the a an in no number count our # antall antal anzahl der die das den av af von and"
)
_MATTERS = word_set("per to vs pr pro je from by")
"""With these the order of a name matters: `Leads to sales` is not `Sales to leads`."""
_ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
_SHORTEST, _LEAST = 3, 6


def twins(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each id with an earlier one whose name means the same, but for a slip or an abbreviation."""
    seen: dict[tuple[str, ...], str] = {}
    shorts: dict[str, str] = {}
    slips: dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]] = defaultdict(list)
    for id, name in names.items():
        said = essence(name)
        other = seen.get(said) or _by_initials(name, shorts) or _by_slip(said, slips)
        if other:
            yield id, other
        seen.setdefault(said, id)
        for short in _shorts(name):
            shorts.setdefault(short, id)
        for at, word in enumerate(said):
            slips[len(said), said[:at] + said[at + 1 :]].append((word, id))


def essence(name: str) -> tuple[str, ...]:
    """The words that tell a name from others, written out and in one order."""
    said = [_single(_LONG.get(word, word)) for word in spoken(_without_own_short(name))]
    kept = [word for word in said if word not in _NOTHING] or said
    return tuple(kept if not _MATTERS.isdisjoint(kept) else sorted(kept))


def _single(word: str) -> str:
    """A word in singular, roughly."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def _initials(name: str) -> str:
    return "".join(word[0] for word in spoken(_ASIDE.sub(" ", name)))


def _without_own_short(name: str) -> str:
    """`Average order value (AOV)` without what stands in the brackets."""
    found = _ASIDE.search(name)
    return _ASIDE.sub(" ", name) if found and found[1].casefold() == _initials(name) else name


def _shorts(name: str) -> set[str]:
    """What a name may be found by: `aov!` if it is short itself, `aov` if it can be shortened."""
    letters = spelled(name)
    if len(letters) == 1 and name.strip().isupper() and len(letters[0]) >= _SHORTEST:
        return {f"{letters[0].casefold()}!"}
    full = [_LONG.get(word, word) for word in spoken(_without_own_short(name))]
    kept = [word for word in full if word not in _NOTHING]
    return {"".join(word[0] for word in some) for some in (full, kept) if len(some) >= _SHORTEST}


def _by_initials(name: str, shorts: Mapping[str, str]) -> str | None:
    """The id of a name that this one is short for, or that is short for this one."""
    wanted = (short[:-1] if short.endswith("!") else f"{short}!" for short in _shorts(name))
    return next((shorts[short] for short in wanted if short in shorts), None)


def _by_slip(
    said: tuple[str, ...], slips: Mapping[tuple[int, tuple[str, ...]], Sequence[tuple[str, str]]]
) -> str | None:
    """The id of a name that differs by one letter of one long word."""
    for at, word in enumerate(said):
        for other, id in slips.get((len(said), said[:at] + said[at + 1 :]), ()):
            if _is_slip(*sorted((word, other), key=len)):
                return id
    return None


def _is_slip(short: str, long: str) -> bool:
    if len(short) < _LEAST or len(long) - len(short) > 1 or not (short + long).isalpha():
        return False
    if short == long or long.endswith(short) or short[0] != long[0]:
        return False
    pairs = zip(short, long, strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    turned = short[at : at + 2][::-1] == long[at : at + 2]
    return short[at + 1 :] == long[at + 1 :] or (turned and short[at + 2 :] == long[at + 2 :])
