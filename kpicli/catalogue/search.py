"""The KPIs that serve what a person wants, found by the words in which they say it."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf, log

from kpicli.catalogue.term import Template
from kpicli.language.stems import SearchWord, search_words
from kpicli.language.tokens import tokens
from kpicli.noun import NamedTuple

_SYNONYM_WEIGHT = 0.6  # what a word of the same kind counts, against the word itself
_NAME_WEIGHT, _GOAL_WEIGHT, _EXPLANATION_WEIGHT, _REST_WEIGHT = 1.0, 1.0, 0.5, 0.3
"""What a word counts where it stands."""
_NEXT_GOAL = 0.98  # what each goal counts against the one before it: the first is its purpose
_PHRASE_WEIGHT = 1.5  # what a name or goal that says it all adds, against words found one by one
_SMALLEST_SHARE = 0.5  # an answer that scores less than this share of the best is none
_LEAST_UNDERSTOOD = 0.3  # of the weight of a question has to be understood for an answer


class MatchReason(NamedTuple):
    """What of the question led to a KPI: its words, and the name or goal that says most of them.

    `phrase` is empty where the words stand only in what explains it.
    """

    words: tuple[str, ...]
    phrase: str


class _Text(NamedTuple):
    """A text of a template as it is searched, with what a word in it counts."""

    text: str
    weight: float
    stems: frozenset[str]
    kinds: frozenset[int]

    def match(self, word: SearchWord) -> float:
        """How surely it says the word: 1, less for one of the same kind, 0."""
        if word.stem in self.stems:
            return 1.0
        return 0.0 if self.kinds.isdisjoint(word.kinds) else _SYNONYM_WEIGHT


def search(templates: Iterable[Template], phrase: str) -> list[tuple[Template, MatchReason]]:
    """The terms that answer a person's words, best first, each with the reason.

    Every word counts the more the fewer templates say it (Karen Spärck Jones, A Statistical
    Interpretation of Term Specificity, 1972), and a name or goal that says the whole adds to it;
    one that is the very phrase goes first, and that which names it earliest before others.
    """
    terms = [(template, _texts(template)) for template in templates if template.term]
    weights = _weights(dict.fromkeys(search_words(phrase)), [texts for _, texts in terms])
    understood = max((_understood(weights, texts) for _, texts in terms), default=0)
    if understood < _LEAST_UNDERSTOOD * sum(weights.values()):
        return []
    scores = {template.id: _score(weights, texts) for template, texts in terms}
    least = _SMALLEST_SHARE * max(scores.values(), default=0)
    matches = [(template, texts) for template, texts in terms if 0 < scores[template.id] >= least]
    matches.sort(key=lambda match: (_rank(phrase, match[0]), -scores[match[0].id], match[0].id))
    return [(template, _reason(weights, texts)) for template, texts in matches]


def _rank(phrase: str, template: Template) -> float:
    """Where among its goals, which stand in order, the very phrase is; a name goes before these."""
    words = tokens(phrase)
    if any(tokens(name) == words for name in (template.id.replace("_", " "), *template.names)):
        return -1
    return next((at for at, goal in enumerate(template.goals) if tokens(goal) == words), inf)


def _texts(template: Template) -> list[_Text]:
    weighted = [
        *((name, _NAME_WEIGHT) for name in (template.id.replace("_", " "), *template.names)),
        *((goal, _GOAL_WEIGHT * _NEXT_GOAL**at) for at, goal in enumerate(template.goals)),
        (template.explains, _EXPLANATION_WEIGHT),
        *((lever, _REST_WEIGHT) for lever in template.keys.get("levers", ())),
        (f"{template.keys.get('definition', '')} {template.area}", _REST_WEIGHT),
    ]
    return [_read(text, weight) for text, weight in weighted]


def _read(text: str, weight: float) -> _Text:
    words = search_words(text)
    kinds = frozenset(kind for word in words for kind in word.kinds)
    return _Text(text, weight, frozenset(word.stem for word in words), kinds)


def _weights(
    words: Iterable[SearchWord], texts_of_terms: Sequence[Sequence[_Text]]
) -> Mapping[SearchWord, float]:
    """What each word tells: more, the fewer templates hold it."""
    counts = {word: sum(_best(word, texts) > 0 for texts in texts_of_terms) for word in words}
    return {
        word: word.weight * log(1 + len(texts_of_terms) / max(count, 1))
        for word, count in counts.items()
    }


def _best(word: SearchWord, texts: Iterable[_Text]) -> float:
    return max((text.weight * text.match(word) for text in texts), default=0)


def _score(weights: Mapping[SearchWord, float], texts: Sequence[_Text]) -> float:
    return _word_score(weights, texts) + _PHRASE_WEIGHT * max(
        _phrase_score(weights, text) for text in texts
    )


def _word_score(weights: Mapping[SearchWord, float], texts: Sequence[_Text]) -> float:
    return sum(weight * _best(word, texts) for word, weight in weights.items())


def _understood(weights: Mapping[SearchWord, float], texts: Sequence[_Text]) -> float:
    """How much of the question names, goals and explanation say; a lever alone answers nothing."""
    telling = [text for text in texts if text.weight > _REST_WEIGHT]
    return _word_score(weights, telling)


def _phrase_score(weights: Mapping[SearchWord, float], text: _Text) -> float:
    """What of the question one name or goal says, less where it says much else."""
    if text.weight <= _EXPLANATION_WEIGHT:
        return 0
    score = sum(weight * text.match(word) for word, weight in weights.items())
    share = sum(text.match(word) for word in weights) / max(len(text.stems), 1)
    return text.weight * score * min(share, 1)


def _reason(weights: Mapping[SearchWord, float], texts: Sequence[_Text]) -> MatchReason:
    best = max(texts, key=lambda text: _phrase_score(weights, text))
    phrase = best.text if _phrase_score(weights, best) > 0 else ""
    return MatchReason(tuple(word.text for word in weights if _best(word, texts) > 0), phrase)
