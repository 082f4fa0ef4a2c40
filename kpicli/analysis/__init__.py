"""What the past of the KPIs tells: trends, signals, forecasts, drivers, and what needs a person."""
