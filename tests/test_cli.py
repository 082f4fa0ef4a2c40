"""Finding the command among the words of a command line."""

import pytest

from kpicli import plugins
from kpicli.cli.command_line import command_first
from kpicli.cli.parser import load_command
from tests.installed import Kpi


@pytest.mark.parametrize("name", plugins.names("commands"))
def test_every_flag_with_a_value_may_stand_before_the_command(name: str) -> None:
    for option in load_command(name).params:
        if option.param_type_name == "option" and not option.is_flag:
            for flag in option.opts:
                assert command_first([flag, "status", name]) == [name, flag, "status"]


def test_a_value_that_is_the_name_of_a_command_is_no_command(kpi: Kpi) -> None:
    run = kpi("--file", "check", "status")
    assert run.err.startswith("check: no such file\n")


def test_the_hint_for_a_flag_without_its_value_names_the_command(kpi: Kpi) -> None:
    assert kpi("status", "--period").err.endswith("hint: see kpi status --help\n")
