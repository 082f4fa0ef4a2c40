"""The two commands of README, from a fresh clone in an empty folder, as a stranger types them."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.installed import environment
from tests.pages import README, ROOT

INSTALL, TEST = re.findall(r"^```sh\n(python3 .*)\n```", README.text, re.MULTILINE)
FEW = {"PYTEST_ADDOPTS": "-n 0 tests/test_text.py tests/test_distributions.py"}
"""Which tests the second command runs here."""
SUITES = ("bookworm", "trixie")
_PYTHONS = ("python3.11", "python3.12", "python3.13")
_PASSED_ON = re.compile("PIP_.*|.*_proxy|SSL_CERT_FILE", re.IGNORECASE)
"""How pip reaches an index."""
_MINUTES = 10


def clone(folder: Path) -> Path:
    """The files of the project, without what git ignores."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode:
        pytest.skip("the project lies in no git work tree")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    return folder


def variables(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    passed = {name: text for name, text in os.environ.items() if _PASSED_ON.fullmatch(name)}
    return environment(home, passed | {"HOME": str(home), **more})


def shell(words: list[str], folder: Path, env: Mapping[str, str]) -> str:
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=folder,
        env=env,
        timeout=_MINUTES * 60,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def require_table_and_man_page(said: str, folder: Path) -> None:
    assert re.search(r"^Monthly Revenue .* 480,000 kr .*at risk", said, re.MULTILINE), said
    assert re.search(r"^Cart Abandonment .*on target", said, re.MULTILINE), said
    assert (folder / ".venv" / "share" / "man" / "man1" / "kpi.1").exists()


@pytest.mark.installed
@pytest.mark.parametrize("python", _PYTHONS)
def test_both_commands_do_all(python: str, tmp_path: Path) -> None:
    program = shutil.which(python)
    if not program or subprocess.run([program, "-m", "pip", "-V"], check=False).returncode:
        pytest.skip(f"{python} with pip is not installed")
    folder = clone(tmp_path / "clone")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text(f'#!/bin/sh\nexec {program} "$@"\n')
    (tmp_path / "bin" / "python3").chmod(0o755)
    env = variables(tmp_path, {"PATH": f"{tmp_path}/bin:/usr/bin:/bin"})
    require_table_and_man_page(shell(["/bin/sh", "-c", INSTALL], folder, env), folder)
    assert " passed" in shell(["/bin/sh", "-c", TEST], folder, env | FEW)


@pytest.mark.exhaustive
@pytest.mark.parametrize("suite", SUITES)
def test_both_commands_do_all_on_a_bare_debian(
    suite: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """In $DEBIAN_ROOTS/SUITE, where that is there; else in one that debootstrap makes."""
    if os.getuid() != 0:
        pytest.skip("chroot needs root")
    root = Path(os.environ.get("DEBIAN_ROOTS", tmp_path)) / suite
    if not root.exists():
        if pytestconfig.getoption("--seconds"):
            pytest.skip("debootstrap takes minutes")
        if not shutil.which("debootstrap"):
            pytest.skip("debootstrap is not installed")
        make_debian(root, suite)
    home = root / "root"
    shutil.rmtree(home / "clone", ignore_errors=True)
    clone(home / "clone")
    for name in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
        shutil.copy(Path("/") / name, root / name)
    env = variables(Path("/root"), {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    inside = ["chroot", str(root), "/bin/sh", "-c"]
    said = shell([*inside, f"cd /root/clone && {INSTALL}"], tmp_path, env)
    require_table_and_man_page(said, home / "clone")
    assert " passed" in shell([*inside, f"cd /root/clone && {TEST}"], tmp_path, env | FEW)


def make_debian(root: Path, suite: str) -> None:
    """A Debian with Python and pip, and nothing else."""
    words = ["debootstrap", "--variant=minbase", "--include=python3,python3-pip,ca-certificates"]
    done = subprocess.run([*words, suite, str(root)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"debootstrap could not make one: {done.stdout.strip()[-200:]}")
