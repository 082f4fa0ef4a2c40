"""Reading a definitions file: which one, within which bounds, and where each fault stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicli.errors import KpiError, ManyErrors
from kpicli.store.definitions.create import starter
from kpicli.store.definitions.read import LARGEST, find, load_definitions, tables_in


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the test stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(content: str | bytes, name: str = "kpis.toml") -> str:
    raw = content.encode() if isinstance(content, str) else content
    Path(name).write_bytes(raw)
    return name


def complaint(content: str | bytes) -> list[str]:
    """What is said of a file, line by line."""
    with pytest.raises(KpiError) as caught:
        load_definitions(put(content))
    assert caught.value.code == 2
    return caught.value.lines()


def test_the_file_that_is_given_is_meant() -> None:
    put("")
    assert find("other.toml", ".") == "other.toml"


def test_the_nearest_file_upwards_is_meant(folder: Path) -> None:
    put("")
    (folder / "a/b").mkdir(parents=True)
    assert find(None, ".") == "kpis.toml"
    assert find(None, "a/b") == "../../kpis.toml"
    put("", "a/kpis.toml")
    assert find(None, "a/b") == "../kpis.toml"
    assert find("", "a") == "kpis.toml"


def test_no_file_at_all_is_an_error() -> None:
    with pytest.raises(KpiError, match=r"no kpis\.toml here or in any folder above") as caught:
        find(None, "/")
    assert caught.value.hint == "make one: kpi init"


def test_a_folder_that_is_gone_is_an_error(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    with pytest.raises(KpiError, match="No such file or directory"):
        find(None, ".")


@pytest.mark.parametrize(
    ("file", "log", "shown"),
    [
        ("kpis.toml", "", "kpis.jsonl"),
        ("a/team.toml", "", "a/team.jsonl"),
        ("a/team", "", "a/team.jsonl"),
        ("a/kpis.toml", "log = 'x.jsonl'", "a/x.jsonl"),
        ("a/kpis.toml", "log = '../b/x.jsonl'", "b/x.jsonl"),
        ("a/kpis.toml", "log = '/logs/x.jsonl'", "/logs/x.jsonl"),
        ("a/kpis.toml", 'log = "\\u001b[2J.jsonl"', "a/\\x1b[2J.jsonl"),
    ],
)
def test_the_log_is_beside_the_file_or_where_it_says(
    folder: Path, file: str, log: str, shown: str
) -> None:
    (folder / "a").mkdir()
    found = load_definitions(put(log, file))
    assert found.log_name == shown
    assert "\\" in shown or os.path.normpath(found.log_path) == str(folder / shown)
    assert found.path == str(folder / file)


@pytest.mark.parametrize("log", ["kpis.toml", "./kpis.toml", "link"])
def test_the_log_is_never_the_file_itself(folder: Path, log: str) -> None:
    (folder / "link").symlink_to("kpis.toml")
    assert complaint(f"title = 'x'\nlog = '{log}'") == [
        "kpis.toml:2: log: is this file itself — name another"
    ]


def test_a_byte_order_mark_and_carriage_returns_are_accepted() -> None:
    found = load_definitions(put(b"\xef\xbb\xbftitle = '''a\r\nb'''\r\n[kpis.a]\r\n"))
    assert found.definitions.title == "a\nb"
    assert complaint(b"\xef\xbb\xbf\r\n\r\ntitel = 1\r\n")[0].startswith("kpis.toml:3: titel: ")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"a = 1\nb = '\xff'", "kpis.toml:2: not UTF-8"),
        (b"\xff\xfet\0i\0", "kpis.toml:1: not UTF-8"),
        ("title = = 3", "kpis.toml:1:9: invalid value"),
        ("\n\n\ntarget = = 3", "kpis.toml:4:10: invalid value"),
        ("a = [\n1,\n", "kpis.toml:2: invalid value"),
        ('a = "x', "kpis.toml:1: unterminated string"),
        ("a = 1\n[", "kpis.toml:2"),
        ("a", "kpis.toml:1: expected '=' after a key in a key/value pair"),
        ("a = 1\rb = 2", "kpis.toml:1"),
        ("\na = 2026-02-30", "kpis.toml:2:5: invalid date or datetime"),
        ("\na = " + "9" * 5000, "kpis.toml:2: number of too many digits"),
        ("a = " + "[" * 50_000, "kpis.toml: nested too deeply"),
        ("a=" + "{b=" * 10_000, "kpis.toml: nested too deeply"),
        ("[kpis.mrr]\n\n[kpis.mrr]", "kpis.toml:3: 'mrr' is defined twice (first on line 1)"),
        ("[kpis.mrr]\na = 1\na = 2", "kpis.toml:3: 'a' is defined twice (first on line 2)"),
        ("a = 1\n'a' = 2", "kpis.toml:2: 'a' is defined twice (first on line 1)"),
        ("a = {b = 1, b = 2}", "kpis.toml:1:18: duplicate inline table key 'b'"),
        ("a.b = 1\n[a]\nb = 2", "kpis.toml:2"),
    ],
)
def test_what_is_no_toml_is_named_with_its_place(content: str | bytes, wanted: str) -> None:
    [found] = complaint(content)
    assert found.startswith(wanted)


def test_a_key_that_is_too_long_is_seen_before_the_file_is_parsed() -> None:
    key = "a." * 39 + "abc"
    assert len(key) == 81
    for text in (
        f"\n{key} = 1",
        f"\n  {key} = 1",
        f"\n[{key}]",
        f"\n[[ {key} ]]",
        f"\n'{'=' * 80}' = 1",
        f'\n"=".{key} = 1',
        f"\n'=' . {key} = 1",
        f"\n['='.{key}]",
        "\n" + "a." * 3000 + "b = = 1",
    ):
        assert complaint(text) == ["kpis.toml:2: key longer than 80 characters"]
    assert complaint(f"{key[:-1]} = 1") != complaint(f"{key} = 1")


@pytest.mark.parametrize(
    "text",
    [
        "definition = '''\n" + "x" * 100 + "\n'''",
        "levers = [\n'" + "x" * 100 + "',\n]",
        "# " + "x" * 100,
        "   # " + "x" * 100,
        "definition = '" + "x = y" * 50 + "'",
    ],
)
def test_a_long_text_is_no_long_key(text: str) -> None:
    assert load_definitions(put(f"[kpis.a]\n{text}")).definitions.kpis


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    assert complaint("#" * (LARGEST + 1)) == ["kpis.toml: file is 1.0 MB; the limit is 1 MB"]
    assert complaint("a." * 900_000) == ["kpis.toml: file is 1.8 MB; the limit is 1 MB"]
    assert load_definitions(put("#" * LARGEST)).definitions.kpis == {}


def test_every_fault_is_told_at_once_by_line() -> None:
    text = """\
