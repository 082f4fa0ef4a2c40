"""What an editor holds a notation against, from the JSON Schema; see `Notation`."""

_SPACE = "[ \u00a0\u202f]*"
_DIGITS = "[0-9]+(?:[.,_ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]+)?[kM]?"
"""A number without its sign, whichever the decimal mark."""

_AFTER = (
    rf"(?!{_SPACE}(?:[+0-9.,<>=≤≥_]|[-−](?![) \u00a0\u202f]|$|[A-Za-z]))"
    r"|[eE][-+]?[0-9]|[Km](?:[ \u00a0\u202f%]|$))"
)
"""Behind a number stands nothing, a unit, or the minus of an account."""

_CURRENCY = r"(?:[A-Za-z]{1,3}(?:\$|\.[ \u00a0\u202f])?|[^0-9A-Za-z.,<>=≤≥]+)*"
_NUMBER = rf"{_CURRENCY}{_DIGITS}{_AFTER}"
"""A number with what may stand in front of it."""

QUANTITY = rf"^{_NUMBER}"
TARGET = (
    r"^(?![^0-9]*\+[^%]*$)(?:[A-Za-z]{1,3}(?:\$|\.[ \u00a0\u202f])?|[^0-9A-Za-z.,]+)*"
    rf"{_DIGITS}(?:[^0-9A-Za-z.]*\.\.{_NUMBER}|{_AFTER})"
)
TOLERANCE = rf"^(?![^0-9]*[-−][0.,_ \u00a0\u202f]*[1-9]){_NUMBER}"
UNIT = r"^[^-+−0-9.,<>=≤≥_ \u00a0\u202f]"
"""How a unit begins."""
