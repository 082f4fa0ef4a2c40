"""What may be recorded."""
