"""What is judged by words alone is kept for these very definitions, and says the same again."""

import json
from pathlib import Path

from tests.commands.judged import FAULTY, checked, found
from tests.installed import Kpi

WORDS = """\
[kpis.quality]
name = "Quality"
owner = "everyone"
[kpis.trained]
name = "Staff trained"
target = 9
[kpis.arr]
name = "Annual recurring revenue"
[kpis.cost]
name = "Complaints and returns"
target = 3
"""


def test_a_second_check_says_what_the_first_and_one_without_a_memory_say(
    kpi: Kpi, tmp_path: Path
) -> None:
    (tmp_path / "kpis.toml").write_text(FAULTY + WORDS.replace("quality", "good"))
    first = checked(kpi)
    (kept,) = (tmp_path / "cache/kpi/findings-1").iterdir()
    content = kept.read_bytes()
    assert checked(kpi).out == first.out
    assert kept.read_bytes() == content
    kept.write_bytes(content[:-1] + b"?")
    assert checked(kpi).out == first.out
    assert kept.read_bytes() == content
    assert kpi("check", "--as-of", "2026-11-05", env={"KPI_CACHE": "off"}).out == first.out


def test_definitions_that_have_changed_are_judged_anew(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(FAULTY)
    assert "S01" in found(checked(kpi, "--select", "S01"))
    (tmp_path / "kpis.toml").write_text(FAULTY.replace('"Quality"', '"Share of orders returned"'))
    assert "S01" not in found(checked(kpi, "--select", "S01"))


def test_where_a_key_stands_is_kept_for_the_very_text_that_it_stands_in(
    kpi: Kpi, tmp_path: Path
) -> None:
    (tmp_path / "kpis.toml").write_text(FAULTY)
    first = places(kpi)
    (kept,) = (tmp_path / "cache/kpi/places-1").iterdir()
    content = kept.read_bytes()
    assert places(kpi) == first
    assert kept.read_bytes() == content
    (tmp_path / "kpis.toml").write_text(f"\n\n{FAULTY}")
    assert places(kpi) == [(line + 2, column) for line, column in first]


def places(kpi: Kpi) -> list[tuple[int, int]]:
    """Line and column of each finding of definitions that say nothing at their top."""
    found = json.loads(checked(kpi, "--format", "json").out)["findings"]
    return [(one["line"], one["column"]) for one in found if one["kpi"]]
