"""What a rule judges: a ledger, and what rules are told of each other."""

from collections.abc import Callable

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.term import Entry
from kpicli.lint.root_cause import RootCause, root_cause
from kpicli.model.kpi import Kpi


class LintContext(AnalysisLedger):
    """A ledger with what is known of a KPI by its name, and of the other rules.

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

    def root(self, kpi: Kpi) -> RootCause | None:
        """What is wrong with it at the root; a term of the catalogue is no wish."""
        found = root_cause(kpi)
        return None if found is RootCause.WISH and self.term(kpi) else found
