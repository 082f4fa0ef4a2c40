"""Remember by its hash that a definitions file has passed the shape check of this version."""

from kpicli.store.markers import Markers

_MOST = 256


def has_passed(content: bytes, cache: str | None) -> bool:
    """Whether this very content has passed before."""
    return cache is not None and _marked(content) in _markers(cache)


def remember(content: bytes, cache: str | None) -> None:
    """Mark the content; a cache that can't be written is ignored."""
    _markers(cache).add(_marked(content))


def _markers(cache: str | None) -> Markers:
    return Markers(cache, "definitions-1", _MOST)


def _marked(content: bytes) -> bytes:
    from kpicli import __version__

    return f"kpi {__version__}\n".encode() + content
