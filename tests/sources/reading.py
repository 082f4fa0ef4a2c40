"""What a source makes of bytes: its rows, and its faults as a person reads them."""

from collections.abc import Iterable

from kpicli.errors import KpiError, ManyErrors
from kpicli.sources import Row, source


def found(name: str, content: str | bytes, delimiter: str | None = None) -> list[Row | KpiError]:
    raw = content.encode() if isinstance(content, str) else content
    return list(source(name).read(raw, "stdin", delimiter))


def rows(name: str, content: str | bytes, delimiter: str | None = None) -> list[Row]:
    both = found(name, content, delimiter)
    assert said(both) == []
    return [one for one in both if isinstance(one, Row)]


def faults(name: str, content: str | bytes, delimiter: str | None = None) -> list[str]:
    return said(found(name, content, delimiter))


def said(both: Iterable[Row | KpiError]) -> list[str]:
    return ManyErrors([one for one in both if isinstance(one, KpiError)]).lines()
