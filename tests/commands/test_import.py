"""`kpi import` as it is run: what is written, and what is said about it."""

from pathlib import Path

import pytest

from tests.commands.recording import TOML, lines, recorded, values
from tests.installed import Kpi, Run

HEAD = "kpi,period,value\n"
TWO = f"{HEAD}revenue,2020-10,480000\nchurn,2020-10,4.20\n"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def imported(kpi: Kpi, content: str, *args: str) -> Run:
    return kpi("import", "-", *args, stdin=content)


@pytest.mark.parametrize(
    ("content", "args", "expected"),
    [
        pytest.param(TWO, [], ["revenue 2020-10 480000", "churn 2020-10 4.20"], id="long"),
        pytest.param(
            "period,revenue,churn\n2020-09,,4\n2020-10,480k,\n",
            [],
            ["churn 2020-09 4", "revenue 2020-10 480000"],
            id="wide, nothing measured where a cell is empty",
        ),
        pytest.param(
            "kpi\tperiod\tvalue\nchurn\t2020-10\t4.2 %\n", [], ["churn 2020-10 4.2"], id="tabs"
        ),
        pytest.param(
            '{"kpi":"churn","period":"2020-10","value":4.20}\n'
            '{"kpi":"revenue","period":"2020-10","value":"480,000 kr","note":"why"}\n',
            [],
            ["churn 2020-10 4.20", "revenue 2020-10 480000"],
            id="JSON Lines",
        ),
        pytest.param(
            "kpi;period;value\nrevenue;2020-10;480.000,5\n",
            ["--delimiter", ";", "--decimal", ","],
            ["revenue 2020-10 480000.5"],
            id="semicolons and a decimal comma",
        ),
        pytest.param(
            f'{HEAD}profit,2020-10,"-$1,200"\nprofit,2020-09,−900\n',
            [],
            ["profit 2020-10 -1200", "profit 2020-09 -900"],
            id="negative, with a currency",
        ),
        pytest.param(f"{HEAD}gain,2020-10,500\n", [], ["profit 2020-10 500"], id="by a former id"),
        pytest.param(
            f"{HEAD}revenue,2020-10-01,5\nrevenue,2020-10-02,6\nvisits,2020-W44,7\n",
            [],
            ["revenue 2020-10-01 5", "revenue 2020-10-02 6", "visits 2020-W44 7"],
            id="parts of a period, and a week",
        ),
        pytest.param(
            f"{HEAD}churn,2020-10,4\nchurn,2020-10,4.0\n", [], ["churn 2020-10 4"], id="said twice"
        ),
        pytest.param(
            f'\ufeff{HEAD.replace(",", " , ")}\r\nchurn,2020-10,"4"\r\n',
            [],
            ["churn 2020-10 4"],
            id="a byte order mark, spaces, a blank line, line ends of Windows",
        ),
    ],
)
def test_what_a_file_says_is_recorded(
    kpi: Kpi, log: Path, content: str, args: list[str], expected: list[str]
) -> None:
    run = imported(kpi, content, *args)
    assert (run.code, run.out) == (0, "")
    assert f"{len(expected)} new, 0 already recorded" in run.err
    assert values(log) == expected


@pytest.mark.parametrize(
    ("name", "content", "args"),
    [
        ("numbers.csv", TWO, []),
        ("NUMBERS.CSV", TWO, []),
        ("numbers.tsv", TWO.replace(",", "\t"), []),
        ("numbers.txt", TWO, []),
        ("numbers.txt", TWO.replace(",", "\t"), []),
        ("numbers.jsonl", TWO, ["--format", "csv"]),
        ("a folder/nümbers", '{"kpi":"churn","period":"2020-10","value":4}', []),
    ],
)
def test_a_file_is_told_by_its_name_else_by_its_looks(
    kpi: Kpi, log: Path, name: str, content: str, args: list[str]
) -> None:
    file = kpi.folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, "utf-8")
    assert kpi("import", name, *args).code == 0
    assert "churn 2020-10 4" in values(log)[-1]
    assert file.read_text("utf-8") == content


def test_all_of_an_import_is_one_write(kpi: Kpi, log: Path) -> None:
    assert imported(kpi, TWO, "--by", "finance").code == 0
    assert len({(line["at"], line["by"]) for line in lines(log)}) == 1
    assert lines(log)[0]["by"] == "finance"


def test_a_row_may_say_why_and_who(kpi: Kpi, log: Path) -> None:
    content = "kpi,period,value,note,by\nchurn,2020-10,4,=1+1 «x»,ann\nrevenue,2020-10,5,,\n"
    assert imported(kpi, content, "--yes").code == 0
    assert [(line.get("by"), line.get("note")) for line in lines(log)] == [
        ("ann", "=1+1 «x»"),
        ("tester", None),
    ]


def test_a_second_time_nothing_is_written(kpi: Kpi, log: Path) -> None:
    imported(kpi, TWO)
    before = log.read_bytes()
    run = imported(kpi, TWO)
    assert (run.code, run.err) == (0, "0 new, 2 already recorded\n")
    assert log.read_bytes() == before


