"""A password is written into the definitions.

Definitions are shared, sent and committed, and a password that was committed once stays in the
history for good. Let the driver find it where it looks by itself, such as ~/.pgpass, or write a
variable; and change the password, since somebody may have read it.

Bad:
    [goals.growth]
    name = "Grow the business"

    [kpis.monthly_revenue]
    name = "Monthly Revenue"
    goal = "growth"
    owner = "Head of Sales"
    definition = "Invoiced sales excluding VAT and returns, from the table invoices"
    levers = ["prices", "campaigns"]
    frequency = "monthly"
    target = "500,000 kr"
    source = "warehouse"
    query = "select sum(amount) from invoices where paid >= :start and paid < :end"

    [sources.warehouse]
    url = "postgresql://reader:hunter2@db.example.com/shop"

Good:
    [sources.warehouse]
    url = "postgresql://reader:${SHOP_PASSWORD}@db.example.com/shop"
"""

import re
from collections.abc import Iterator

from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ERROR
_PASSWORD = re.compile(r"://[^/@:\s]*:(?!\$\{)[^/@\s]+@")


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each address with a password in it that is no variable."""
    for source in scorecard.definitions.sources.values():
        for key in ("url", "prometheus"):
            if _PASSWORD.search(getattr(source, key) or ""):
                yield Finding(
                    path=("sources", source.id, key),
                    message=f"the {key} of {source.id} holds a password",
                    hint="write a variable instead, such as ${PASSWORD}, and change the password",
                )
