"""Ink: canvas, formats, terminal, pages, charts."""
