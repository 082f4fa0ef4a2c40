"""How many distributions a plain install of kpi brings along."""

from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MOST = 13


def test_a_plain_install_is_small() -> None:
    found = brought_by("kpicli")
    assert {"typer", "rich", "pydantic", "tomli-w"} <= found
    assert len(found) <= MOST, sorted(found)


def brought_by(distribution: str) -> set[str]:
    """All that a distribution requires here without extras, and what that requires in turn."""
    found: set[str] = set()
    waiting = [distribution]
    while waiting:
        for text in requires(waiting.pop()) or ():
            required = Requirement(text)
            name = str(canonicalize_name(required.name))
            is_here = required.marker is None or required.marker.evaluate({"extra": ""})
            if is_here and name not in found:
                found.add(name)
                waiting.append(name)
    return found
