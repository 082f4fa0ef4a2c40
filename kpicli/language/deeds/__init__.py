"""Deeds: what a name or a definition says that people do, who did it, and what came of it."""
