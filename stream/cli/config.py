"""``stream-cleaner config``: show the effective settings, secrets masked."""

import click
from rich.console import Console
from rich.table import Table

from stream import native
from stream.settings import PREFIX, Settings, description_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.pass_obj
def config(settings: Settings, as_json: bool) -> None:
    """Show every setting with its effective value and meaning.

    A setting is an environment variable (STREAM_BROKERS=kafka:9092), or a line in the TOML file that STREAM_CONFIG
    names (brokers = ["kafka:9092"]). The environment wins. Passwords are shown as asterisks. STREAM_NATIVE and
    STREAM_CONFIG can stand in the environment alone: they must be known before a file is read.
    """
    values = settings.masked()
    if as_json:
        import orjson

        values = {"native": native.MODE, **values}
        click.echo(orjson.dumps(values, option=orjson.OPT_INDENT_2).decode())
        return
    table = Table("variable", "value", "meaning", box=None, pad_edge=False)
    table.add_row(native.VARIABLE, native.MODE, f"Inner loops: {native.MEANING}; {native.HALF} ones run")
    for name, value in values.items():
        table.add_row(f"{PREFIX}{name.upper()}", _text(value), description_of(name))
    Console().print(table)


def _text(value: object) -> str:
    if value is None or value in ((), {}):
        return "-"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, dict):
        return ",".join(f"{key}={item}" for key, item in value.items())
    return str(value)
