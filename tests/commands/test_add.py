"""`kpi add` as it is typed in one line: what is put into the file, and what is refused."""

import json
from pathlib import Path

import pytest

from kpicli.store.definitions.read import load_definitions
from tests.installed import Kpi, Run

CAC = ("cac", "--target", "<900 kr", "--owner", "Head of Marketing", "--goal", "growth")
MINE = """\
title = "Mine"   # odd   spacing
[goals.growth]
name = "Grow the business"
[ kpis . new_customers ]
name = "First-time buyers"
"""


@pytest.fixture
def file(kpi: Kpi) -> Path:
    path = kpi.folder / "kpis.toml"
    path.write_text(MINE)
    return path


def refused(run: Run) -> str:
    assert (run.code, run.out) == (2, "")
    return run.err


def test_a_term_is_put_at_the_end_with_the_inputs_that_are_not_there(kpi: Kpi, file: Path) -> None:
    run = kpi("add", *CAC)
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        "added Customer Acquisition Cost (cac) to kpis.toml, with marketing_and_sales_cost "
        "beneath it; new_customers was there\n"
        "next: kpi record marketing_and_sales_cost VALUE\n"
    )
    assert file.read_text().startswith(MINE)
    kpis = load_definitions(str(file)).definitions.kpis
    assert list(kpis) == ["new_customers", "cac", "marketing_and_sales_cost"]
    assert (kpis["cac"].goal, kpis["cac"].owner) == ("growth", "Head of Marketing")
    assert kpis["marketing_and_sales_cost"].unit == "kr"
    assert kpis["marketing_and_sales_cost"].supports == "cac"
    assert kpi("record", "marketing_and_sales_cost=9000", "new_customers=12").code == 0
    assert "750 kr" in kpi("status", "cac").out


def test_what_is_added_passes_check(kpi: Kpi, file: Path) -> None:
    file.write_text("")
    assert kpi("add", *CAC, "--source", "ledger").code == 0
    run = kpi("check")
    assert (run.code, run.out) == (0, ""), run.out


def test_a_goal_that_is_new_is_added_with_it(kpi: Kpi, file: Path) -> None:
    assert kpi("add", "nps", "--target", "40", "--owner", "Ann", "--goal", "Happy people").code == 0
    definitions = load_definitions(str(file)).definitions
    assert definitions.goals["happy_people"].name == "Happy people"
    assert definitions.kpis["nps"].goal == "happy_people"


def test_the_number_itself_can_be_recorded(kpi: Kpi, file: Path) -> None:
    args = ("--target", "3%", "--owner", "Ann", "--goal", "growth", "--recorded")
    assert kpi("add", "conversion", "rate", *args).code == 0
    assert list(load_definitions(str(file)).definitions.kpis) == [
        "new_customers",
        "conversion_rate",
    ]
    assert kpi("record", "conversion_rate", "3.2%").code == 0


def test_a_kpi_of_ones_own_is_added_too(kpi: Kpi, file: Path) -> None:
    run = kpi(
        *("add", "Coffee quality", "--target", ">=8 points", "--owner", "Kim"),
        *("--goal", "growth", "--definition", "Mean of the tastings, 1 to 10", "--tolerance", "5%"),
        *("--frequency", "weekly", "--area", "kitchen", "--source", "list on the wall"),
    )
    assert (run.code, run.out) == (0, "")
    assert file.read_text() == MINE + (
        "\n[kpis.coffee_quality]\n"
        'name = "Coffee quality"\ngoal = "growth"\narea = "kitchen"\nowner = "Kim"\n'
        'definition = "Mean of the tastings, 1 to 10"\nsource = "list on the wall"\n'
        'frequency = "weekly"\ntarget = ">=8 points"\ntolerance = "5%"\n'
    )


def test_a_name_with_a_definition_of_its_own_is_kept(kpi: Kpi, file: Path) -> None:
    """«Time to first value» is what some call a term that is computed from two others."""
    args = ("--target", "<5 days", "--owner", "Ann", "--goal", "growth")
    run = kpi("add", "Time to first value", *args, "--definition", "Median days until then")
    assert run.code == 0, run.err
    added = load_definitions(str(file)).definitions.kpis
    assert list(added) == ["new_customers", "time_to_first_value"]
    assert added["time_to_first_value"].name == "Time to first value"
    assert added["time_to_first_value"].formula is None
    assert kpi("add", "Time to value", *args, "--definition", "Median days").code == 0
    assert load_definitions(str(file)).definitions.kpis["time_to_value"].formula


