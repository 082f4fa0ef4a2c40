"""The lines for cron: each is one that cron takes, and its command is run."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.examples.boards import OFF_TARGET, ON_TARGET, write_board
from tests.installed import SECONDS, environment
from tests.render.formats.calendars import read_calendar

ROOT = Path(__file__).parents[2]
CRONTAB = ROOT / "examples" / "crontab"
LINES = CRONTAB.read_text(encoding="utf-8").splitlines()
FIELDS = r"(?:[0-9*]+(?:-[0-9])? ){5}"
COMMANDS = [re.sub(FIELDS, "", line, count=1).strip() for line in LINES if re.match(FIELDS, line)]
GAUGES, CALENDAR, MAILED, KEPT, URGENT = COMMANDS


def run(command: str, folder: Path) -> str:
    """What cron would mail of a command, with its folders moved beneath another one."""
    for path in ("/srv/board", "/srv/www", "/var/lib/node_exporter"):
        (folder / path[1:]).mkdir(parents=True, exist_ok=True)
    variables = dict(line.split("=") for line in LINES if re.match("[A-Z_]+=", line))
    variables["PATH"] = environment(folder)["PATH"]
    variables["KPI_FILE"] = f"{folder}{variables['KPI_FILE']}"
    moved = re.sub(r'(?<=[ "])/(srv|var)/', rf"{folder}/\1/", command)
    done = subprocess.run(
        ["/bin/sh", "-c", moved.replace(r"\%", "%")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
        cwd=folder,
        env=environment(folder, variables),
        timeout=SECONDS,
    )
    return done.stdout


@pytest.fixture
def board(tmp_path: Path) -> Path:
    folder = tmp_path / "srv" / "board"
    folder.mkdir(parents=True)
    write_board(folder, OFF_TARGET)
    return folder


@pytest.mark.installed
def test_cron_takes_every_line() -> None:
    program = shutil.which("crontab")
    if (
        not program
        or "dry run"
        not in subprocess.run([program, "-?"], capture_output=True, text=True, check=False).stderr
    ):
        pytest.skip("no cron that checks a file is installed")
    done = subprocess.run([program, "-n", CRONTAB], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_readme_shows_the_same_lines() -> None:
    shown = "\n".join(line for line in LINES if re.match(FIELDS, line))
    assert f"```crontab\n{shown}\n```\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_per_cent_sign_ends_a_command() -> None:
    assert [command for command in COMMANDS if re.search(r"(?<!\\)%", command)] == []


@pytest.mark.installed
def test_every_morning_the_gauges_are_in_the_textfile_folder(board: Path, tmp_path: Path) -> None:
    assert board.is_dir()
    assert run(GAUGES, tmp_path) == ""
    gauges = (tmp_path / "var" / "lib" / "node_exporter" / "kpi.prom").read_text()
    assert 'kpi_status{id="orders",name="Orders",owner="Ann",status="off_target"} 1' in gauges


@pytest.mark.installed
def test_every_morning_the_calendar_says_what_is_to_be_recorded(
    board: Path, tmp_path: Path
) -> None:
    assert board.is_dir()
    assert run(CALENDAR, tmp_path) == ""
    calendar = read_calendar((tmp_path / "srv" / "www" / "kpi.ics").read_bytes())
    assert any(" orders " in event["DESCRIPTION"] for event in calendar.events)


@pytest.mark.installed
def test_on_mondays_the_review_is_mailed(board: Path, tmp_path: Path) -> None:
    assert board.is_dir()
    told = run(MAILED, tmp_path)
    assert [told.count(f"### {owner}\n") for owner in ("Ann", "Ben")] == [1, 1]


@pytest.mark.installed
def test_on_mondays_a_review_is_kept_by_its_week(board: Path, tmp_path: Path) -> None:
    assert run(KEPT, tmp_path) == ""
    week = datetime.now(UTC).strftime("%G-W%V")
    assert [file.name for file in board.glob("*.md")] == [f"review-{week}.md"]


@pytest.mark.installed
@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        pytest.param(1, ["new Churn", "new Orders"], id="it became so yesterday"),
        pytest.param(2, [], id="it was told the day before"),
    ],
)
def test_every_morning_there_is_a_mail_where_there_is_news(
    board: Path, tmp_path: Path, days: int, wanted: list[str]
) -> None:
    write_board(board, OFF_TARGET, datetime.now(UTC).date() - timedelta(days))
    rows = [json.loads(line) for line in run(URGENT, tmp_path).splitlines()]
    off = [row for row in rows if "overdue" not in row["text"]]
    assert [f"{row['change']} {row['name']}" for row in off] == wanted
    write_board(board, ON_TARGET)
    assert "off target" not in run(URGENT, tmp_path)
