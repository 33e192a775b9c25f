"""`harmony-desk gallery`: every component of the window on one page."""

import click

from harmony_desk.cli import window


@click.command()
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option("--text-size", type=click.Choice(["90", "100", "110", "125", "150"]), default="100", show_default=True)
@click.option("--density", type=click.Choice(["compact", "normal", "wide"]), default="normal", show_default=True)
@click.pass_context
def gallery(context: click.Context, theme: str, text_size: str, density: str) -> None:
    """Show every component of the window."""
    code = window.of(context).show_gallery(theme=theme, text_size=int(text_size), density=density)
    context.exit(code)
