"""Lint definitions and their history against SMART."""
