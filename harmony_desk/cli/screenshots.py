"""`harmony-desk screenshots DIR`: pictures of the window, also on a machine without a display."""

from pathlib import Path

import click

from harmony_desk.cli import output, window
from harmony_desk.core.texts import ngettext

PARTS = ("gallery",)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", type=click.Choice(PARTS), help="Picture this part alone.")
@output.json_option
@click.pass_context
def screenshots(context: click.Context, folder: Path, only: str | None, as_json: bool) -> None:
    """Picture the window in both themes and three text sizes, into FOLDER."""
    made = window.of(context).take_pictures(folder, only)
    text = ngettext("{count} picture in {folder}.", "{count} pictures in {folder}.", len(made))
    files = [path.name for path in made]
    output.answer({"pictures": files}, text.format(count=len(made), folder=folder), as_json=as_json)
