"""What a rule found in a definition or its history: a value, never an exception."""

from typing import NamedTuple

from kpicli.model.check_settings import Severity as Severity  # noqa: PLC0414 - a finding has one


class Correction(NamedTuple):
    """A change of the definitions that is certain.

    Either a `sign` that goes before the text of a key, or a `value` in TOML of a key to be added.
    """

    path: tuple[str, ...]
    sign: str = ""
    value: str = ""


class Finding(NamedTuple):
    """One fault: the key it is about, from the top of the file, why, and what to write instead.

    `kpi` is the id of the KPI that it is about, or empty for the whole board. Code and name are
    the rule's own and are put in by whoever runs it, as is its severity where that is less.
    `default` is the line of `[defaults]` that answers it for all KPIs, where there is one. What
    `is_shared` is said once for the file, however few KPIs it is about.
    """

    path: tuple[str, ...]
    message: str
    hint: str = ""
    kpi: str = ""
    default: str = ""
    is_shared: bool = False
    correction: Correction | None = None
    code: str = ""
    name: str = ""
    severity: Severity = Severity.ERROR


class LocatedFinding(NamedTuple):
    """A finding, and where its key stands: line and column from 1, its length, and that line."""

    finding: Finding
    line: int
    column: int
    length: int = 0
    source: str = ""
