"""What every test may ask for."""

from pathlib import Path

import pytest

from tests.installed import Kpi, Terminal


@pytest.fixture
def kpi(tmp_path: Path) -> Kpi:
    """`kpi("status", stdin=…, env=…, cwd=…)` runs the installed script in `tmp_path`."""
    return Kpi(tmp_path)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    r"""`terminal("record", columns=50, typed=[("Value?", "3\n")])` does so in a terminal."""
    return Terminal(tmp_path)
