"""Answers: results arranged for a reader, one file a view."""
