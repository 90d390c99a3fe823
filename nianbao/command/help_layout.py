"""The help: names without typer's own signs; in Chinese the frame too, and lines as wide as the terminal.

Enters: what typer writes of the help. Leaves: the same, in Chinese with the frame's words from usage.csv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

import typer

from nianbao.command.line_breaks import wrap
from nianbao.command.usage_words import load_words, word

REMARKS: Final = (
    (r"\bdefault: ", "frame.default"),
    (r"\brequired\b", "frame.required"),
    (r"\bx>=", "frame.at_least"),
)

_Formatter: Any = typer.Context.formatter_class


class PlainFormatter(_Formatter):  # type: ignore[misc] # click's, wherever typer has it from
    """Writes the help without what only typer understands: `{INPUT...}...`, `FILE <path>`."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how to call it."""
        super().write_usage(prog, re.sub(r"\{(.+?)\}(?:\.\.\.)?", r"\1", args), prefix)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it does."""
        super().write_dl([(name_plainly(first), second) for first, second in rows], col_max, col_spacing)


def name_plainly(name: str) -> str:
    """An argument without its type, which its description tells."""
    return re.sub(r"^(\w\S*) <[^|]*>$", r"\1", name)


class ChineseFormatter(PlainFormatter):
    """Writes the help in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how to call it."""
        for english, key in (("[OPTIONS]", "frame.options"), ("COMMAND [ARGS]...", "frame.command")):
            args = args.replace(english, word(key))
        super().write_usage(prog, args, prefix or word("frame.usage"))

    def write_heading(self, heading: str) -> None:
        """The name of a part."""
        self.write(f"{'':>{self.current_indent}}{load_words().get(f'frame.{heading}', heading)}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs."""
        paragraphs = [wrap(one, self.width - self.current_indent) for one in text.split("\n\n")]
        lines = "\n\n".join("\n".join(one) for one in paragraphs).splitlines()
        for line in lines:
            self._write_line(line)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it does."""
        named = [(name_plainly(first), translate(second)) for first, second in rows]
        left = min(max(len(first) for first, _ in named), col_max) + col_spacing
        for first, second in named:
            lines = wrap(second, max(self.width - self.current_indent - left, 20))
            if len(first) + col_spacing > left:
                self._write_line(first)
                first = ""  # noqa: PLW2901
            for head, line in zip_longest((first,), lines, fillvalue=""):
                self._write_line(f"{head:<{left}}{line}")

    def _write_line(self, line: str) -> None:
        self.write(f"{'':>{self.current_indent}}{line}".rstrip() + "\n")


def translate(description: str) -> str:
    """What an option does, with click's own remarks in Chinese."""
    if description.startswith("Show this message"):
        return word("frame.help")
    text, bracket, remarks = description.replace("\\[", "[").rpartition("  [")  # typer 0.16 escapes it
    for english, key in REMARKS if bracket else ():
        remarks = re.sub(english, word(key), remarks)
    return text + bracket + remarks.replace("; ", "；")
