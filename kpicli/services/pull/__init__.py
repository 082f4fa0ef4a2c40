"""Ask the sources of a board, side by side, and record what comes: each KPI for itself."""
