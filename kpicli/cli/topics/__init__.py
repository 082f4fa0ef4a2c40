"""What `kpi help` explains beside the commands, one subject a file."""
