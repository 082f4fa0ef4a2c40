"""A line of TOML as a hint advises it."""

from collections.abc import Sequence

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def assignment(key: str, value: str | Sequence[str]) -> str:
    """`owner = "Head of Sales"`, `levers = ["prices"]`: what stands in the texts is escaped."""
    if isinstance(value, str):
        return f"{key} = {_quoted(value)}"
    return f"{key} = [{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
