"""Where the command begins, which imports this and nothing else.

Enters: a process with its arguments. Leaves: its exit code. From this import on, and not only from `main` on,
an interrupt ends the process at once, and the current folder is no place for code.
"""

import os

from nianbao.machine.import_path import leave_folder

try:
    leave_folder()
    from nianbao.machine import interrupts

    interrupts.end_at_once()
except KeyboardInterrupt:
    os._exit(130)  # as `Exit` has it


def main() -> None:
    """Run the program with the arguments of the process."""
    from nianbao.command.cli import main as run

    try:
        run()
    finally:
        interrupts.ignore()  # what is done is done, and its exit code is the true one
