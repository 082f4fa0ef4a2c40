"""The way that a text says is better: `The longer, the better`, `should be as low as possible`."""

from kpicli.language.concept import expression, words_of
from kpicli.language.tokens import begins_phrase, has_token, tokens
from kpicli.model.target import Direction

_BEGINNING = r"(?:^|[;.,:()\u2013\u2014]|\s[-\u2212]\s)\s*(?:[\w'\u2019]+\s){0,2}?"
_MORE, _LESS = "direction.greater", "direction.smaller"
_BETWEEN = r"[\s,]+((?:[\w'\u2019]+[\s,]+){0,9}?)"
_COMPARISON = (
    rf"{_BEGINNING}\b(<{_MORE} {_LESS}>)\b{_BETWEEN}(?:<direction.better direction.worse>)\b"
)
_BEST = r"\b(\d+)\W{1,3}(?:<direction.best>)\b"
"""The best end of a scale: `1-7 (best)`, `1 = bad, 5 = excellent`."""
_EXTREME = "direction.high direction.low"
_POSSIBLE = (
    rf"\b(<{_EXTREME}>)\s(?:(?:<direction.as>)\s){{0,2}}(?:<direction.possible>)\b"
    rf"|\b(?:<direction.utmost>)\s(<{_EXTREME}>)\b"
)
_WISH = (
    rf"\b(?:<direction.modals>)\s(?:\w+\s){{0,2}}?(<{_EXTREME} direction.rising direction.falling>)"
    r"\s*(?:$|[;.,:)])"
)


def stated_direction(text: str) -> Direction | None:
    """Which way is better, where the text says it outright."""
    if best := expression(_BEST, text).search(text):
        return Direction.LOWER if best[1] in {"0", "1"} else Direction.HIGHER
    is_compared = has_token(text, words_of("direction.better", "direction.worse"))
    if is_compared and (comparison := expression(_COMPARISON, text).search(text)):
        is_more = comparison[1].casefold() in words_of(_MORE)
        is_turned = not words_of("direction.low").isdisjoint(tokens(comparison[2]))
        is_worse = tokens(comparison[0])[-1] in words_of("direction.worse")
        return Direction.HIGHER if is_more is (is_turned is is_worse) else Direction.LOWER
    is_possible = has_token(text, words_of("direction.possible", "direction.utmost"))
    said = expression(_POSSIBLE, text).search(text) if is_possible else None
    if not said and begins_phrase(text, "direction.modals"):
        said = expression(_WISH, text).search(text)
    if said is None:
        return None
    word = next(filter(None, said.groups())).casefold()
    is_more = word in words_of("direction.high", "direction.rising")
    return Direction.HIGHER if is_more else Direction.LOWER
