"""Values of `${NAME}`, filled in where a source needs them, and kept out of every message."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, quote_plus, unquote

from kpicli.errors import KpiError
from kpicli.text import hide_password, passwords_in

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SECRET_NAME = re.compile("PASS|SECRET|TOKEN|CREDENTIAL|API_?KEY|PRIVATE", re.IGNORECASE)
"""What variables are called that hold a secret, whoever reads them."""
_PASSWORD_PLACE = re.compile(r"(?i)(?:://[^/@?#\s]*:@|[?&](?:pass|passwd|password|pwd)=[&#]?)\Z")
"""Where a password of a URL stands: what is in front of it, and one character behind it."""
_NOT_OF_A_URL = re.compile(r"[@/?#&\s]|%(?![0-9A-Fa-f]{2})")
"""What a password that is written for a URL can't hold."""
_SHORTEST = 4  # characters of one that can be told from a word; each shorter one is filled in


class Secrets:
    """What no message may say: values that were filled in, and what is called a secret."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._values = {
            value
            for name, value in environment.items()
            if _SECRET_NAME.search(name) and len(value) >= _SHORTEST
        }

    def fill(self, text: str) -> str:
        """The text with its variables; raises `KpiError` for one that is not set.

        A password in a URL is put in as it is written there.
        """

        def filled_in(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self._environment:
                raise KpiError(f"the variable {name} is not set", hint=f"export {name}=…")
            value = self._environment[name]
            self._values.add(value)
            is_password = _PASSWORD_PLACE.search(text[: match.start()] + text[match.end() :][:1])
            is_raw = is_password and _NOT_OF_A_URL.search(value)
            return quote(value, safe="", errors="surrogateescape") if is_raw else value

        filled = _VARIABLE.sub(filled_in, text)
        self._values |= passwords_in(filled)
        return filled

    def hide(self, text: str) -> str:
        """The text without any of them, however a driver spells them."""
        spellings = {spelling for value in self._values for spelling in _spellings(value)}
        for spelling in sorted(spellings, key=len, reverse=True):
            text = text.replace(spelling, "***")
        return hide_password(text)


def _spellings(value: str) -> Iterator[str]:
    """As it is, as Python shows it, as a URL has it, and each line of it."""
    for part in {value, value.strip(), *value.split()}:
        if part:
            yield from (part, repr(part)[1:-1], unquote(part))
            yield from (each(part, "", errors="surrogateescape") for each in (quote, quote_plus))
