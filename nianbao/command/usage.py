"""The command line's own words in Chinese: mistakes, and the frame of the help.

Enters: what click raises, and usage.csv. Leaves: classes of commands that say it in Chinese. English is what
typer and click say themselves. Their words change from version to version, and so does whether typer brings
its own click: a mistake is told by its kind and its option, and by words only where it has no kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup

from nianbao.choices import list_tables
from nianbao.command.help_layout import ChineseFormatter, PlainFormatter
from nianbao.command.usage_words import load_words, word
from nianbao.exit_codes import Exit
from nianbao.messages import Lang

Click: TypeAlias = Any
"""What click hands over; its types are its own, or those of the click inside typer."""
UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""What every mistake on the command line is, in click or in the click inside typer."""


class ChineseContext(typer.Context):
    """One command being started, with its help in Chinese."""

    formatter_class = ChineseFormatter


class PlainContext(typer.Context):
    """One command being started, with its help in English."""

    formatter_class = PlainFormatter


class PlainCommand(TyperCommand):
    """A command whose help is typer's, plainly written."""

    context_class = PlainContext


class PlainGroup(TyperGroup):
    """The program itself, in English."""

    context_class = PlainContext


class ChineseCommand(TyperCommand):
    """A command whose help is framed in Chinese."""

    context_class = ChineseContext


class ChineseGroup(TyperGroup):
    """The program itself; mistakes in any of its commands end here."""

    context_class = ChineseContext

    def make_context(self, *arguments: Click, **more: Click) -> Click:
        """Take the program's own options."""
        with in_chinese(self):
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: Click) -> Click:
        """Start the command that was asked for."""
        with in_chinese(self, ctx):
            return super().invoke(ctx)


def command_class(lang: Lang) -> type[TyperCommand]:
    """The class of a command, by the language of its help."""
    return ChineseCommand if lang is Lang.ZH else PlainCommand


def group_class(lang: Lang) -> type[TyperGroup]:
    """The class of the program, by the language of its help."""
    return ChineseGroup if lang is Lang.ZH else PlainGroup


@contextmanager
def in_chinese(group: TyperGroup, ctx: Click = None) -> Iterator[None]:
    """Say a mistake in Chinese and end; a program called without arguments goes on to show its help."""
    try:
        yield
    except UsageError as mistake:
        if type(mistake).__name__ == "NoArgsIsHelpError":
            raise
        at = getattr(mistake, "ctx", None) or ctx
        lines = [at.get_usage(), word("mistake.hint", command=at.command_path), ""] if at else []
        lines.append(word("mistake.sentence", sentence=describe(mistake, group)))
        typer.echo("\n".join(lines), err=True)
        raise typer.Exit(Exit.USAGE) from None


def describe(mistake: Click, group: TyperGroup) -> str:
    """One sentence about a mistake."""
    kind = type(mistake).__name__
    if kind == "NoSuchOption":
        others = "、".join(sorted(mistake.possibilities or ()))
        key = "mistake.similar" if others else "mistake.bad_option"
        return word(key, option=mistake.option_name, others=others)
    if kind == "BadOptionUsage":
        takes_none = mistake.option_name in list_switches(group)
        return word(f"mistake.takes_{'none' if takes_none else 'value'}", option=mistake.option_name)
    known = {"MissingParameter": "missing", "BadParameter": "wrong"}.get(kind)
    key = f"{known}.{mistake.param.name}" if known and mistake.param else ""
    if key not in load_words():
        return describe_words(mistake.format_message(), group)
    *first, last = list_tables() or ("",)
    return word(key, first="、".join(first), last=last)


def describe_words(message: str, group: TyperGroup) -> str:
    """A sentence about what click tells in words only."""
    commands = "、".join(group.commands)
    if extra := re.search(r"unexpected extra argument\S* \((.*)\)", message):
        return word("mistake.extra", extra=extra[1])
    if unknown := re.match(r"No such command ['\"](.*?)['\"]\.", message):
        return word("mistake.bad_command", name=unknown[1], commands=commands)
    if message.startswith("Missing command"):
        return word("mistake.no_command", commands=commands)
    return word("mistake.other", message=message)


def list_switches(group: TyperGroup) -> frozenset[str]:
    """The options of all commands that stand alone."""
    commands: Sequence[Click] = (group, *group.commands.values())
    options = [one for command in commands for one in command.params if getattr(one, "is_flag", False)]
    return frozenset(name for option in options for name in (*option.opts, *option.secondary_opts))
