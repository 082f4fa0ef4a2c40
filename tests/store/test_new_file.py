"""A file that is put in another one's place is open to nobody to whom that was not."""

import errno
import os
import stat
import struct
from pathlib import Path
from typing import NoReturn

import pytest

from kpicli.store.disk import DISK, Disk
from kpicli.store.new_file import Likeness, create_copy, likeness_of
from tests.installed import Kpi
from tests.store.logs import line

ACL, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")


def acl(user: int, group: int, mask: int) -> bytes:
    """An ACL by which user 12 may do as much as `user` says, the group as much as `group`."""
    none = 0xFFFFFFFF
    entries = [(1, 6, none), (2, user, 12), (4, group, none), (16, mask, none), (32, 0, none)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A board with a log in which a line is to be repaired."""
    (tmp_path / "kpis.toml").write_text("[kpis.mrr]\n")
    path = tmp_path / "kpis.jsonl"
    path.write_bytes(line(value=1) + b'{"kpi":"mrr"}\n')
    path.chmod(0o640)
    try:
        os.setxattr(path, "user.origin", b"x")
        os.setxattr(path, ACL, acl(6, 4, 6))
    except OSError:
        pytest.skip("no ACL on this file system")
    return path


def rights(path: Path) -> tuple[int, bytes | None, list[str]]:
    names = os.listxattr(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    return mode, os.getxattr(path, ACL) if ACL in names else None, sorted(names)


def test_a_repaired_log_and_its_copy_keep_acl_and_attributes(kpi: Kpi, log: Path) -> None:
    before = rights(log)
    assert before[2] == [ACL, "user.origin"]
    assert kpi("repair").code == 0
    copy = next(log.parent.glob("*.before-repair-*"))
    assert [rights(log), rights(copy)] == [before, before]


def test_definitions_and_answers_keep_them_too(kpi: Kpi, log: Path) -> None:
    for name, words in (
        ("kpis.toml", ["add", "Coffee", "--target", ">=8", "--owner", "K", "--goal", "G", "--yes"]),
        ("answer.json", ["status", "-o", "answer.json"]),
    ):
        path = log.with_name(name)
        path.touch()
        os.setxattr(path, ACL, acl(4, 0, 4))
        before, old = rights(path), path.stat().st_ino
        run = kpi(*words, "--definition", "cups") if name == "kpis.toml" else kpi(*words)
        assert run.code in {0, 3}, run.err
        assert path.stat().st_ino != old
        assert rights(path) == before


def test_what_the_folder_gives_to_new_files_is_not_taken(kpi: Kpi, log: Path) -> None:
    os.removexattr(log, ACL)
    log.chmod(0o640)
    before = rights(log)
    os.setxattr(log.parent, DEFAULT, acl(6, 6, 6))
    assert kpi("repair").code == 0
    assert rights(log) == before


class NoAcl(Disk):
    """A disk that takes no ACL."""

    def set_attribute(self, descriptor: int, name: str, value: bytes) -> None:
        if name == ACL:
            raise OSError(errno.EPERM, "EPERM")
        super().set_attribute(descriptor, name, value)


def made(log: Path, like: Likeness, disk: Disk) -> int:
    descriptor = create_copy(str(log.with_name("new")), [b"x"], like, [], disk)
    os.close(descriptor)
    return stat.S_IMODE(log.with_name("new").stat().st_mode)


def test_where_the_acl_cannot_be_had_the_group_gets_nothing(log: Path) -> None:
    with log.open() as file:
        like = likeness_of(file.fileno(), log.stat(), DISK)
    assert stat.S_IMODE(like.status.st_mode) == 0o660
    assert made(log, like, NoAcl()) == 0o600
    log.with_name("new").unlink()
    assert made(log, like._replace(attributes=None), DISK) == 0o600


class NotRoot(Disk):
    """A disk on which nothing can be given away."""

    def set_owner(self, *_: int) -> NoReturn:
        raise OSError(errno.EPERM, "EPERM")


@needs_root
def test_where_owner_and_group_cannot_be_had_no_right_of_theirs_is_given(log: Path) -> None:
    os.removexattr(log, ACL)
    os.chown(log, 12, 34)
    log.chmod(0o6754)
    with log.open() as file:
        like = likeness_of(file.fileno(), log.stat(), DISK)
    assert made(log, like, NotRoot()) == 0o704


@needs_root
def test_an_answer_keeps_owner_and_group(kpi: Kpi, log: Path) -> None:
    answer = log.with_name("answer.json")
    answer.touch()
    os.chown(answer, 12, 34)
    assert kpi("status", "-o", "answer.json").code == 3
    assert (answer.stat().st_uid, answer.stat().st_gid) == (12, 34)
