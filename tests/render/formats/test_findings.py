"""Findings for machines of others: SARIF 2.1.0 and JUnit XML."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.commands.judged import FAULTY, SOUND, checked
from tests.installed import Kpi

SCHEMA = Path(__file__).with_name("sarif-2.1.0.json")
HOSTILE = 'Q <b>&amp; \\"x\\" ]]> \\u001b[31m \\u202e'


@pytest.fixture
def board(tmp_path: Path) -> Path:
    file = tmp_path / "kpis.toml"
    file.write_text(FAULTY)
    return file


def require_shape(log: dict[str, Any]) -> list[dict[str, Any]]:
    """The results of a log that has the shape that SARIF's schema asks for (section 3 of it)."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert isinstance(driver["name"], str)
    assert len(ids) == len(set(ids))
    assert set(run) <= {"tool", "results"}
    for result in run["results"]:
        assert set(result) == {"ruleId", "level", "message", "locations"}
        assert result["ruleId"] in ids
        assert result["level"] in {"none", "note", "warning", "error"}
        assert isinstance(result["message"]["text"], str)
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert place["region"]["startLine"] >= 1
            assert place["region"]["startColumn"] >= 1
            assert " " not in place["artifactLocation"]["uri"]
    return list(run["results"])


def require_schema(text: str) -> None:
    """The text is what the schema of SARIF itself allows."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    jsonschema.Draft4Validator(schema).validate(json.loads(text))


@pytest.mark.parametrize(
    "content",
    [FAULTY, SOUND, FAULTY.replace('"Quality"', f'"{HOSTILE}"')],
    ids=["faulty", "sound", "hostile"],
)
def test_what_check_says_is_valid_sarif(content: str, kpi: Kpi, board: Path) -> None:
    board.write_text(content)
    require_schema(checked(kpi, "--format", "sarif").out)


@pytest.mark.usefixtures("board")
def test_what_verify_says_is_valid_sarif(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.jsonl").write_text('{"kpi":"a b \u00e9","period":"2026-01"}\n{"id":"1"}\n')
    run = kpi("verify", "--format", "sarif")
    assert (run.code, len(json.loads(run.out)["runs"][0]["results"]) > 0) == (3, True), run.err
    require_schema(run.out)


@pytest.mark.usefixtures("board")
def test_sarif_has_a_result_a_finding(kpi: Kpi) -> None:
    run = checked(kpi, "--format", "sarif", "--select", "A01,S01,M08")
    results = require_shape(json.loads(run.out))
    assert [(result["ruleId"], result["level"]) for result in results] == [
        ("A01", "warning"),
        ("S01", "warning"),
        ("M08", "note"),
    ]
    assert results[0]["message"]["text"].splitlines() == [
        "Quality has no owner, so nobody is asked when it is off target",
        'name one person or role: owner = "Ann"',
    ]
    assert results[1]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "kpis.toml"},
        "region": {"startLine": 15, "startColumn": 1},
    }


@pytest.mark.usefixtures("board")
def test_junit_has_a_case_a_finding(kpi: Kpi) -> None:
    run = checked(kpi, "--format", "junit", "--select", "A01,S01,M08")
    suites = ET.fromstring(run.out)  # noqa: S314 - of our own making
    assert suites.attrib == {"tests": "3", "failures": "2", "skipped": "1"}
    [suite] = suites
    assert suite.attrib["name"] == "kpis.toml"
    assert [(case.attrib["name"], case[0].tag) for case in suite] == [
        ("14: A01 no_owner", "failure"),
        ("15: S01 vague_name", "failure"),
        ("14: M08 no_source", "skipped"),
    ]


@pytest.mark.parametrize("format", ["sarif", "junit"])
def test_nothing_found_is_an_answer_too(format: str, kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi, "--format", format)
    assert run.code == 0
    if format == "sarif":
        assert require_shape(json.loads(run.out)) == []
    else:
        assert len(ET.fromstring(run.out).findall(".//testcase")) == 1  # noqa: S314


@pytest.mark.parametrize("format", ["sarif", "junit"])
def test_a_name_is_data(format: str, kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY.replace('"Quality"', f'"{HOSTILE}"'))
    text = checked(kpi, "--format", format).out
    assert not {"\x1b", "\u202e"} & {*text}
    if format == "sarif":
        require_shape(json.loads(text))
    else:
        messages = [node.attrib["message"] for node in ET.fromstring(text).iter("failure")]  # noqa: S314
        assert any('Q <b>&amp; "x" ]]>' in message for message in messages)


@pytest.mark.parametrize("format", ["sarif", "junit", "github"])
def test_an_address_names_the_file_as_it_is(format: str, kpi: Kpi, board: Path) -> None:
    folder = board.parent / "a\x01 b\\c%"
    folder.mkdir()
    board.rename(folder / board.name)
    text = checked(kpi, "--format", format, "-f", f"{folder.name}/{board.name}").out
    assert "\x01" not in text
    if format == "sarif":
        [uri] = {
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for result in require_shape(json.loads(text))
        }
        assert uri == "a%01%20b%5Cc%25/kpis.toml"


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("format", ["sarif", "junit"])
def test_a_status_is_no_finding(format: str, kpi: Kpi) -> None:
    run = kpi("status", "--format", format)
    assert (run.code, run.out) == (2, "")
