"""The command line: options, streams, prompts."""
