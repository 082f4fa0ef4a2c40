"""Findings that are known already: written down in a file, and left out from then on."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from kpicli.errors import KpiError
from kpicli.model.finding import Finding
from kpicli.text import safe

_HEAD = "# Findings that kpi check leaves out: file, rule and key. kpi check --write-baseline\n"


class Baseline(NamedTuple):
    """The findings that a file names, by what stays when lines move: file, rule and key."""

    path: str
    keys: frozenset[str]

    def key(self, file: str, finding: Finding) -> str:
        """One line: the definitions as seen from the baseline's folder, the code, the key."""
        folder = os.path.dirname(os.path.abspath(self.path))
        name = os.path.relpath(os.path.abspath(file), folder).replace(os.sep, "/")
        return safe(f"{name} {finding.code} {'.'.join(finding.path) or '-'}")

    def new(self, file: str, findings: Iterable[Finding]) -> list[Finding]:
        """Those of the findings that it does not name."""
        return [finding for finding in findings if self.key(file, finding) not in self.keys]


def read_baseline(path: str) -> Baseline:
    """What the file names; raises `KpiError` where it can't be read."""
    try:
        with open(path, encoding="utf-8") as source:
            lines = source.read().splitlines()
    except (OSError, UnicodeError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "is no text"
        hint = f"kpi check --baseline {safe(path)} --write-baseline makes it"
        raise KpiError(reason, where=safe(path), hint=hint) from None
    return Baseline(path, frozenset(line for line in lines if line and not line.startswith("#")))


def baseline_text(keys: Iterable[str]) -> str:
    """The file: a line a finding, sorted, so that a difference shows what came and went."""
    return _HEAD + "".join(f"{key}\n" for key in sorted(set(keys)))
