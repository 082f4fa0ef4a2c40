"""Start a board: a commented kpis.toml that passes kpi check."""

from typing import TYPE_CHECKING, Annotated

from kpicli.cli.options import FileOptions, command, flag
from kpicli.cli.output import is_conversation, say, say_all
from kpicli.errors import Exit
from kpicli.model.schema_types import DecimalMark
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.store.definitions.create import USUAL_TARGET, create, require_free, starter, with_log
from kpicli.text import clipped

if TYPE_CHECKING:
    from kpicli.catalogue.term import StarterBoard
    from kpicli.cli.prompts.board import Targets
    from kpicli.model.finding import Finding
    from kpicli.model.number import Mark

EXAMPLES = """\
kpi init
kpi init --from webshop
kpi init --from saas --unit $ --owner 'Ann Lee'
kpi init --from shop --title 'Corner shop' --unit € --decimal ,
kpi init --log kpis.log/            # a log that many machines may share as files
kpi init -f marketing.toml --from blank
"""
_MONEY = "kr"
_PLAIN_TITLE = "Our scoreboard"


def _names() -> list[str]:
    from kpicli.catalogue.load import starter_boards

    return [board.name for board in starter_boards()]


class _Head(NamedTuple):
    """What holds for all of a board; where it is empty, what is usual."""

    title: str
    mark: "Mark"
    money: str
    owner: str


@command
def run(
    *,
    start: Annotated[
        str | None,
        flag(
            "BOARD",
            "agency, blank, engineering, saas, shop, support or webshop.",
            "--from",
            autocompletion=_names,
        ),
    ] = None,
    title: Annotated[str, flag("TEXT", "What stands above the board.")] = "",
    unit: Annotated[str | None, flag("MONEY", f"The currency; else {_MONEY}.")] = None,
    decimal: Annotated[
        str | None, flag("MARK", "The decimal mark, . or , ; a point if not said.")
    ] = None,
    owner: Annotated[str, flag("OWNER", "Who is responsible for the KPIs.")] = "",
    log: Annotated[str, flag("LOG", "kpis.log/ : a folder, with a file for each machine.")] = "",
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
    if unit is not None:
        from kpicli.model.unit import check_unit

        check_unit(unit)
    head = _head(board, title, unit, decimal, owner)
    if board is None:
        _start_plain(path, head, log)
    else:
        _start(board, path, head, log)
    return Exit.FINE


def _write(path: str, text: str, log: str) -> str:
    """Write the definitions, and in a git work tree how to merge their log; returns the text."""
    if log:
        text = with_log(text, log)
    say_all(f"wrote {name}" for name in create(path, text, log))
    return text


def _board(name: str | None) -> "StarterBoard | None":
    """The one that is named, or picked where somebody can be asked."""
    if name is None and not is_conversation():
        return None
    from kpicli.catalogue.load import starter_board, starter_boards

    if name is not None:
        return starter_board("--from", name)
    from kpicli.cli.prompts.board import ask_starter

    return ask_starter(starter_boards())


def _head(
    board: "StarterBoard | None", title: str, unit: str | None, decimal: str | None, owner: str
) -> _Head:
    """What is said of the board as a whole; a person is asked for the rest."""
    mark: Mark = DecimalMark(choice("--decimal", decimal or ".", DecimalMark)).value
    if not is_conversation():
        return _Head(title, mark, unit or "", owner)
    from kpicli.cli.prompts.answers import ask_until_valid, ask_with_default
    from kpicli.cli.prompts.board import read_amounts
    from kpicli.views.words import adding as words

    default = board.title if board else _PLAIN_TITLE
    title = title or ask_with_default(words.TITLE_QUESTION, default)
    if not (decimal and unit):
        amounts = ask_until_valid(words.AMOUNT_QUESTION, read_amounts)
        mark, unit = mark if decimal else amounts.mark, unit or amounts.money
    if not owner and (board is None or board.kpis):
        owner = ask_with_default(words.STARTER_OWNER_QUESTION, words.default_owner(""))
    return _Head(title, mark, unit or "", owner)


def _start_plain(path: str, head: _Head, log: str) -> None:
    """The commented example, with the target of its first KPI where somebody can be asked."""
    target = f"500.000 {head.money}" if head.mark == "," else f"500,000 {head.money}"
    target = target if head.money else ""
    if is_conversation():
        from kpicli.cli.prompts.board import Amounts, ask_plain_target

        target = ask_plain_target(target or USUAL_TARGET, Amounts(head.mark, head.money or _MONEY))
    _write(path, starter(head.mark, title=head.title, owner=head.owner, target=target), log)
    say(f"next: put your own KPIs into {clipped(path)} (kpi edit), then kpi record and kpi status")


def _start(board: "StarterBoard", path: str, head: _Head, log: str) -> None:
    """Write a board, with the targets that somebody gives, and say what is left."""
    from kpicli.catalogue.load import starter_text, template_with_inputs
    from kpicli.catalogue.starter_draft import STARTER_DEFAULTS, money_of_targets, starter_tables
    from kpicli.views.words.adding import open_lines

    def text_with(targets: "Targets") -> str:
        money = head.money or money_of_targets(targets, board, _MONEY, head.mark)
        tables = starter_tables(board, template_with_inputs, targets, money, head.mark)
        return starter_text(board, STARTER_DEFAULTS, tables, head.mark, head.title, head.owner)

    targets: Targets = {}
    if is_conversation():
        from kpicli.cli.prompts.board import Amounts, ask_starter_targets

        targets = ask_starter_targets(
            board,
            template_with_inputs,
            Amounts(head.mark, head.money),
            lambda targets, id: _findings(path, text_with(targets), id),
        )
    text = _write(path, text_with(targets), log)
    say_all(open_lines(path, text))


def _findings(path: str, text: str, id: str) -> "list[Finding]":
    """What kpi check would say of one KPI."""
    from kpicli.catalogue.lookup import term
    from kpicli.cli.options import DayOptions
    from kpicli.lint.engine import lint_definitions
    from kpicli.store.definitions.read import read

    definitions = read(path, text.encode()).definitions
    found = lint_definitions(definitions, DayOptions().clock, term)
    return [finding for finding in found if finding.path[1:2] == (id,)]
