"""What an interrupted write leaves of a line, whatever stands in it."""

import pytest

from kpicli.store.log.damage import is_torn
from tests.store.logs import line

LINES = {
    "a note": line("kpi_note", value=None, note='because é "', by="ann", about="mrr"),
    "a unit": line(value=3, unit="%", by="ann"),
    "a unit of any letters": line(value=-3, unit='m² "\\', by="ann"),
    "not applicable": line(value=None, skip=True, unit="kr", by="ann"),
    "all keys": line(value=3, unit="kr", by="ann", note="n", source="shop", replaces="none"),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_every_start_of_a_line_is_a_write_that_was_interrupted(line: bytes) -> None:
    assert [size for size in range(1, len(line) - 1) if not is_torn(line[:size])] == []


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_a_whole_line_and_one_of_another_order_are_none(line: bytes) -> None:
    assert not is_torn(line[:-1])
    assert not is_torn(line[:-2].replace(b',"at":', b',"note":"x","at":'))
