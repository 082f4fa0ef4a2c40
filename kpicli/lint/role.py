"""Who could be advised as an owner."""

from collections import Counter

from kpicli.language.owner import is_nobody
from kpicli.model.kpi import Definitions, Kpi


def likely_owner(definitions: Definitions, kpi: Kpi) -> str:
    """The head of its area, else whoever answers for most of the board, else a place to fill in."""
    if kpi.area:
        return f"Head of {kpi.area}"
    owners = Counter(other.owner for other in definitions.kpis.values() if other.owner)
    roles = (owner for owner, _ in owners.most_common() if owner and not is_nobody(owner))
    return next(roles, "…")
