"""A record in the unit that its KPI has today, or the reason why it can't be."""

from typing import TYPE_CHECKING

from kpicli.model.notation.duration import convert
from kpicli.model.number import to_decimal
from kpicli.model.record import LogLine, Record
from kpicli.model.unit import is_same_unit
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue


def in_unit(record: Record, unit: str) -> Record:
    """The record in another unit, where it can be; else as it is."""
    if record.value is None or is_same_unit(record.unit, unit):
        return record._replace(unit=unit)
    number = convert(record.value, record.unit, unit)
    if number is None:
        return record
    value = to_decimal(number)
    exact = None if value == number else number
    return record._replace(value=value, unit=unit, exact=exact)


def unit_issue(line: LogLine, unit: str) -> "LogIssue":
    """That a line is in another unit than its KPI is in today."""
    from kpicli.model.log_issue import IssueKind, LogIssue

    own = f"in {safe(unit)}" if unit else "without a unit"
    message = f"recorded in {safe(line.unit)}, defined {own}"
    return LogIssue(IssueKind.UNIT, line.file, line.number, message)