OWNED = ("--owner", "Kim", "--goal", "growth")


def test_a_climb_a_formula_a_rollup_and_levers_can_be_typed(kpi: Kpi, file: Path) -> None:
    climb = ("--target", "<5 min", "--by", "Dec 2026", "--start", "6/2026", "--baseline", "9 min")
    assert kpi("add", "Wait", *climb, "--rollup", "mean", *OWNED).code == 0
    levers = ("--levers", "cake, longer hours")
    assert kpi("add", "Cups", "--target", "90 cups", "--rollup", "sum", *levers, *OWNED).code == 0
    run = kpi("add", "Cups a day", "--formula", "cups / 30", "--target", "3", *OWNED)
    assert (run.code, "cups was there" in run.err) == (0, True)
    kpis = load_definitions(str(file)).definitions.kpis
    assert (str(kpis["wait"].start), str(kpis["wait"].by)) == ("2026-06", "2026-12")
    assert (kpis["wait"].rollup, kpis["cups"].levers) == ("mean", ("cake", "longer hours"))
    assert kpis["cups_a_day"].formula is not None
    assert kpis["cups_a_day"].formula.text == "cups / 30"


@pytest.mark.usefixtures("file")
def test_what_check_says_of_it_is_said(kpi: Kpi) -> None:
    run = kpi("add", "Better quality", "--target", "80", "--owner", "Kim", "--goal", "growth")
    assert run.code == 0
    assert "\nkpi check: S01 Better quality is a wish" in run.err


def test_under_another_it_needs_an_owner_alone(kpi: Kpi, file: Path) -> None:
    run = kpi("add", "website traffic", "--supports", "new_customers", "--owner", "Ann")
    assert run.code == 0
    assert (
        load_definitions(str(file)).definitions.kpis["website_traffic"].supports == "new_customers"
    )


def test_a_dry_run_prints_what_would_be_added_and_adds_nothing(kpi: Kpi, file: Path) -> None:
    run = kpi("add", *CAC, "--dry-run")
    assert (run.code, run.err) == (0, "")
    assert file.read_text() == MINE
    assert kpi("add", *CAC).code == 0
    assert file.read_text() == f"{MINE}\n{run.out}"


