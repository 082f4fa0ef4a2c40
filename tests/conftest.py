"""What every test may ask for."""

import gc
import os
import random
import signal
import time
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

from tests.installed import Kpi, Terminal
from tests.tiers import FEWEST

_RUNS_KPI = {"kpi", "terminal"}
"""Fixtures that run the installed script with `--installed`."""

_BEGAN = time.monotonic()

_AT_ANY_SPEED = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
"""Each run tries what the one before tried, so that a change is red for what it changes."""
settings.register_profile("sample", _AT_ANY_SPEED, max_examples=FEWEST)
settings.register_profile("exhaustive", _AT_ANY_SPEED, max_examples=100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--installed`, `--seconds`."""
    parser.addoption(
        "--installed",
        action="store_true",
        help="run only the tests that run kpi, through the installed script",
    )
    parser.addoption(
        "--seconds",
        type=float,
        help="begin no test after so long; each day other files come first",
    )


def pytest_configure(config: pytest.Config) -> None:
    """How many examples a law is tried with, unless it says so itself."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell leaves it for `pytest &`
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput") or not config.getoption("numprocesses"):
        os.environ.pop("COVERAGE_PROCESS_START", None)  # what tests start is not measured
    settings.load_profile("exhaustive" if _is_exhaustive(config) else "sample")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """As many as there are cores for all tests, and none for some."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


@pytest.hookimpl(tryfirst=True)  # before those that are not marked as it is wanted are left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Either those that run kpi, or those that need no installed script.

    A law is in two tiers: tried with a few examples by default, and with many exhaustively.
    """
    is_installed = config.getoption("--installed")
    if _is_exhaustive(config):
        for item in items:
            if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
                item.add_marker("exhaustive")
    chosen: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        (chosen if _is_chosen(item, is_installed=is_installed) else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = chosen
    if config.getoption("--seconds"):
        files = sorted({item.path for item in items})
        random.Random(datetime.now(UTC).toordinal()).shuffle(files)  # noqa: S311 - no secret
        places = {file: place for place, file in enumerate(files)}
        items.sort(key=lambda item: places[item.path])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Tests and modules stay to the end: to look through them for garbage took a tenth of a run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What has no time left is skipped, and counted as that."""
    seconds = item.config.getoption("--seconds")
    if seconds and time.monotonic() - _BEGAN > seconds:
        pytest.skip("no time is left")


def _is_exhaustive(config: pytest.Config) -> bool:
    return bool(config.getoption("markexpr") == "exhaustive")


def _is_chosen(item: pytest.Item, *, is_installed: bool) -> bool:
    needs_script = item.get_closest_marker("installed") is not None
    if not is_installed:
        return not needs_script
    return needs_script or not _RUNS_KPI.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def is_installed(pytestconfig: pytest.Config) -> bool:
    """Whether kpi runs as the installed script."""
    return bool(pytestconfig.getoption("--installed"))


@pytest.fixture
def kpi(tmp_path: Path, *, is_installed: bool) -> Kpi:
    """`kpi("status", stdin=…, env=…, cwd=…)` runs it in `tmp_path`."""
    return Kpi(tmp_path, is_installed)


@pytest.fixture
def script(tmp_path: Path) -> Kpi:
    """The installed script in `tmp_path`, for what needs a process of its own."""
    return Kpi(tmp_path, is_installed=True)


@pytest.fixture
def terminal(tmp_path: Path, *, is_installed: bool) -> Terminal:
    r"""`terminal("record", columns=50, typed=[("Value?", "3\n")])` does so in a terminal."""
    return Terminal(tmp_path, is_installed)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """How well the rules judge the labelled definitions, letter by letter."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)]
    lines = [
        text
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, text in report.user_properties
        if name == "corpus"
    ]
    if lines:
        terminalreporter.section("labelled definitions")
        for line in sorted(lines, key=lambda line: "SMARTEU".index(line[0])):
            terminalreporter.write_line(line)
