"""The definitions as git had them on a past day, so that what moved since does not rewrite it."""

import os
from dataclasses import replace
from datetime import datetime

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.store.definitions.read import LARGEST, DefinitionsFile, read, toml_text
from kpicli.store.git import GitAnswer, git_answer, in_git
from kpicli.text import safe

_AS_NOW = "judged by the definitions as they are now"


class _Commit(NamedTuple):
    """A commit, and the day that it has where it was made."""

    id: str
    day: str

    def __str__(self) -> str:
        return f"as committed on {self.day} ({self.id[:7]})"


def definitions_before(
    file: DefinitionsFile, until: str, cache: str | None = None
) -> DefinitionsFile | None:
    """The newest version of the file that was committed before an instant of the log.

    Nothing where there is none, or it lies in no git work tree. Its `version` says which commit it
    is of, if it says anything else than the file does. The log stays the one of today. Raises
    `KpiError` where there is one that can't be read.
    """
    if not in_git(file.path):
        return None
    folder, name = os.path.split(os.path.realpath(file.path))
    commit = _newest_commit(folder, name, until)
    content = _content(folder, name, commit) if commit else None
    if content is None:
        return None
    try:
        if toml_text(content, file.name) == file.text:
            return file
        past = read(file.path, content, cache)
    except KpiError as error:
        first = error.lines()[0].removeprefix("kpi: error: ")
        raise KpiError(f"{commit} does not load ({safe(first)})") from None
    definitions = replace(past.definitions, log=file.definitions.log)
    return past._replace(name=file.name, definitions=definitions, version=str(commit))


def definitions_on(file: DefinitionsFile, until: str, cache: str | None = None) -> DefinitionsFile:
    """The definitions to judge a past day by: as committed before its end, else as they are now.

    Where it is not known what they were, a warning of the file says so.
    """
    try:
        return definitions_before(file, until, cache) or file
    except KpiError as error:
        return file._replace(warnings=(f"{file.name} {error.message}: {_AS_NOW}",))


def _newest_commit(folder: str, name: str, until: str) -> _Commit | None:
    """The newest commit of a file before an instant; raises `KpiError` where git can't say."""
    latest = int(datetime.fromisoformat(until).timestamp()) - 1
    words = ("rev-list", "-1", f"--min-age={latest}", "--format=%cs", "HEAD", "--", name)
    answer = _answer(folder, "--literal-pathspecs", *words)
    match answer.line.split():
        case [_, id, day]:
            return _Commit(id, day)
    if answer.code:
        if _answer(folder, "rev-parse", "--verify", "--quiet", "HEAD").code == 1:
            return None  # there is no commit yet
        raise KpiError(f"as committed then is not known: {_reason(answer)}")
    if _answer(folder, "rev-parse", "--is-shallow-repository").line == "true":
        raise KpiError("as committed then is not here, since this is a shallow clone")
    return None


def _content(folder: str, name: str, commit: _Commit) -> bytes | None:
    """What a file was in a commit; nothing where that removed it, or made it a link."""
    words = ("ls-tree", "-l", "-z", commit.id, "--", name)
    entry = _answer(folder, "--literal-pathspecs", *words)
    mode, _, rest = entry.line.partition(" ")
    if not mode.startswith("100"):
        return None
    _, blob_id, size = rest.partition("\t")[0].split()
    if not size.isdecimal() or int(size) > LARGEST:
        raise KpiError(f"{commit} can't be read")
    blob = _answer(folder, "cat-file", "blob", blob_id)
    if blob.code:
        raise KpiError(f"{commit} can't be read: {_reason(blob)}")
    return blob.output


def _answer(folder: str, *words: str) -> GitAnswer:
    answer = git_answer(folder, *words)
    if answer is None:
        raise KpiError("as committed then is not known: git can't be run")
    return answer


def _reason(answer: GitAnswer) -> str:
    return safe(answer.errors.decode("utf-8", "replace").strip().partition("\n")[0][:200])
