"""KPI templates, one TOML file an area."""
