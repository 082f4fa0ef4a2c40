"""Repair the log, file by file, and what its damage touches."""

from collections.abc import Sequence
from datetime import date

from kpicli.environment import moment
from kpicli.evaluation.lookback import lookback_from
from kpicli.model.log_issue import FileRepair
from kpicli.services.load import Loaded, load_board
from kpicli.services.log_trust import Agree, require_trusted_log
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log.repair import repair
from kpicli.store.log.replace import sweep


def load_damage(file: DefinitionsFile) -> Loaded:
    """The damage of the log, and what stands of the KPIs that it touches; of no others."""
    loaded = load_board(file, moment(None), lookback={}, is_anew=True)
    names = {lost.kpi for damage in loaded.damages for lost in damage.lost}
    if not names:
        return loaded
    if "" in names:
        return load_board(file, moment(None))
    ids = file.definitions.ids
    today = {ids.get(name, name): date.min for name in names}
    lookback = {**dict.fromkeys(names, date.min), **lookback_from(file.definitions, today)}
    return load_board(file, moment(None), lookback=lookback, is_anew=True)


def repair_log(
    loaded: Loaded, *, is_dry: bool, agree: Agree | None = None
) -> tuple[list[FileRepair], Sequence[str]]:
    """What became of each file, and which temporary files were removed.

    A file that can't be repaired leaves those before it repaired. Raises `KpiError` where it may be
    no log of kpi's and nobody agrees that it is.
    """
    if not is_dry:
        require_trusted_log(loaded.file, loaded.log, agree, "nothing repaired")
    ids: set[int] = set()
    files = [repair(file.path, file.name, ids=ids, is_dry=is_dry) for file in loaded.log.files]
    return files, sweep(loaded.log.folder, is_dry=is_dry)
