"""The CSV of `kpi history` given to `kpi import`: elsewhere, and where it comes from."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.commands.corrected import CORRECTED, STANDING, told
from tests.commands.shop import TOML
from tests.installed import Kpi, Run


@pytest.fixture(autouse=True)
def log(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    path = tmp_path / "kpis.jsonl"
    path.write_text(CORRECTED)
    return path


def status(kpi: Kpi, folder: Path) -> Run:
    run = kpi("status", "--json", "--as-of", "2026-11-05", cwd=folder)
    assert run.code == 0
    return run


def moved(kpi: Kpi, content: str, toml: str) -> Path:
    """Another project with the same definitions, and no log."""
    folder = kpi.folder / "moved"
    folder.mkdir()
    (folder / "kpis.toml").write_text(toml)
    run = kpi("import", "-", stdin=content, cwd=folder)
    assert run.code == 0, run.err
    return folder


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("", ""), id="as it is"),
        pytest.param(("500,000", "500.000"), id="with a decimal comma"),
        pytest.param(('title = "Shop"', 'title = "Shop"\nlog = "kpis.log/"'), id="in a folder"),
    ],
)
def test_the_csv_of_it_makes_the_same_status_elsewhere(kpi: Kpi, change: tuple[str, str]) -> None:
    toml = TOML.replace(*change)
    if change[0].startswith("500"):
        toml = f'decimal = ","\n{toml}'
    if "log" in change[1]:
        (kpi.folder / "kpis.log").mkdir()
        (kpi.folder / "kpis.jsonl").rename(kpi.folder / "kpis.log" / "old.jsonl")
    (kpi.folder / "kpis.toml").write_text(toml)
    flags = ["--decimal", ","] if change[0].startswith("500") else []
    run = kpi("history", "--format", "csv", *flags)
    folder = moved(kpi, run.out, toml)
    assert status(kpi, folder).out == status(kpi, kpi.folder).out
    assert told(kpi) == STANDING
    assert kpi("history", "--json", cwd=folder).out == kpi("history", "--json").out
    again = kpi("import", "-", stdin=run.out, cwd=folder)
    assert again.err.endswith("0 new, 7 already recorded\n")


def test_the_csv_of_every_record_keeps_what_was_replaced_and_taken_back(
    kpi: Kpi, log: Path
) -> None:
    log.write_text(log.read_text().replace('{"kpi":"gone"', '{"kpi":"margin"').replace("\\n", " "))
    folder = moved(kpi, kpi("history", "--all", "--format", "csv").out, TOML)
    assert status(kpi, folder).out == status(kpi, kpi.folder).out
    assert told(kpi, "--all")[-1] == "margin 2026-10 7"
    columns = ("history", "--all", "--format", "plain")
    assert kpi(*columns, cwd=folder).out == kpi(*columns).out


@pytest.mark.parametrize("all_of_it", [[], ["--all"]])
def test_the_csv_of_it_is_nothing_new_where_it_comes_from(
    kpi: Kpi, log: Path, all_of_it: list[str]
) -> None:
    """Lines without a seal, with former ids, other keys and offsets say the same as their rows."""
    log.write_text(
        log.read_text().replace('"gone"', '"margin"').replace('"by":"bob"', '"by":"bob","x":1')
    )
    before = log.read_bytes()
    content = kpi("history", "--format", "csv", *all_of_it).out
    run = kpi("import", "-", stdin=content)
    assert (run.code, run.err) == (0, f"0 new, {content.count(chr(10)) - 1} already recorded\n")
    assert log.read_bytes() == before


@pytest.mark.parametrize("args", [[], ["--all"]], ids=["what stands", "every record"])
def test_the_json_of_it_is_read_again_as_json_lines(kpi: Kpi, args: list[str]) -> None:
    records = json.loads(kpi("history", "revenue", "--json", *args).out, parse_float=Decimal)
    lines = "".join(json.dumps(row, default=float) + "\n" for row in records["records"])
    run = kpi("import", "-", stdin=lines)
    assert (run.code, run.err) == (0, f"0 new, {len(records['records'])} already recorded\n")
