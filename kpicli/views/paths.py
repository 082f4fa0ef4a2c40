"""Which files are used."""

from kpicli.views.blocks import Field, Fields, View


def paths_view(definitions: str, log: str) -> View:
    """Definitions and log, as absolute paths."""
    fields = (Field("definitions", definitions, "Definitions"), Field("log", log, "Log"))
    return View("path", blocks=(Fields(fields),))
