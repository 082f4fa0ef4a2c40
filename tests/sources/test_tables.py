"""Real-looking tables, each imported with one command; how many need no flag at all."""

import gzip

import pytest

from tests.commands.recording import values
from tests.installed import Kpi
from tests.sources.tables import BOARD, TABLES, Table

by_name = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


def written(kpi: Kpi, table: Table) -> None:
    (kpi.folder / "kpis.toml").write_text(BOARD)
    (kpi.folder / table.name).write_bytes(table.content.encode(table.encoding))


@by_name
def test_a_table_goes_in_with_one_command_and_a_second_time_says_nothing_new(
    kpi: Kpi, table: Table
) -> None:
    written(kpi, table)
    run = kpi("import", table.name, *table.words)
    assert (run.code, run.out) == (0, ""), run.err
    before = (kpi.folder / "kpis.jsonl").read_bytes()
    assert sorted(values(kpi.folder / "kpis.jsonl")) == sorted(table.expected)
    assert kpi("import", table.name, *table.words).code == 0
    assert (kpi.folder / "kpis.jsonl").read_bytes() == before


def test_seventeen_of_twenty_need_no_flag() -> None:
    bare = [name for name, table in TABLES.items() if not table.words]
    assert len(TABLES) >= 20
    assert len(bare) / len(TABLES) >= 17 / 24
    assert len(bare) >= 17


@by_name
def test_the_source_that_explain_writes_reads_the_same(kpi: Kpi, table: Table) -> None:
    written(kpi, table)
    run = kpi("import", table.name, *table.words, "--explain")
    assert run.code == 0, run.err
    assert not (kpi.folder / "kpis.jsonl").exists()
    block = run.out[run.out.index("[sources.") :]
    name = block.partition("]")[0].removeprefix("[sources.")
    (kpi.folder / "kpis.toml").write_text(f"{BOARD}\n{block}", "utf-8")
    again = kpi("import", "--source", name, *(["--yes"] if "--yes" in table.words else []))
    assert (again.code, again.out) == (0, ""), again.err + block
    assert sorted(values(kpi.folder / "kpis.jsonl")) == sorted(table.expected)


def test_a_gzipped_table_is_read(kpi: Kpi) -> None:
    table = TABLES["shop, Norwegian spreadsheet"]
    written(kpi, table)
    packed = gzip.compress((kpi.folder / table.name).read_bytes())
    (kpi.folder / "omsetning.csv.gz").write_bytes(packed)
    assert kpi("import", "omsetning.csv.gz").code == 0
    assert sorted(values(kpi.folder / "kpis.jsonl")) == sorted(table.expected)


def test_what_was_seen_is_said_in_one_line(kpi: Kpi) -> None:
    table = TABLES["shop, Norwegian spreadsheet"]
    written(kpi, table)
    assert kpi("import", table.name).err == (
        "read as: semicolons, Windows-1252, comma decimals, Måned = period; "
        "2 lines above the header and the row «Sum» ignored\n"
        "5 new, 0 already recorded, 1 empty\n"
    )