def test_flags_may_stand_before_the_command(kpi: Kpi, file: Path) -> None:
    assert kpi("--target", "<900 kr", "--owner", "A", "--goal", "growth", "add", "cac").code == 0
    assert "cac" in load_definitions(str(file)).definitions.kpis


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param([], "missing KPI\nhint: kpi add TERM", id="nothing"),
        pytest.param(
            ["time to first value", "--target", "<5 days", "--owner", "A", "--goal", "growth"],
            "is what some call Time to Value\nhint: kpi add time_to_value; a KPI of your own",
            id="a name that is only an alias",
        ),
        pytest.param(
            ["Cups", "--formula", "cupz / 2", "--target", "2", "--owner", "A", "--goal", "growth"],
            "'cupz'",
            id="a formula of what is not there",
        ),
        pytest.param(
            ["cac", "--formula", "new_customers", "--recorded"],
            "--recorded and --formula exclude each other",
            id="computed and recorded",
        ),
        pytest.param(
            ["cac", "--by", "soon"], "--by 'soon' is not a period", id="a period that is none"
        ),
        pytest.param(
            ["cac"],
            'missing --target, --owner and --goal\nhint: --target "<900 kr" --owner "Head of',
            id="what is missing is named",
        ),
        pytest.param(
            ["gross margin", "--target", "40%", "--owner", "A", "--goal", "growth"],
            'missing --unit\nhint: --unit "kr"',
            id="money that nobody has named",
        ),
        pytest.param(
            ["chrun", "--target", "3%", "--owner", "A", "--goal", "growth"],
            "no term of the catalogue is called 'chrun'\nhint: did you mean 'churn'?",
            id="a slip",
        ),
        pytest.param(
            ["new customers", "--target", "9", "--owner", "A", "--goal", "growth"],
            "kpis.toml:4: new_customers is already defined\nhint: change it there, or add another:",
            id="one that is there",
        ),
        pytest.param(
            ["cac", "--target", ">900 kr", "--owner", "A", "--goal", "growth"],
            "'>900 kr' asks for the opposite: Customer Acquisition Cost is better the lower",
            id="the opposite",
        ),
        pytest.param(
            ["cac", "--target", "<900 kr", "--owner", "A", "--goal", "grwoth"],
            "no goal is called 'grwoth'\nhint: did you mean 'growth'?",
            id="a slip in a goal",
        ),
        pytest.param(
            ["x", "--target", "9 kr", "--owner", "A", "--goal", "growth", "--frequency", "often"],
            "kpis.x.frequency: expected one of 'daily', 'weekly'",
            id="what would not load",
        ),
        pytest.param(
            ["x", "--target", "9%", "--unit", "kr", "--owner", "A", "--goal", "growth"],
            "kpis.x.target: is in %, and the KPI is counted in kr",
            id="two units",
        ),
        pytest.param(
            ["品質", "--target", "9", "--owner", "A", "--goal", "growth"],
            "'品質' makes no valid id\nhint: give one: --id quality",
            id="a name without an id",
        ),
        pytest.param(
            ["x", "--target", "9", "--owner", "A", "--supports", "new_custmers"],
            "unknown KPI 'new_custmers' — did you mean 'new_customers'?",
            id="a slip in what it supports",
        ),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_written(
    kpi: Kpi, file: Path, args: list[str], said: str
) -> None:
    assert said in refused(kpi("add", *args))
    assert file.read_text() == MINE
    assert [path.name for path in kpi.folder.iterdir() if path.suffix == ".tmp"] == []


def test_definitions_that_nothing_can_be_put_behind_are_left_alone(kpi: Kpi, file: Path) -> None:
    closed = 'kpis = { revenue = { name = "Revenue" } }\n'
    file.write_text(closed)
    assert refused(kpi("add", *CAC)) == (
        "kpis.toml:1: kpis is written as kpis = {…}, and nothing can be put behind that\n"
        "hint: write each as a table of its own, [kpis.revenue], and run it again\n"
    )
    assert file.read_text() == closed


def test_faults_that_are_there_are_told_first(kpi: Kpi, file: Path) -> None:
    file.write_text('[kpis.a]\ntarget = "many"\n')
    assert refused(kpi("add", *CAC)).startswith("kpis.toml:2: kpis.a.target: ")


def test_without_definitions_the_command_that_makes_them_is_named(kpi: Kpi) -> None:
    assert refused(kpi("add", *CAC)).endswith("hint: make one: kpi init\n")


@pytest.mark.usefixtures("file")
def test_a_name_reaches_no_terminal_as_control_characters(kpi: Kpi) -> None:
    name = "Sales\x1b[31m\u202e"
    args = ("--target", "9 kr", "--owner", "A", "--goal", "growth", "--definition", "Paid orders")
    run = kpi("add", name, *args, "--dry-run")
    assert run.code == 0
    assert not {"\x1b", "\u202e"} & set(run.out + run.err)
    assert kpi("add", name, *args).code == 0
    assert json.loads(kpi("status", "--json").out)["kpis"][1]["name"] == name


@pytest.mark.installed
def test_many_at_once_all_stand_there(script: Kpi, file: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def add(number: int) -> int:
        args = ("--target", "9", "--owner", "A", "--goal", "growth", "--definition", "Things")
        return script("add", f"Number {number} of things", *args).code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add, range(8))) == {0}
    assert len(load_definitions(str(file)).definitions.kpis) == 9


def test_what_it_supports_may_be_named(kpi: Kpi, file: Path) -> None:
    file.write_text('[kpis.mrr]\nname = "Monthly Revenue"\n')
    run = kpi("add", "Coffee", "--owner", "Ann", "--supports", "monthly revenue")
    assert run.code == 0, run.err
    assert load_definitions(str(file)).definitions.kpis["coffee"].supports == "mrr"
