"""What every test may ask for."""

from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

from tests.installed import Kpi, Terminal


@pytest.fixture
def kpi(tmp_path: Path) -> Kpi:
    """`kpi("status", stdin=…, env=…, cwd=…)` runs the installed script in `tmp_path`."""
    return Kpi(tmp_path)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    r"""`terminal("record", columns=50, typed=[("Value?", "3\n")])` does so in a terminal."""
    return Terminal(tmp_path)


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
        for line in sorted(lines, key=lambda line: "SMARTE".index(line[0])):
            terminalreporter.write_line(line)
