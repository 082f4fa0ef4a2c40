"""What is said of a shared log: what each end got, and what stays as it is."""

from collections.abc import Sequence

from kpicli.text import clipped, comma_list, plural, safe


def exchange_summary(pushed: int, pulled: int, *, is_dry: bool) -> str:
    """`3 pushed, 12 pulled`, or what would be."""
    would = "would be " if is_dry else ""
    return f"{pushed:,} {would}pushed, {pulled:,} {would}pulled"


def nothing_new_text(records: int) -> str:
    """Both ends have all."""
    return f"nothing new: both have {plural(records, 'record')}"


def unsealed_text(count: int) -> str:
    """Lines that nobody sealed."""
    lines, them = plural(count, "unsealed line"), "it was" if count == 1 else "they were"
    return f"{lines} not pushed: nobody can tell whether {them} changed (kpi verify)"


def sharing_line(url: str) -> str:
    """What is agreed to."""
    return f"  send its records to {safe(url)}, and take in what others recorded"


def strangers_text(unknown: Sequence[str], apart: Sequence[str], board: str) -> str:
    """Two logs that have no record in common, and what only one of them, or each apart, has."""
    which = "KPIs that are not defined here" if unknown else "the same KPIs and periods"
    what = f"but some of {which}: {clipped(comma_list(unknown or apart))}"
    return f"the board '{safe(board)}' at the remote has no record of this log, {what}"


STRANGERS_HINT = 'if it is the same board, add --yes; else name another: remote = "…?board=NAME"'
