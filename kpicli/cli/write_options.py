"""Flags of the commands that write to the log."""

from collections.abc import Sequence
from typing import Annotated

from kpicli.cli.options import Text, flag, switch
from kpicli.cli.output import DRY_RUN, agrees_to_log, say
from kpicli.noun import NamedTuple

By = Annotated[Text, flag("NAME", "Who records; else $KPI_BY, git's user.name, the login name.")]
Yes = Annotated[bool, switch("Replace values, and accept those that look wrong.", "--yes", "-y")]
Replace = Annotated[bool, switch("Replace values, but refuse those that look wrong.", "--replace")]
Fractions = Annotated[
    bool, switch("Values of KPIs in % are fractions: 0.021 is 2.1%.", "--fractions")
]
Note = Annotated[str, flag("TEXT", "A note: why the value is what it is.")]
DryRun = Annotated[bool, switch("Show what would be recorded.", "--dry-run")]
TrustLog = Annotated[
    bool,
    switch("Write to a log outside the board's folder, or of somebody's board.", "--trust-log"),
]
Quiet = Annotated[bool, switch("No confirmation.", "--quiet", "-q")]


class WriteOptions(NamedTuple):
    """What is agreed to beforehand, and whether what was done is said."""

    yes: Yes = False
    dry_run: DryRun = False
    trust_log: TrustLog = False
    quiet: Quiet = False

    def agrees_to_log(self, doubts: Sequence[str]) -> bool:
        """Whether the log is to be written to in spite of what speaks against it."""
        return agrees_to_log(doubts, is_trusted=self.trust_log)

    def confirm(self, text: str) -> None:
        """Say what was done, or would have been, where that is wanted."""
        if not self.quiet:
            say(f"{DRY_RUN}{text}" if self.dry_run else text)
