"""A password is written into the definitions.

Definitions are shared, sent and committed, and a password that was committed once stays in the
history for good. Let the driver find it where it looks by itself, such as ~/.pgpass, or write a
variable; and change the password, since somebody may have read it.

Bad sample:
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns, from the table invoices"
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
from kpicli.text import passwords_in

SEVERITY = Severity.ERROR
_VARIABLE = "${"
_SECRET_HEADER = re.compile("authorization|token|key|secret", re.IGNORECASE)


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each address, command or header with a password in it that is no variable."""
    definitions = scorecard.definitions
    if _has_password(definitions.remote or ""):
        yield _finding(("remote",), "the remote")
    for source in definitions.sources.values():
        texts = {"url": source.url, "prometheus": source.prometheus}
        texts["command"] = " ".join(source.command)
        for key, text in texts.items():
            if _has_password(text or ""):
                yield _finding(("sources", source.id, key), f"the {key} of {source.id}")
        for name, value in source.headers.items():
            if _SECRET_HEADER.search(name) and _VARIABLE not in value:
                path = ("sources", source.id, "headers", name)
                yield _finding(path, f"the header {name} of {source.id}")
    for kpi in definitions.kpis.values():
        if _has_password(" ".join(kpi.command)):
            yield _finding(("kpis", kpi.id, "command"), f"the command of {kpi.id}")


def _has_password(text: str) -> bool:
    return any(not password.startswith(_VARIABLE) for password in passwords_in(text) if password)


def _finding(path: tuple[str, ...], what: str) -> Finding:
    hint = "write a variable instead, such as ${PASSWORD}, and change the password"
    return Finding(path=path, message=f"{what} holds a password", hint=hint)
