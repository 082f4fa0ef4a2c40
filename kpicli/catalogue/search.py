"""The KPIs that serve what a person wants, found by the words in which they say it."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf, log
from typing import NamedTuple

from kpicli.catalogue.term import Entry
from kpicli.language.stems import SearchWord, search_words
from kpicli.language.tokens import tokens

_KIN = 0.6
"""What a word of the same kind counts, against the word itself."""
_NAME, _GOAL, _TOLD, _BESIDE = 1.0, 1.0, 0.5, 0.3
"""What a word counts where it stands: names, goals, the explanation, and the rest."""
_NEXT = 0.98
"""What each goal counts against the one before it: the first is what a KPI is there for."""
_WHOLE = 1.5
"""What one name or goal that says it all adds, against the words that are found one by one."""
_CLOSE = 0.4
"""What is further behind the best than this is no answer."""


class MatchReason(NamedTuple):
    """What of the question led to a KPI: its words, and the name or goal that says most of them.

    `said` is empty where the words stand only in what explains it.
    """

    words: tuple[str, ...]
    said: str


class _Text(NamedTuple):
    """A text of an entry as it is searched, with what a word in it counts."""

    text: str
    weight: float
    stems: frozenset[str]
    kinds: frozenset[int]

    def holds(self, word: SearchWord) -> float:
        """How surely it says the word: 1, less for one of the same kind, 0."""
        if word.stem in self.stems:
            return 1.0
        return 0.0 if self.kinds.isdisjoint(word.kinds) else _KIN


def search(entries: Iterable[Entry], phrase: str) -> list[tuple[Entry, MatchReason]]:
    """The terms that answer a person's words, best first, each with why.

    Every word counts the more the fewer entries say it (Karen Spärck Jones, A Statistical
    Interpretation of Term Specificity, 1972), and a name or goal that says the whole adds to it;
    one that is the very phrase goes first, and that which names it earliest before others.
    """
    terms = [(entry, _texts(entry)) for entry in entries if not entry.is_input]
    asked = _rarity(dict.fromkeys(search_words(phrase)), [texts for _, texts in terms])
    scored = [(_score(asked, texts), entry, texts) for entry, texts in terms]
    least = _CLOSE * max((score for score, _, _ in scored), default=0)
    close = [one for one in scored if one[0] > 0 and one[0] >= least]
    ranked = sorted(close, key=lambda one: (_place(phrase, one[1]), -one[0], one[1].id))
    return [(entry, _why(asked, texts)) for _, entry, texts in ranked]


def _place(phrase: str, entry: Entry) -> float:
    """Where among its goals, which stand in order, the very phrase is; a name goes before these."""
    words = tokens(phrase)
    if any(tokens(name) == words for name in (entry.id.replace("_", " "), *entry.names)):
        return -1
    return next((at for at, goal in enumerate(entry.goals) if tokens(goal) == words), inf)


def _texts(entry: Entry) -> list[_Text]:
    told = [
        *((name, _NAME) for name in (entry.id.replace("_", " "), *entry.names)),
        *((goal, _GOAL * _NEXT**at) for at, goal in enumerate(entry.goals)),
        (entry.explains, _TOLD),
        *((lever, _BESIDE) for lever in entry.keys.get("levers", ())),
        (f"{entry.keys.get('definition', '')} {entry.area}", _BESIDE),
    ]
    return [_read(text, weight) for text, weight in told]


def _read(text: str, weight: float) -> _Text:
    said = search_words(text)
    kinds = frozenset(kind for word in said for kind in word.kinds)
    return _Text(text, weight, frozenset(word.stem for word in said), kinds)


def _rarity(
    words: Iterable[SearchWord], all_texts: Sequence[Sequence[_Text]]
) -> Mapping[SearchWord, float]:
    """What each word tells: more, the fewer entries hold it; one that none holds is no help."""
    count = {word: sum(_best(word, texts) > 0 for texts in all_texts) for word in words}
    return {
        word: word.weight * log(1 + len(all_texts) / some) for word, some in count.items() if some
    }


def _best(word: SearchWord, texts: Iterable[_Text]) -> float:
    return max((text.weight * text.holds(word) for text in texts), default=0)


def _score(asked: Mapping[SearchWord, float], texts: Sequence[_Text]) -> float:
    alone = sum(worth * _best(word, texts) for word, worth in asked.items())
    return alone + _WHOLE * max(_together(asked, text) for text in texts)


def _together(asked: Mapping[SearchWord, float], text: _Text) -> float:
    """What of the question one name or goal says, less where it says much else."""
    if text.weight <= _TOLD:
        return 0
    said = sum(worth * text.holds(word) for word, worth in asked.items())
    of_it = sum(text.holds(word) for word in asked) / max(len(text.stems), 1)
    return text.weight * said * min(of_it, 1)


def _why(asked: Mapping[SearchWord, float], texts: Sequence[_Text]) -> MatchReason:
    best = max(texts, key=lambda text: _together(asked, text))
    said = best.text if _together(asked, best) > 0 else ""
    return MatchReason(tuple(word.written for word in asked if _best(word, texts) > 0), said)
