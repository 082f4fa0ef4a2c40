"""`kpi path` says which files are used."""

import json

from tests.installed import Kpi


def test_both_files_are_named_whole(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text("")
    done = kpi("path")
    assert (done.code, done.err) == (0, "")
    words = done.out.split()
    assert words == [
        "Definitions",
        str(kpi.folder / "kpis.toml"),
        "Log",
        str(kpi.folder / "kpis.jsonl"),
    ]


def test_a_program_can_read_them(kpi: Kpi) -> None:
    (kpi.folder / "a/b").mkdir(parents=True)
    (kpi.folder / "a/kpis.toml").write_text("log = 'data/x.jsonl'")
    done = kpi("path", "--json", cwd=kpi.folder / "a/b")
    assert json.loads(done.out) == {
        "schema": "kpi.path/1",
        "definitions": str(kpi.folder / "a/kpis.toml"),
        "log": str(kpi.folder / "a/data/x.jsonl"),
    }


def test_the_flag_goes_before_the_environment_before_the_folder(kpi: Kpi) -> None:
    for name in ("kpis", "one", "two"):
        (kpi.folder / f"{name}.toml").write_text("")
    env = {"KPI_FILE": "one.toml"}
    assert "/kpis.jsonl" in kpi("path").out
    assert "/one.jsonl" in kpi("path", env=env).out
    assert "/two.jsonl" in kpi("path", "--file", "two.toml", env=env).out
    assert "/two.jsonl" in kpi("-f", "two.toml", "path").out


def test_without_definitions_the_next_thing_to_do_is_said(kpi: Kpi) -> None:
    done = kpi("path", cwd=kpi.folder.parents[-1])
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "kpi: error: no kpis.toml here or in any folder above\nhint: make one: kpi init\n"
    )


def test_an_environment_that_names_no_file_is_an_error(kpi: Kpi) -> None:
    done = kpi("path", env={"KPI_FILE": "none.toml"})
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("none.toml: no such file\n")
