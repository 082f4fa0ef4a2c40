"""Who could be advised as an owner."""

from collections import Counter

from kpicli.language.owner import is_group, is_nobody
from kpicli.model.kpi import Definitions, Kpi


def likely_owner(definitions: Definitions, kpi: Kpi) -> str:
    """The head of its area, else whoever answers for most of the board, else a place to fill in."""
    if kpi.area:
        return f"Head of {kpi.area}"
    owners = Counter(other.owner for other in definitions.kpis.values() if other.owner)
    names = (owner for owner, _ in owners.most_common() if owner)
    return next((name for name in names if not is_nobody(name) and not is_group(name)), "…")
