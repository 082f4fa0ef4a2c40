"""Load definitions and log together, and evaluate KPIs by as much of the log as that takes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpicli.environment import Moment, cache_folder
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import further_requests, lookback_of
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.record import NOTE_ID
from kpicli.noun import NamedTuple
from kpicli.store.disk import DISK, Disk
from kpicli.store.log import Log, log_at

if TYPE_CHECKING:
    from kpicli.evaluation.evaluate import Evaluation
    from kpicli.evaluation.lookback import EvaluationRequest, Lookback
    from kpicli.model.log_issue import LogIssue
    from kpicli.store.definitions.read import DefinitionsFile


class Loaded(NamedTuple):
    """A scorecard, the definitions that it comes from, and the log, which was read."""

    file: "DefinitionsFile"
    scorecard: Ledger
    log: Log

    @property
    def warnings(self) -> tuple[str, ...]:
        """Which definitions it was, then a line for all in the log that was left out or ignored."""
        return *self.file.warnings, *warnings_of(self.log)

    @property
    def paths(self) -> tuple[str, ...]:
        """Definitions and log, which no answer is ever written over."""
        return self.file.path, *self.log.paths

    @property
    def damages(self) -> Sequence["LogIssue"]:
        """The lines of the log that were left out."""
        return damages_of(self.log)


def load_board(
    file: "DefinitionsFile",
    moment: Moment,
    lookback: "Lookback | None" = None,
    disk: Disk = DISK,
    *,
    has_rivals: bool = False,
    is_anew: bool = False,
) -> Loaded:
    """The scorecard on a day.

    With a `lookback` all of the log is checked, and of each KPI only what lies within it is kept.
    Where it `has_rivals`, what people disagree about is found, if need be in a second look. Read
    `is_anew`, nothing that is remembered of the log is used.
    """
    log, ids, until = log_of(file, disk, is_anew=is_anew), file.definitions.ids, moment.until
    contested: set[tuple[str, ...]] | None = set() if has_rivals else None
    lines = newest_lines(log.lines(lookback), ids, until, contested)
    definitions = file.definitions
    series = series_by_kpi(
        lines, damages_of(log), ids, until, definitions.units, calendar=definitions.calendar
    )
    if contested:
        from kpicli.evaluation.disagreement import disagreements, with_rivals

        again = log_of(file, disk).lines(lookback)
        open_ones = disagreements(again, contested, ids, until)
        series = with_rivals(series, open_ones, definitions.calendar)
    return Loaded(file, Ledger(definitions, series, moment.clock), log)


def reload(loaded: Loaded, disk: Disk = DISK) -> Loaded:
    """Load the same board again, as its log is now."""
    now = Moment(loaded.scorecard.clock)
    return load_board(loaded.file, now, loaded.log.lookback, disk, has_rivals=True)


def log_of(file: "DefinitionsFile", disk: Disk = DISK, *, is_anew: bool = False) -> Log:
    """The log of some definitions; nothing is read yet."""
    ids, cache = (*file.definitions.ids, NOTE_ID), None if is_anew else cache_folder()
    return log_at(file.log_path, file.log_name, disk, ids, cache)


def damages_of(log: Log) -> list["LogIssue"]:
    """The lines that were left out, since they are damaged or markers of git."""
    return [issue for issue in log.issues if issue.kind.is_damage]


def warnings_of(log: Log) -> tuple[str, ...]:
    """One line for everything that was left out, then for what was ignored."""
    return tuple(map(str, sorted(log.issues, key=lambda issue: issue.kind.is_warning)))


class EvaluatedBoard(NamedTuple):
    """What was loaded, and an evaluation for every query, in that order."""

    loaded: Loaded
    evaluations: Sequence["Evaluation"]

    @property
    def scorecard(self) -> Ledger:
        """What they were evaluated by."""
        return self.loaded.scorecard


def evaluate_board(
    file: "DefinitionsFile", moment: Moment, queries: Sequence["EvaluationRequest"]
) -> EvaluatedBoard:
    """By as much of the log as is looked at first, and by more of it where that falls short."""
    while True:
        lookback = lookback_of(file.definitions, queries, moment.clock.today)
        loaded = load_board(file, moment, lookback)
        evaluations = [_evaluation(loaded.scorecard, query) for query in queries]
        pairs = zip(queries, evaluations, strict=True)
        further_queries = further_requests(loaded.scorecard, pairs, loaded.log.left_out)
        if further_queries == list(queries):
            return EvaluatedBoard(loaded, evaluations)
        queries = further_queries


def _evaluation(scorecard: Ledger, query: "EvaluationRequest") -> "Evaluation":
    if query.period is None:
        return scorecard.latest(query.kpi, query.frequency)
    return scorecard.evaluate(query.kpi, query.period)
