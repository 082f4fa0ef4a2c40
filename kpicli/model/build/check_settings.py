"""Build the settings of the check out of their table, and name every fault of them."""

from collections.abc import Mapping
from typing import Any

from kpicli.errors import Fault
from kpicli.model.check_settings import MOST_KPIS, CheckSettings, Severity


def build_settings(table: Mapping[str, Any], faults: list[Fault]) -> CheckSettings:
    """The settings, without the keys that are at fault; shapes are taken as checked before."""
    keys: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    for key in ("top_level", "beneath"):
        if not 1 <= table.get(key, 1) <= MOST_KPIS:
            message = f"must be a number from 1 to {MOST_KPIS:,}"
            faults.append(Fault(("check", key), message))
            del keys[key]
    severities = keys.pop("severity", {})
    weights = {code: Severity(word) for code, word in severities.items()}
    return CheckSettings(**keys, severity=weights)
