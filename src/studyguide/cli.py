"""The command line. Each command only calls the library; errors come out in words, with exit status 1."""

from __future__ import annotations

from pathlib import Path

import click

from studyguide import __version__, data
from studyguide.model import GuideError


class _Group(click.Group):
    """Turns the library's own errors into a message on stderr and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GuideError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


data_option = click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path),
    help=f"The data folder; default: ${data.ENVIRONMENT}, else data/ beside the nearest _config.yml.",
)


@click.group(cls=_Group)
@click.version_option(__version__, prog_name="studyguide")
def main() -> None:
    """Check and build a study guide to a film."""


@main.command()
@data_option
def check(folder: Path | None) -> None:
    """Check every data file and report all faults at once."""
    guide = data.load(folder)
    for name, table in guide.tables():
        click.echo(f"{len(table):5}  {name.replace('_', ' ')}")
    click.echo(f"{guide.film.title} ({guide.film.year}): the data is in order")
