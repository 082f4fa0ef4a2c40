"""What every test of a bad day may ask for."""

import pytest

from tests.failures.board import DEFINITIONS, GOOD, Board
from tests.installed import Kpi


@pytest.fixture
def board(kpi: Kpi) -> Board:
    """Two monthly KPIs and three good records, in the folder of the test."""
    made = Board(kpi)
    made.define(DEFINITIONS)
    made.log.write_bytes(b"".join(GOOD))
    return made