def test_what_is_new_changed_and_known_is_counted(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    recorded(kpi, "profit", "1200")
    content = f"{HEAD}churn,2020-10,4.0\nprofit,2020-10,1300\nrevenue,2020-10,480000\n"
    run = imported(kpi, content, "--yes")
    assert (run.code, run.err) == (0, "1 new, 1 changed, 1 already recorded\n")
    assert values(log)[2:] == ["profit 2020-10 1300", "revenue 2020-10 480000"]


def test_the_same_value_with_a_new_note_keeps_the_note(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    assert imported(kpi, "kpi,period,value,note\nchurn,2020-10,4,counted again\n").code == 0
    assert lines(log)[-1]["note"] == "counted again"


def test_a_dry_run_says_what_would_be_recorded_and_writes_nothing(kpi: Kpi, log: Path) -> None:
    run = imported(kpi, TWO, "--dry-run")
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        "dry run: Monthly Revenue 2020-10: 480,000 kr\n"
        "dry run: Churn 2020-10: 4.20%\n"
        "dry run: 2 new, 0 already recorded\n"
    )
    assert not log.exists()
    recorded(kpi, "churn", "4")
    before = log.read_bytes()
    again = imported(kpi, f"{HEAD}churn,2020-10,3\n", "--dry-run", "--yes")
    assert again.err == (
        "dry run: Churn 2020-10: 3%; was 4%\ndry run: 0 new, 1 changed, 0 already recorded\n"
    )
    assert log.read_bytes() == before


def test_quiet_says_nothing(kpi: Kpi, log: Path) -> None:
    run = imported(kpi, TWO, "-q")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert len(values(log)) == 2


@pytest.mark.parametrize(
    "args",
    [
        ["--delimiter", ";", "--decimal", ",", "import", "-"],
        ["-f", "kpis.toml", "--by", "ann", "import", "--delimiter=;", "-", "--decimal=,"],
        ["import", "-", "--delimiter", ";", "--decimal", ",", "--file", "kpis.toml"],
    ],
)
def test_options_stand_before_the_command_or_anywhere_after(
    kpi: Kpi, log: Path, args: list[str]
) -> None:
    assert kpi(*args, stdin="kpi;period;value\nchurn;2020-10;4,2\n").code == 0
    assert values(log) == ["churn 2020-10 4.2"]


def test_the_decimal_mark_of_the_definitions_is_that_of_a_table(
    kpi: Kpi, board: Path, log: Path
) -> None:
    board.write_text('decimal = ","\n' + TOML.replace("500,000 kr", "500.000 kr"))
    content = 'kpi,period,value\nchurn,2020-10,"4,2"\nrevenue,2020-10,480.000\n'
    assert imported(kpi, content).code == 0
    in_json = '{"kpi":"profit","period":"2020-10","value":4.2}\n'
    assert imported(kpi, in_json, "--yes").code == 0
    points = f"{HEAD}churn,2020-09,4.1\n"
    assert imported(kpi, points, "--decimal", ".").code == 0
    assert values(log) == [
        *("churn 2020-10 4.2", "revenue 2020-10 480000", "profit 2020-10 4.2"),
        "churn 2020-09 4.1",
    ]


def test_in_a_folder_log_the_rows_go_to_the_writers_own_file(kpi: Kpi, board: Path) -> None:
    board.write_text('log = "kpis.log/"\n' + TOML)
    assert imported(kpi, TWO, "--by", "ann").code == 0
    (file,) = (kpi.folder / "kpis.log").iterdir()
    assert file.name.startswith("ann-")
    assert len(values(file)) == 2
    assert imported(kpi, TWO, "--by", "bob").err == "0 new, 2 already recorded\n"


def test_damage_elsewhere_is_said_and_stops_nothing(kpi: Kpi, log: Path) -> None:
    log.write_text('{"kpi":"churn","period":"2019-01"}\n')
    run = imported(kpi, TWO)
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("kpis.jsonl:1: at must be UTC")
    assert run.err.endswith("\n2 new, 0 already recorded\n")


def test_a_damaged_actual_is_healed_whatever_the_value(kpi: Kpi, log: Path) -> None:
    log.write_text('{"kpi":"churn","period":"2020-10","value":"4","at":"2020-11-02T08:00:00Z"}\n')
    assert imported(kpi, f"{HEAD}churn,2020-10,4\n").code == 0
    assert kpi("history", "churn").out.startswith("Churn  2020-10  4%")


def test_many_rows_are_one_write(kpi: Kpi, board: Path, log: Path) -> None:
    board.write_text("".join(f'[kpis.k{at}]\nfrequency = "yearly"\n' for at in range(200)))
    rows = [f"k{at},20{year:02},{at + 1}.5\n" for at in range(200) for year in range(5)]
    content = HEAD + "".join(rows)
    assert imported(kpi, content).err == "1,000 new, 0 already recorded\n"
    assert len({line["at"] for line in lines(log)}) == 1
    assert imported(kpi, content).err == "0 new, 1,000 already recorded\n"
