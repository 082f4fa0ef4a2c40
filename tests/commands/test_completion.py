"""The completion of a shell, asked in that shell."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installed import Kpi, environment

BOARD = """
[kpis.monthly_revenue]
[kpis.monthly_orders]
[kpis.churn]
name = "Bob's churn"
owner = "Head of Sales"
area = "sales"
goal = "growth"
[goals.growth]
name = "Grow"
[kpis."no id"]
"""
ASK = """
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_kpi_completion kpi
printf '%s\\n' "${COMPREPLY[@]}"
"""
BASH = shutil.which("bash") or "bash"


@pytest.fixture(autouse=True)
def board(kpi: Kpi) -> Path:
    """Definitions with three ids, and what is not an id."""
    (kpi.folder / "kpis.toml").write_text(BOARD)
    return kpi.folder


def completed(kpi: Kpi, *words: str) -> set[str]:
    """What bash offers for the last of the words; in process, what kpi answers bash."""
    if not kpi.is_installed:
        asked = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        run = kpi(env={"_KPI_COMPLETE": "complete_bash", **asked})
        assert run.err == ""
        return set(run.out.split())
    script = kpi("completion", "bash").out
    done = subprocess.run(
        [BASH, "-c", script + ASK, "bash", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=kpi.folder,
        env=environment(kpi.folder),
    )
    assert done.stderr == ""
    return {word.strip() for word in done.stdout.splitlines()} - {""}


@pytest.mark.parametrize("command", ["record", "status"])
def test_the_ids_are_known(kpi: Kpi, command: str) -> None:
    assert completed(kpi, "kpi", command, "") >= {"monthly_revenue", "monthly_orders", "churn"}
    assert completed(kpi, "kpi", command, "mo") == {"monthly_revenue", "monthly_orders"}
    assert completed(kpi, "kpi", command, "x") == set()


def test_what_is_no_id_is_not_offered(kpi: Kpi) -> None:
    assert completed(kpi, "kpi", "record", "no") == set()


def test_the_commands_and_their_flags_are_known(kpi: Kpi) -> None:
    assert completed(kpi, "kpi", "st") == {"status"}
    assert completed(kpi, "kpi", "record", "--per") == {"--period"}
    assert completed(kpi, "kpi", "completion", "") == {"bash", "zsh", "fish"}


def test_the_ids_are_those_of_the_file_that_is_named(kpi: Kpi) -> None:
    (kpi.folder / "team.toml").write_text("[kpis.velocity]")
    assert completed(kpi, "kpi", "status", "-f", "team.toml", "v") == {"velocity"}
    assert completed(kpi, "kpi", "status", "--file", "team.toml", "") >= {"velocity"}
    assert completed(kpi, "kpi", "-f", "team.toml", "status", "v") == {"velocity"}
    assert completed(kpi, "kpi", "-f", "team.toml", "st") == {"status"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kpis = 5",
        b"kpis = [[1]]",
        b"[kpis",
        b"\xff",
        b"a=" + b"{a=" * 5000,
        b"a." * 400_000 + b"a = 1",
        b"#" * 1_000_001,
    ],
    ids=["empty", "a number", "a list", "no TOML", "no UTF-8", "too deep", "too long", "too large"],
)
def test_definitions_that_are_unusable_offer_nothing_and_say_nothing(
    kpi: Kpi, content: bytes
) -> None:
    (kpi.folder / "kpis.toml").write_bytes(content)
    assert completed(kpi, "kpi", "record", "m") == set()


def test_a_folder_without_definitions_offers_nothing(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").unlink()
    assert completed(kpi, "kpi", "record", "m", "-f", "none.toml", "") == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_sound(kpi: Kpi, shell: str) -> None:
    done = kpi("completion", shell)
    assert (done.code, done.err) == (0, "")
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not on the PATH")
    script = kpi.folder / "script"
    script.write_text(done.out)
    checked = subprocess.run([program, "-n", script], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_another_shell_is_refused_with_those_that_are_known(kpi: Kpi) -> None:
    done = kpi("completion", "tcsh")
    assert (done.code, done.out) == (2, "")
    assert done.err == ("kpi: error: completion cannot be 'tcsh'\nhint: one of: bash, zsh, fish\n")
    assert "did you mean 'bash'?" in kpi("completion", "bsh").err


def test_a_shell_must_be_named(kpi: Kpi) -> None:
    done = kpi("completion")
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("status --sort", {"file", "worst", "name"}),
        ("status --group", {"goal", "area", "owner"}),
        ("status --fail-on", {"at_risk", "off_target", "overdue", "no_data", "warning", "new"}),
        ("status --compare", {"previous", "year"}),
        ("status --color", {"auto", "always", "never"}),
        ("status --frequency", {"daily", "weekly", "monthly", "quarterly", "yearly"}),
        ("status --area", {"sales"}),
        ("status --goal", {"growth"}),
        ("drivers --against", {"previous", "year", "target"}),
        ("add --direction", {"higher", "lower"}),
        ("add --supports", {"monthly_revenue", "monthly_orders", "churn"}),
    ],
)
def test_the_values_of_an_option_are_known(kpi: Kpi, words: str, expected: set[str]) -> None:
    assert completed(kpi, "kpi", *words.split(), "") == expected


def test_formats_and_periods_are_known(kpi: Kpi) -> None:
    assert completed(kpi, "kpi", "status", "--format", "j") == {"json", "jsonl", "junit"}
    assert {"last", "current", "today", "yesterday"} <= completed(
        kpi, "kpi", "retract", "churn", "--period", ""
    )


def test_a_value_of_several_words_is_put_in_quotes(kpi: Kpi) -> None:
    asked = {"COMP_WORDS": "kpi status --owner ", "COMP_CWORD": "3"}
    run = kpi(env={"_KPI_COMPLETE": "complete_bash", **asked})
    assert run.out.splitlines() == ["'Head of Sales'"]


@pytest.mark.parametrize("line", ["kpi dri", "kpi record ch"])
def test_zsh_keeps_apostrophes(kpi: Kpi, line: str) -> None:
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("zsh is not on the PATH")
    run = kpi(env={"_KPI_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line})
    script = "_arguments() { print -r -- $1 }; " + run.out
    done = subprocess.run([zsh, "-c", script], capture_output=True, text=True, check=True)
    assert "KPI's" in done.stdout or "Bob's churn" in done.stdout


def test_what_help_explains_is_known(kpi: Kpi) -> None:
    assert {"status", "signals", "show"} <= completed(kpi, "kpi", "help", "s")


@pytest.mark.parametrize(
    "words", [("=",), ("=", ""), ("=", "o"), ("area", "--sort", "=", "file", "--group", "=", "o")]
)
def test_a_value_behind_its_sign_is_completed(kpi: Kpi, words: tuple[str, ...]) -> None:
    """Bash takes the sign for a word of its own."""
    found = completed(kpi, "kpi", "status", "--group", *words)
    assert found == ({"owner"} if words[-1] == "o" else {"area", "goal", "owner"})


@pytest.mark.parametrize("shell", ["fish", "zsh"])
def test_other_shells_take_the_option_with_it_for_one_word(kpi: Kpi, shell: str) -> None:
    asked = {"_TYPER_COMPLETE_FISH_ACTION": "get-args"} if shell == "fish" else {}
    asked["_TYPER_COMPLETE_ARGS"] = "kpi status --group=o"
    run = kpi(env={"_KPI_COMPLETE": f"complete_{shell}", **asked})
    assert "--group=owner" in run.out
    assert "area" not in run.out
