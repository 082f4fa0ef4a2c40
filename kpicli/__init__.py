"""kpi: KPIs with targets, early warning and a SMART linter, in your terminal."""

__version__ = "0.2.0"
