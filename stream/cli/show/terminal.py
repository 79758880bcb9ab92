"""Lines for people: text from pages made harmless for a terminal."""

import re

import click

# C0 and C1 controls without line feed and tab, direction overrides (which reorder what follows), lone surrogates
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with every character that could steer a terminal written out, such as ``\\x1b``."""
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), text)


def say(line: str) -> None:
    """A line about the work, on standard error: standard output belongs to the result."""
    click.echo(visible(line), err=True)