title = "x"
[kpis.churn]
target = "many"
goal = "growht"
owner = 5
taregt = 1
[kpis.mrr]
frequency = "montly"
supports = "chrun"
[kpis.MRR]
[goals.growth]
"""
    said = complaint(text)
    assert [line.partition(": ")[0] for line in said] == [
        f"kpis.toml:{number}" for number in (3, 4, 5, 6, 8, 9, 10)
    ]
    assert said[0].startswith("kpis.toml:3: kpis.churn.target: 'many' is not a number")
    assert said[1:4] == [
        "kpis.toml:4: kpis.churn.goal: unknown goal 'growht' — did you mean 'growth'?",
        "kpis.toml:5: kpis.churn.owner: expected text in quotes, got the number 5",
        "kpis.toml:6: kpis.churn.taregt: unknown key 'taregt' — did you mean 'target'?",
    ]
    assert said[4].endswith("got 'montly' — did you mean 'monthly'?")
    assert said[5] == "kpis.toml:9: kpis.mrr.supports: unknown KPI 'chrun' — did you mean 'churn'?"
    assert said[6].endswith("— write [kpis.mrr]")


def test_a_fault_of_a_shared_key_is_told_once_where_it_is_written() -> None:
    text = "[defaults]\ntolerance = 'x'\n[kpis.a]\n[kpis.b]"
    [found] = complaint(text)
    assert found.startswith("kpis.toml:2: defaults.tolerance: ")


def test_a_fault_of_a_schedule_has_its_entrys_line() -> None:
    text = "[kpis.a.targets]\n2026-01 = '5'\n2026-13 = '6'\n"
    assert complaint(text)[0].startswith("kpis.toml:3: kpis.a.targets.2026-13: ")


def test_many_faults_are_one_error_with_a_hint() -> None:
    with pytest.raises(ManyErrors) as caught:
        load_definitions(put("a = 1\nb = 2"))
    assert len(caught.value.errors) == 2
    assert caught.value.hint == "correct kpis.toml, then run kpi check"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: None, "kpis.toml: no such file"),
        (lambda: os.mkdir("kpis.toml"), "kpis.toml: Is a directory"),
        (lambda: os.mkfifo("kpis.toml"), "kpis.toml: is not a regular file"),
        (lambda: os.symlink("/dev/zero", "kpis.toml"), "kpis.toml: is not a regular file"),
        (lambda: os.symlink("kpis.toml", "kpis.toml"), "kpis.toml: Too many levels of symbolic"),
    ],
    ids=["nothing", "a folder", "a pipe", "a device", "a loop"],
)
def test_what_is_no_file_is_one_line(make: object, said: str) -> None:
    assert callable(make)
    make()
    with pytest.raises(KpiError) as caught:
        load_definitions("kpis.toml")
    [found] = caught.value.lines()
    assert found.startswith(said)


def test_a_path_that_is_none_is_one_line() -> None:
    with pytest.raises(KpiError, match="is not a valid path"):
        load_definitions("a\0b")


def test_what_was_built_once_is_remembered_by_its_content(folder: Path) -> None:
    cache = folder / "cache/kpi"
    for text, files in ((starter(), 1), (f"{starter()} ", 2)):
        put(text)
        first, again = (load_definitions("kpis.toml", str(cache)).definitions for _ in range(2))
        assert first.kpis is not again.kpis
        assert [*first.kpis] == [*again.kpis]
        assert len([*(cache / "definitions-3").iterdir()]) == files
    assert [path.name for path in cache.iterdir()] == ["definitions-3"]


def test_what_has_a_wrong_shape_is_not_remembered(folder: Path) -> None:
    cache = str(folder / "cache")
    with pytest.raises(KpiError):
        load_definitions(put("titel = 1"), cache)
    assert not (folder / "cache").exists()


def test_what_is_at_fault_is_not_remembered(folder: Path) -> None:
    put("[kpis.a]\ngoal = 'none'")
    for _ in range(2):
        with pytest.raises(KpiError, match="unknown goal"):
            load_definitions("kpis.toml", str(folder / "cache"))


PROGRAM = """
import sys
from kpicli.store.definitions.read import load_definitions
load_definitions("kpis.toml", sys.argv[1])
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"pydantic", "pydantic_core"}))
rooms = "kpicli.store.definitions"
print(f"{rooms}.schema" in sys.modules, f"{rooms}.positions" in sys.modules)
"""


WITH_A_PASSWORD = """
[sources.shop]
url = "postgresql://reader:hunter2@db/shop"
query = "select 1"
[kpis.orders]
source = "shop"
"""


@pytest.mark.parametrize("text", [starter(), WITH_A_PASSWORD], ids=["starter", "a source"])
def test_what_is_remembered_is_not_checked_for_its_shape_again(folder: Path, text: str) -> None:
    put(text)
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder / "cache")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert runs == [["pydantic_core", "True False"], ["", "False False"]]
    (remembered,) = (folder / "cache" / "definitions-3").iterdir()
    assert b"hunter2" not in remembered.read_bytes()


@pytest.mark.parametrize("cache", ["file/kpi", "file", "/proc/none/kpi"])
def test_a_folder_that_cannot_be_written_stops_nothing(cache: str) -> None:
    put("", "file")
    put(starter())
    assert load_definitions("kpis.toml", cache).definitions.kpis


def test_the_tables_of_a_file_are_known_whatever_is_wrong_with_them() -> None:
    assert tables_in(put("titel = 1\n[kpis.B]\ntarget = 'x'")) == {
        "titel": 1,
        "kpis": {"B": {"target": "x"}},
    }
    with pytest.raises(KpiError):
        tables_in(put("[kpis"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "[kpis.a]\n",
                "[defaults]\n",
                "[goals.g]\n",
                "target",
                "=",
                '"5%"',
                "1",
                "{",
                "}",
                "[",
                "]",
            ]
        )
        | st.text(max_size=3),
        max_size=12,
    ).map("".join)
    | st.binary()
)
def test_any_content_is_read_or_refused(content: str | bytes) -> None:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        load_definitions(put(raw))
    except KpiError as error:
        assert all(line.startswith("kpis.toml:") for line in error.lines())  # noqa: PT017
