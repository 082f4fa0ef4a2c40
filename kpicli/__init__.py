"""kpi: KPIs with targets, early warning and a SMART linter, in your terminal."""

TYPE_CHECKING = False  # nothing is imported before `__main__` minds a Ctrl-C, `typing` neither

if TYPE_CHECKING:
    from typing import Any

    from kpicli.api.board import Board, load
    from kpicli.api.rows import Rows
    from kpicli.errors import KpiError
    from kpicli.model.status import Status
    from kpicli.stats.forecast import Forecast, forecast

__version__ = "0.12.0"
__all__ = ["Board", "Forecast", "KpiError", "Rows", "Status", "__version__", "forecast", "load"]

_HOMES = {
    "Board": "kpicli.api.board",
    "Forecast": "kpicli.stats.forecast",
    "KpiError": "kpicli.errors",
    "Rows": "kpicli.api.rows",
    "Status": "kpicli.model.status",
    "forecast": "kpicli.stats.forecast",
    "load": "kpicli.api.board",
}
"""Where each public name lives; it is imported when it is first asked for."""


if not TYPE_CHECKING:  # a checker is to see the names above, and no others

    def __getattr__(name: str) -> "Any":
        from importlib import import_module

        if name not in _HOMES:
            raise AttributeError(f"module 'kpicli' has no attribute '{name}'")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found


def __dir__() -> list[str]:
    return __all__
