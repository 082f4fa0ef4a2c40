"""The replica id of a machine and user: it tells their files in a folder log from others."""

import os
import re
from contextlib import suppress

from kpicli.store.cache import is_own, make_private
from kpicli.store.log.seal import sha256

_ID = re.compile("[0-9a-f]{8}")


def replica_id(home: str | None, machine: str) -> str:
    """Eight hex digits, made at random once a machine and user; kept in kpi's own folder `home`.

    A home that was copied, or that several machines share, gives each of them an id of its own.
    Where nothing can be kept the machine stands for it; and where that has no name either, it is a
    new one each time: then each write has a file of its own, but no two machines ever share one.
    """
    owner = _owner(machine)
    if not kept_replica(home, machine):
        _keep(home, f"{owner}-{_random_id()}")
    return kept_replica(home, machine) or (owner[:8] if machine else _random_id())


def kept_replica(home: str | None, machine: str) -> str:
    """The id that is kept for the machine and the user; nothing where there is none.

    Of those that two processes made at once it is the first by name, for everybody.
    """
    with suppress(OSError):
        folder = _own_folder(home)
        names = sorted(os.listdir(folder)) if folder else []
        pairs = [name.partition("-") for name in names]
        owner = _owner(machine)
        return next((id for of, _, id in pairs if of == owner and _ID.fullmatch(id)), "")
    return ""


def _keep(home: str | None, name: str) -> None:
    """Keep an id as the name of an empty file; what can't be kept is not."""
    with suppress(OSError):
        make_private(os.path.join(home or "", "replicas") if home else "")
        if folder := _own_folder(home):
            flags = os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
            os.close(os.open(os.path.join(folder, name), flags, 0o600))


def _own_folder(home: str | None) -> str:
    """Where ids are kept, if that is one's own."""
    folder = os.path.join(home or "", "replicas")
    return folder if home and is_own(home) and is_own(folder) else ""


def _owner(machine: str) -> str:
    """What stands for the machine and the user; a machine without a name has its host's."""
    place = f"{machine or os.uname().nodename}\0{os.geteuid()}"
    return str(sha256(place.encode()).hexdigest()[:16])


def _random_id() -> str:
    return os.urandom(4).hex()
