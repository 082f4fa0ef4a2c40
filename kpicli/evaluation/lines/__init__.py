"""The lines that count of a log, and the records that they are; those of a long log are packed."""
