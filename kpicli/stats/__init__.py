"""Numbers only: statistics that know no KPI."""
