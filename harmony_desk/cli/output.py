"""How commands speak: sentences for people, or one JSON object for programs with `--json`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click

from harmony_desk.core.errors import UserError

json_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object instead of sentences."
)


def answer(result: Mapping[str, object], text: str, *, as_json: bool) -> None:
    """The outcome of a command on standard output: `result` for programs or `text` for people."""
    click.echo(json.dumps(result, default=str, ensure_ascii=False) if as_json else text)


def complain(error: UserError, *, as_json: bool) -> None:
    """A known problem: the sentence on standard error; for programs an object on standard output."""
    if as_json:
        told = {"message": str(error), "code": error.code, "field": error.field}
        click.echo(json.dumps({"error": told}, ensure_ascii=False))
    else:
        click.echo(str(error), err=True)
