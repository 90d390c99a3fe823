"""The command line: options, help, and what is shown in the terminal."""
