"""What the commands have in common: how they end when something goes wrong, and how files are to be read.

Enters: what was asked for, and what went wrong meanwhile. Leaves: choices; a sentence and an exit code.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from nianbao.choices import Choices, Reread, read_passwords
from nianbao.command.dictionary_faults import list_faults
from nianbao.exit_codes import Exit
from nianbao.machine import console
from nianbao.machine.interrupts import hold_interrupts, raise_interrupts
from nianbao.messages import Messages
from normalize.words.csv_lines import DictionaryError
from normalize.words.own_lines import NO_LINES, OwnLines


def choose(reread: Reread, password_file: Path | None, say: Messages) -> Choices:
    """The choices, once the file of passwords is read."""
    try:
        return Choices(reread, read_passwords(password_file) if password_file else ())
    except (OSError, UnicodeDecodeError):
        typer.echo(say("input.no_passwords", path=password_file), err=True)
        raise typer.Exit(Exit.USAGE) from None


def check_printed(say: Messages) -> None:
    """End with a sentence where standard output did not take what was printed."""
    if loss := console.find_loss():
        console.tell(say("output.not_printed", detail=loss))
        raise typer.Exit(Exit.OUTPUT)


def choose_labels(path: Path | None) -> OwnLines:
    """The labels that the user adds, once their file is read.

    Raises:
        DictionaryError: it is faulty.
    """
    if path is None:
        return NO_LINES
    with hold_interrupts():
        from normalize.form.loader import read_own_labels
    return read_own_labels(path)


@contextmanager
def guard(say: Messages, *, interrupted: str = "run.interrupted", log_json: bool = False) -> Iterator[None]:
    """Turn an interrupt, and what no one foresaw, into a sentence and an exit code.

    A dictionary with faults ends here too, each of them in a sentence: it is read at the import, and labels
    of the user's with the other options, before any file is opened.
    """
    came: list[int] = []
    try:
        with raise_interrupts() as came:
            yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        break_off(say(interrupted), Exit.INTERRUPTED, log_json=log_json)
    except DictionaryError as error:
        text = "\n".join((say("dictionary.faulty"), *list_faults(error)))
        break_off(text, Exit.USAGE, log_json=log_json)
    except Exception:
        if came:  # a library made a fault of its own of it
            break_off(say(interrupted), Exit.INTERRUPTED, log_json=log_json)
        break_off(f"{say('run.bug')}\n{traceback.format_exc()}", Exit.BUG, log_json=log_json)


def break_off(text: str, code: Exit, *, log_json: bool) -> NoReturn:
    """Say on standard error why the program ends, in the way that was asked for."""
    if log_json:
        console.tell(json.dumps({"event": "refused", "text": text}))
        console.tell(json.dumps({"event": "end", "exit_code": code}))
    else:
        console.tell(text)
    raise typer.Exit(code) from None
