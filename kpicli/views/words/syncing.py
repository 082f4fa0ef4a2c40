"""What is said of a shared log: what each end got, and what stays as it is."""

from kpicli.text import plural, safe


def summary(pushed: int, pulled: int, *, is_dry: bool) -> str:
    """`3 pushed, 12 pulled`, or what would be."""
    would = "would be " if is_dry else ""
    return f"{pushed:,} {would}pushed, {pulled:,} {would}pulled"


def nothing_new_text(records: int) -> str:
    """Both ends have all."""
    return f"nothing new: both have {plural(records, 'record')}"


def unsealed_text(count: int) -> str:
    """Lines that nobody sealed."""
    lines = plural(count, "unsealed line")
    return f"{lines} not pushed: nobody can tell whether they were changed; kpi verify names them"


def sharing_line(url: str) -> str:
    """What is agreed to."""
    return f"  send its records to {safe(url)}, and take in what others recorded"


def strangers_text(records: int, board: str) -> str:
    """Two logs that have nothing in common."""
    which = f"the board '{safe(board)}' at the remote"
    return f"{which} has {plural(records, 'record')}, all of KPIs that are not defined here"


STRANGERS_HINT = 'if it is the same board, add --yes; else name another: remote = "…?board=NAME"'
