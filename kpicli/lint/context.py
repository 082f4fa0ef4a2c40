"""What a rule judges: a ledger, with the catalogue and what the other rules find."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.evaluation.active import active_kpis
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.memo import once
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number, shown_places
from kpicli.model.record import Actual

if TYPE_CHECKING:  # words are read only where no rule is known to have read them
    from kpicli.catalogue.term import Template
    from kpicli.lint.root_cause import RootCause

FindTerm = Callable[[str], "Template | None"]  # the term of the catalogue that has a name


_FEWEST_PERIODS = 12


def rising_kpis(ledger: Ledger) -> frozenset[str]:
    """Those that never fell in all of their recorded periods, twelve or more; sums begin anew."""
    kpis = (kpi for kpi in active_kpis(ledger) if kpi.rollup is not Rollup.SUM and not kpi.formula)
    return frozenset(kpi.id for kpi in kpis if _never_fell(ledger, kpi))


def _never_fell(ledger: Ledger, kpi: Kpi) -> bool:
    values, series = list[Number](), ledger.series_of(kpi)
    for period in reversed(ledger.own_periods(kpi)):  # one by one, as most fall soon
        for value in series.numbers([period]):
            if value is not None and values and value < values[-1]:
                return False
            values += [value] if value is not None else []
    return len(values) >= _FEWEST_PERIODS and values[0] < values[-1]


def no_term(_name: str) -> None:
    """A catalogue without terms."""


class LintContext(AnalysisLedger):
    """A ledger with the catalogue, and with what the other rules find.

    `is_broken(word, id)` tells whether the rule of that code or name finds anything about a KPI,
    and is nothing where there is no such rule; `rule_words` are all codes and names; `rising` are
    the KPIs that never fell.
    """

    is_broken: Callable[[str, str], bool | None] = staticmethod(lambda _word, _id: None)
    rule_words: tuple[str, ...] = ()
    rising: frozenset[str] = frozenset()
    find_term: FindTerm = staticmethod(no_term)

    def decimals(self, kpi: Kpi) -> int:
        """Those of the most precise of its actuals."""
        periods = [past.period for past in self.observations(kpi)]
        if self.is_recorded_whole(kpi):
            numbers = self.series_of(kpi).numbers(periods)
            places = [shown_places(each, kpi.unit) for each in numbers if each is not None]
            return max(places, default=0)
        actuals = (self.actual(kpi, period) for period in periods)
        return max((actual.decimals for actual in actuals if isinstance(actual, Actual)), default=0)

    @once
    def term(self, kpi: Kpi) -> "Template | None":
        """The term of the catalogue that a KPI is by its name."""
        return self.find_term(kpi.name)

    def likely_owner(self, kpi: Kpi) -> str:
        """The head of its area, else who answers for most of the board, else a place to fill in."""
        return f"Head of {kpi.area}" if kpi.area else self._busiest_owner

    @cached_property
    def _busiest_owner(self) -> str:
        from kpicli.language.owner import is_group, is_nobody

        owners = Counter(kpi.owner for kpi in self.definitions.kpis.values() if kpi.owner)
        names = (owner for owner, _ in owners.most_common() if owner)
        return next((name for name in names if not is_nobody(name) and not is_group(name)), "…")

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the names are mostly in a language that kpi has no words of."""
        from kpicli.language.stems import is_foreign

        return is_foreign(kpi.name for kpi in active_kpis(self))

    @once
    def doubt(self, kpi: Kpi) -> str:
        """Why a target without a sign may mean the opposite of what it says, if it may."""
        from kpicli.lint.root_cause import doubt

        return doubt(kpi, frozenset(self.definitions.check_settings.burdens))

    @once
    def root_cause(self, kpi: Kpi) -> "RootCause | None":
        """Why it is no one number yet; the name of a term of the catalogue is never vague."""
        from kpicli.lint.root_cause import RootCause, root_cause

        cause = root_cause(kpi)
        return None if cause is RootCause.VAGUE and self.term(kpi) else cause
