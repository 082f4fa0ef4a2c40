"""Take out of the log what is damaged or doubled, the original kept beside it."""

import os
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from typer import Option

from kpicli.cli.options import When, Where, command
from kpicli.cli.output import say, show
from kpicli.cli.output_options import Look
from kpicli.errors import Exit, KpiError
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.log_issue import Repaired
from kpicli.model.record import Clock
from kpicli.services.load import Loaded, load
from kpicli.services.verify import readings_of
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log.repair import repair
from kpicli.store.log.replace import sweep
from kpicli.views.words.repair import copy_names, repair_summary, repair_view

EXAMPLES = """\
kpi repair --dry-run
kpi repair
kpi repair --json | jq -r '.touched[] | "\\(.kpi) \\(.period)"'
"""


@command
def run(
    *,
    dry_run: Annotated[bool, Option("--dry-run", help="Say what would be done.")] = False,
    where: Where,
    look: Look,
) -> int:
    """Take out of the log what is damaged or doubled, the original kept beside it.

    Good lines stay byte for byte and in their order, both sides of a git conflict among them; what
    goes stands in the copy. Of a record that several files of a folder hold, the first by name
    keeps it. Temporary files of kpi that are over an hour old go too: no write takes so long.
    """
    file = where.definitions()
    loaded = _loaded(file, When().clock)
    look.drawing(repair_view(loaded.scorecard, file.log_shown, (), (), is_dry=dry_run))
    done = _repaired(loaded, is_dry=dry_run)
    swept = sweep(_folder(loaded), is_dry=dry_run)
    view = repair_view(loaded.scorecard, file.log_shown, done, swept, is_dry=dry_run)
    try:
        show(look.drawing(view), loaded.paths)
    except KpiError:
        if copies := copy_names(done):
            say(f"repaired, the original kept as {copies}")
        raise
    if said := repair_summary(done, swept, is_dry=dry_run):
        say(said)
    return Exit.FINE


def _loaded(file: DefinitionsFile, clock: Clock) -> Loaded:
    """The damage of the log, and what stands of the KPIs that it touches; of no others."""
    loaded = load(file, clock, first={})
    names = {kpi for damage in loaded.damages for kpi, _ in damage.pairs}
    if not names:
        return loaded
    ids = file.definitions.ids
    known = full_lookback(file.definitions, {ids.get(name, name) for name in names})
    return load(file, clock, first={**dict.fromkeys(names, date.min), **known})


def _repaired(loaded: Loaded, *, is_dry: bool) -> Sequence[Repaired]:
    """File by file; one that can't be repaired leaves those before it repaired."""
    known: set[int] = set()
    readings = readings_of(loaded.reading)
    return [repair(one.path, one.shown, known=known, is_dry=is_dry) for one in readings]


def _folder(loaded: Loaded) -> str:
    """The folder in which the log really lies."""
    path = loaded.file.log_path
    return path if loaded.file.is_folder_log else os.path.dirname(os.path.realpath(path))
