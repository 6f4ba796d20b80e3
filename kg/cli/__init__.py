"""The command line: each command parses, calls and prints; one command a file."""
