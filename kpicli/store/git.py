"""What git has to do with the log: whether it lies in a work tree."""

import os


def in_git(path: str) -> bool:
    """Whether a path lies in a git work tree."""
    folder = os.path.dirname(os.path.realpath(path))
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True
