"""Which units are money, and what the money of a board is."""

from collections import Counter
from collections.abc import Iterable
from unicodedata import category

from kpicli.model.kpi import Kpi
from kpicli.plugins import split

CURRENCY = "currency"  # what the catalogue writes for the money of whoever uses it

_CODES_AND_NAMES = frozenset(
    split(
        """
        kr, euro, euros, dollar, dollars, pounds, aud, bgn, brl, cad, chf, clp, cny, cop, czk, dkk,
        egp, eur, gbp, ghs, hkd, huf, idr, ils, inr, isk, jpy, kes, krw, mad, mxn, myr, ngn, nok,
        nzd, pen, php, pkr, pln, ron, rub, sar, sek, sgd, thb, try, twd, uah, usd, vnd, zar, zł, ft,
        kč, lei
        """
    )
)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, by its sign, its code or what people call it."""
    sign = unit.rstrip(".").casefold()
    return sign in _CODES_AND_NAMES or any(category(char) == "Sc" for char in unit)


def money_of(kpis: Iterable[Kpi]) -> str:
    """The currency that most of the KPIs are in, or nothing."""
    units = Counter(kpi.unit for kpi in kpis if is_money(kpi.unit))
    return units.most_common(1)[0][0] if units else ""
