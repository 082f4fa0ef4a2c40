"""The lines that count of a very long log, kept in little memory."""
