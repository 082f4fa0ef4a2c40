"""The words of a record: which value is of which KPI, and the right order where it is another."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kpicli.errors import KpiError, or_none
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.period import Period, read_period
from kpicli.recording.draft import is_not_applicable

_LONGEST_PERIOD = 2  # words of a period, as in `October 2026`


class WordReader:
    """Reads words as `KPI VALUE` or `KPI=VALUE …`; a name or a value may be of several words.

    `note` is what was given as the note, the rest of which may stand among the words.
    """

    def __init__(self, definitions: Definitions, today: date, note: str = "") -> None:
        self.definitions, self.today, self.note = definitions, today, note

    def pairs(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """KPIs as they are named, each with its value; none where no value is given.

        Raises `KpiError` with the right order where the words are in another.
        """
        words = _without_spaces_around_equals(words)
        message = f"'{' '.join(words)}' is not KPI VALUE"
        if any(re.match("--[a-z]", word) for word in words):  # behind a `--` they are no options
            raise KpiError(message, hint=f"kpi record {_quoted(*words)}")
        is_name = bool(self._kpi(words)) and not any(self._pairs(words))  # and holds no value
        if "=" not in "".join(words) and (len(words) < 2 or is_name):
            self._require_no_period(words)
            return []
        assigned = [word for word in words if "=" in word]
        if len(assigned) == len(words):
            return [(name.strip(), value) for name, _, value in (w.partition("=") for w in words)]
        if assigned:
            raise self._misplaced(assigned, [word for word in words if "=" not in word])
        pair = next(self._pairs(words), None)
        is_in_order = pair is not None and self._is_value(*pair)
        if not is_in_order and (command := next(self._orders(words), None)):
            raise KpiError(message, hint=f"kpi record {command}")
        if pair is None:
            return [(words[0], " ".join(words[1:]))]
        return [(pair[0].id, pair[1])]

    def _pairs(self, words: Sequence[str]) -> Iterator[tuple[Kpi, str]]:
        """A KPI in front and the rest as its value, the longest name first."""
        for end in range(len(words) - 1, 0, -1):
            if kpi := self._kpi(words[:end]):
                yield kpi, " ".join(words[end:])

    def _orders(self, words: Sequence[str]) -> Iterator[str]:
        """What the words may have been meant to be, the likeliest first."""
        yield from (_shell(pair) for pair in self._swapped_pairs(words) if self._is_value(*pair))
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST_PERIOD, len(words)) + 1):
                rest = [*words[:start], *words[end:]]
                for pair in [*self._pairs(rest), *self._swapped_pairs(rest)]:
                    period = self._period(words[start:end], pair[0])
                    if period and self._is_value(*pair):
                        yield f"{_shell(pair)} --period {period}"
        if self.note:
            for end in range(len(words) - 1, 1, -1):
                for pair in self._pairs(words[:end]):
                    if self._is_value(*pair):
                        yield f"{_shell(pair)} {self._whole_note(words[end:])}"
        yield from self._several(words)

    def _swapped_pairs(self, words: Sequence[str]) -> Iterator[tuple[Kpi, str]]:
        for start in range(1, len(words)):
            if kpi := self._kpi(words[start:]):
                yield kpi, " ".join(words[:start])

    def _several(self, words: Sequence[str]) -> Iterator[str]:
        """`KPI VALUE KPI VALUE …`."""
        pairs = list(zip(words[::2], words[1::2], strict=False))
        if len(pairs) > 1 and len(words) % 2 == 0:
            kpis = [self._kpi([name]) for name, _ in pairs]
            if all(
                kpi and self._is_value(kpi, pair[1]) for kpi, pair in zip(kpis, pairs, strict=True)
            ):
                yield " ".join(_quoted(f"{name}={value}") for name, value in pairs)

    def _require_no_period(self, words: Sequence[str]) -> None:
        """Raise `KpiError` for a period in the place of a KPI."""
        calendar = self.definitions.calendar
        if words and not self._kpi(words) and (at := or_none(read_period, words[0], calendar)):
            message = f"'{words[0]}' is a period, not a KPI"
            raise KpiError(message, hint=f"kpi record --period {at}")

    def _misplaced(self, assigned: Sequence[str], others: Sequence[str]) -> KpiError:
        """What to say of words beside `KPI=VALUE`."""
        kpi = self._kpi([assigned[0].partition("=")[0]])
        if kpi and (period := self._period(others, kpi)):
            message = f"'{' '.join(others)}' is a period"
            return KpiError(message, hint=f"kpi record {_quoted(*assigned)} --period {period}")
        if kpi and self.note:
            hint = f"kpi record {_quoted(*assigned)} {self._whole_note(others)}"
            return KpiError(f"'{' '.join(others)}' is not KPI=VALUE", hint=hint)
        return KpiError("several KPIs at once are given as KPI=VALUE", hint="kpi record a=1 b=2")

    def _whole_note(self, rest: Sequence[str]) -> str:
        return f"--note {_quoted(' '.join([self.note, *rest]))}"

    def _kpi(self, words: Sequence[str]) -> Kpi | None:
        return self.definitions.kpi_named(" ".join(words)) if words else None

    def _is_value(self, kpi: Kpi, text: str) -> bool:
        mark = self.definitions.shown_mark
        return is_not_applicable(text) or or_none(read_quantity, text, mark, kpi.unit) is not None

    def _period(self, words: Sequence[str], kpi: Kpi) -> Period | None:
        from kpicli.model.notation.period import named_period

        text, calendar = " ".join(words), kpi.calendar
        return or_none(named_period, text, kpi.frequency, self.today, calendar=calendar)


def _quoted(*words: str) -> str:
    from shlex import join

    return join(words)


def _shell(pair: tuple[Kpi, str]) -> str:
    return f"{pair[0].id} {_quoted(pair[1])}"


def _without_spaces_around_equals(words: Sequence[str]) -> list[str]:
    """`churn = 2.1%` as one word."""
    whole: list[str] = []
    for word in words:
        if whole and (whole[-1].endswith("=") or (word[:1] == "=" and "=" not in whole[-1])):
            whole[-1] += word
        else:
            whole.append(word)
    return whole
