"""Where the command begins: an interrupt ends it at once, and the current folder is no place for code.

Enters: a process with its arguments. Leaves: its exit code. All else is imported after that.
"""

import os

from nianbao.codepath import leave_folder


def main() -> None:
    """Run the program with the arguments of the process."""
    try:
        leave_folder()
        from nianbao import interrupts

        interrupts.end_at_once()
    except KeyboardInterrupt:
        os._exit(130)  # as `Exit` has it
    from nianbao.cli import main as run

    try:
        run()
    finally:
        interrupts.ignore()  # what is done is done, and its exit code is the true one
