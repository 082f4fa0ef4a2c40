"""The remote of a shared log, opened once somebody has agreed to it; its secrets are never said."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kpicli.cli.trust import require_trust
from kpicli.environment import variables
from kpicli.errors import KpiError
from kpicli.services.pull.secrets import Secrets
from kpicli.services.sync.remote import Remote, remote_at
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.words.syncing import sharing_line


@contextmanager
def opened(file: DefinitionsFile, *, is_trusted: bool) -> Iterator[Remote]:
    """The remote that the definitions name; raises `KpiError` where there is none."""
    url = file.definitions.remote
    if url is None:
        hint = 'name a database in it: remote = "postgresql://kpi@db.example.com/team"'
        raise KpiError("names no remote", where=file.name, hint=hint)
    secrets = Secrets(variables())
    shown = secrets.hide(url)
    if not is_trusted:
        hint = "read its remote, then run kpi sync on a terminal or add --trust"
        require_trust(
            file,
            f"remote\0{url}",
            [sharing_line(shown)],
            would="share its log with",
            question="Share it",
            undone="nothing was shared",
            hint=hint,
        )
    board = os.path.basename(file.path).removesuffix(".toml")
    with remote_at(secrets.fill(url), board, secrets.hide) as remote:
        yield remote
