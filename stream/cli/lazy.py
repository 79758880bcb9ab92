"""Groups of commands that load a command's module only when it is called, so that ``--help`` is instant."""

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that knows its commands' names and one-line helps, and that they lie in ``package``.

    The command ``dead-letters`` of the package ``stream.cli`` is the one of that name in ``stream.cli.dead_letters``.
    """

    def __init__(self, *arguments: Any, package: str, helps: Mapping[str, str], **others: Any) -> None:
        super().__init__(*arguments, **others)
        self.package = package
        self.helps = dict(helps)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.helps)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.helps:
            return None
        module = importlib.import_module(f"{self.package}.{cmd_name.replace('-', '_')}")
        return next(each for each in vars(module).values() if isinstance(each, click.Command) and each.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.helps.items()))
