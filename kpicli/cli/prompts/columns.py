"""Ask a person which KPI the columns of a table are that bear the name of none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from kpicli.cli.output import is_conversation, say
from kpicli.cli.prompts.answers import ask_until_valid
from kpicli.errors import KpiError, ManyErrors
from kpicli.model.kpi import Definitions
from kpicli.model.source import Source
from kpicli.sources._unseen import StrangeColumnsError, quoted
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import safe

T = TypeVar("T")


def with_columns_asked(take_in: Callable[[Source], T], source: Source, file: DefinitionsFile) -> T:
    """What comes of a table; on a terminal what its columns are is asked, where nothing says it."""
    try:
        return take_in(source)
    except KpiError as error:
        strangers = _strangers(error)
        if strangers is None or not is_conversation():
            raise
        say(error.lines()[0].partition(" \u2014 ")[0])
        columns = {**strangers.known, **_ask(strangers.columns, file.definitions)}
        if not columns:
            raise
    pairs = ",".join(f"{id}={column}" for id, column in columns.items())
    say(f"next time: --columns {quoted(pairs)}")
    return take_in(replace(source, columns={**source.columns, **columns}))


def _strangers(error: KpiError) -> StrangeColumnsError | None:
    """The one thing that is wrong, if it is that columns are nobody's."""
    errors = error.errors if isinstance(error, ManyErrors) else [error]
    return errors[0] if len(errors) == 1 and isinstance(errors[0], StrangeColumnsError) else None


def _ask(columns: Sequence[str], definitions: Definitions) -> dict[str, str]:
    """The column of each KPI that somebody names; the others are passed over."""
    answers: dict[str, str] = {}
    for column in dict.fromkeys(columns):
        question = f"Which KPI is '{safe(column[:40])}'? Its name or id, or Enter to pass over it: "
        id = ask_until_valid(question, lambda name: definitions.kpi(name).id if name else "")
        answers |= {id: column} if id else {}
    return answers
