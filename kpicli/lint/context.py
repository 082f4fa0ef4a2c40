"""What a rule judges: a scorecard that keeps what several rules ask of it."""

from collections.abc import Callable
from functools import cached_property

from kpicli.analysis.control_chart import ControlLimits, control_limits, since_rebase
from kpicli.analysis.observations import Observations, observations, observed_numbers
from kpicli.catalogue.term import Entry
from kpicli.evaluation.actual import Known
from kpicli.lint.root_cause import Root, root_of
from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard


class Evidence(Scorecard):
    """A scorecard of which each KPI's past is reckoned once, and only where it is asked for.

    `finds` tells whether a word in an `ignore` leaves out a finding about the KPI of an id, and is
    nothing where no rule is called that; `words` are what rules are called. `called` is the term of
    the catalogue that goes by a name.
    """

    finds: Callable[[str, str], bool | None] = staticmethod(lambda _word, _id: None)
    words: tuple[str, ...] = ()
    called: Callable[[str], Entry | None] = staticmethod(lambda _name: None)

    def term(self, kpi: Kpi) -> Entry | None:
        """The term of the catalogue that a KPI is by its name."""
        return self.called(kpi.name)

    def root(self, kpi: Kpi) -> Root | None:
        """What is wrong with it at the root; a term of the catalogue is no wish."""
        found = root_of(kpi)
        return None if found is Root.WISH and self.term(kpi) else found

    def observations(self, kpi: Kpi) -> Observations:
        """Its closed own periods that have an actual, oldest first."""
        if kpi.id not in self._pasts:
            self._pasts[kpi.id] = observations(self, kpi, self._known)
        return self._pasts[kpi.id]

    def limits(self, kpi: Kpi) -> ControlLimits | None:
        """Its natural limits since the latest known change, where there are periods enough."""
        if kpi.id not in self._limits:
            self._limits[kpi.id] = control_limits(
                observed_numbers(since_rebase(kpi, self.observations(kpi)))
            )
        return self._limits[kpi.id]

    @cached_property
    def _known(self) -> Known:
        return {}

    @cached_property
    def _pasts(self) -> dict[str, Observations]:
        return {}

    @cached_property
    def _limits(self) -> dict[str, ControlLimits | None]:
        return {}
