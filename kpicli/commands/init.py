"""Start a board: a commented kpis.toml that passes kpi check."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from kpicli.cli.options import FileOptions, command
from kpicli.cli.output import is_conversation, say, say_all
from kpicli.errors import Exit
from kpicli.model.schema_types import DecimalMark
from kpicli.plugins import choice
from kpicli.store.definitions.create import create, require_free, starter, with_log
from kpicli.text import clipped

if TYPE_CHECKING:
    from kpicli.catalogue.starter import StarterBoard
    from kpicli.model.number import Mark

EXAMPLES = """\
kpi init
kpi init --from webshop
kpi init --from saas --unit $
kpi init --from shop --unit € --decimal ,
kpi init --log kpis.log/            # a log that many machines may share as files
kpi init -f marketing.toml --from blank
"""
_MONEY = "kr"


def _names() -> list[str]:
    from kpicli.catalogue.load import starter_boards

    return [board.name for board in starter_boards()]


@command
def run(
    *,
    start: Annotated[
        str | None,
        Option(
            "--from",
            metavar="BOARD",
            help="agency, blank, engineering, saas, shop, support or webshop.",
            autocompletion=_names,
        ),
    ] = None,
    unit: Annotated[
        str | None, Option(metavar="MONEY", help=f"The currency; else {_MONEY}.")
    ] = None,
    decimal: Annotated[
        str | None, Option(metavar="MARK", help="The decimal mark, . or , ; a point if not said.")
    ] = None,
    log: Annotated[
        str,
        Option(metavar="LOG", help="kpis.log/ : a folder, with a file for each machine."),
    ] = "",
    files: FileOptions,
) -> int:
    """Start a board: a commented kpis.toml that passes kpi check.

    With --from it has the KPIs that businesses like yours use, and you fill in owner and targets;
    on a terminal you are asked. In a git work tree .gitattributes then says how to merge the log.
    Nothing is ever overwritten.
    """
    path = files.new_path
    require_free(path)
    board = _board(start)
    mark = _mark(decimal)
    if board is None:
        _write(path, starter(mark), log)
        say(
            f"next: put your own KPIs into {clipped(path)}, "
            "then kpi check, kpi record and kpi status"
        )
        return Exit.FINE
    _start(board, path, unit, mark, log)
    return Exit.FINE


def _write(path: str, text: str, log: str) -> str:
    """Write the definitions, and in a git work tree how to merge their log; returns the text."""
    if log:
        text = with_log(text, log)
    say_all(f"wrote {name}" for name in create(path, text, log))
    return text


def _mark(decimal: str | None) -> "Mark":
    """The decimal mark that is given, or that a person says; else the point."""
    if decimal is None and is_conversation():
        from kpicli.cli.prompts import ask_decimal_mark

        return ask_decimal_mark()
    return DecimalMark(choice("--decimal", decimal or ".", DecimalMark)).value


def _board(name: str | None) -> "StarterBoard | None":
    """The one that is named, or picked where somebody can be asked."""
    if name is None and not is_conversation():
        return None
    from kpicli.catalogue.load import starter_board, starter_boards

    if name is not None:
        return starter_board("--from", name)
    from kpicli.cli.prompts import ask_starter

    return ask_starter(starter_boards())


def _start(board: "StarterBoard", path: str, unit: str | None, mark: "Mark", log: str) -> None:
    """Write it, with the targets that somebody gives, and say what is left."""
    from kpicli.catalogue.load import entry_with_inputs, starter_text
    from kpicli.catalogue.starter_draft import STARTER_DEFAULTS, money_of_targets, starter_tables
    from kpicli.cli.prompts import ask_starter_targets
    from kpicli.model.unit import check_unit
    from kpicli.views.words.adding import open_lines

    if unit is not None:
        check_unit(unit)
    targets = {}
    if is_conversation():
        targets = ask_starter_targets(board, entry_with_inputs, unit, mark)
    money = unit or money_of_targets(targets, board, _MONEY, mark)
    text = starter_text(
        board,
        STARTER_DEFAULTS,
        starter_tables(board, entry_with_inputs, targets, money, mark),
        mark,
    )
    text = _write(path, text, log)
    say_all(open_lines(path, text))
