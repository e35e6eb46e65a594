"""The command line. Each command only calls the library; errors come out in words, with exit status 1."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click

from studyguide import __version__
from studyguide.chapters import checking, paper, plain, starting
from studyguide.chapters import notebooks as chapter_notebooks
from studyguide.chapters import uncited as uncited_report
from studyguide.guide import GuideError, finding, loading, packaging
from studyguide.questions import collecting, reporting, tallying


class _Group(click.Group):
    """Turns the library's own errors into a message on stderr and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GuideError as error:
            click.echo(str(error), err=True)
        except OSError as error:
            # A path that cannot be read or written: said as the system says it, with the path.
            where = f" `{error.filename}`" if error.filename else ""
            click.echo(f"the system refuses{where}: {error.strerror or error}; name another place", err=True)
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] in {"studyguide", ""}:
                raise
            click.echo(f"this needs the package {error.name}: pip install 'studyguide[book]'", err=True)
        ctx.exit(1)


data_option = click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path),
    help=f"The data folder; default: ${finding.ENVIRONMENT}, else data/ beside the nearest _config.yml.",
)


@click.group(cls=_Group)
@click.version_option(__version__, prog_name="studyguide")
def main() -> None:
    """Check and build a study guide to a film."""


@main.command()
@data_option
def check(folder: Path | None) -> None:
    """Check every data file and every chapter, and report all faults at once."""
    folder = finding.find(folder)
    guide = loading.read(folder)
    for name, table in guide.tables():
        click.echo(f"{len(table):5}  {name.replace('_', ' ')}")
    if (folder.parent / checking.CONTENTS).is_file():  # the data of a book, and not data alone
        checking.check(guide, folder.parent)
        click.echo(f"{len(checking.contents(folder.parent)):5}  chapters")
    click.echo(f"{guide.film.title} ({guide.film.year}): everything is in order")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default=starting.EXAMPLE[0], show_default=True, help="The film's title.")
@click.option("--year", type=int, default=starting.EXAMPLE[1], show_default=True, help="Year of its first showing.")
@click.option("--director", default=starting.EXAMPLE[2], show_default=True, help="Who directed it.")
def new(folder: Path, title: str, year: int, director: str) -> None:
    """Write a small complete book about another film into FOLDER, which must be empty or not there yet."""
    made = starting.start(folder, starting.Film(title, year, director))
    click.echo(f"{len(made)} files in {folder}; next: cd {folder} && make book")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def build(folder: Path) -> None:
    """Build the book in FOLDER with jupyter-book; warnings are errors."""
    checking.contents(folder)  # which says in words that here is no book
    # Without the checker of international addresses, which nobody asks here: its import alone takes three seconds.
    program = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", program, "build", str(folder), "-W", "-n", "--keep-going"]
    raise SystemExit(subprocess.run(command, check=False).returncode)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Where to; beside the pages.")
def pdf(folder: Path, target: Path | None) -> None:
    """Print the built book in FOLDER as one PDF, with contents and page numbers; takes Chromium or Chrome."""
    target = target or folder / "_build" / "book.pdf"
    click.echo(f"{paper.write(folder, target)} pages in {target}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def conf(folder: Path) -> None:
    """Print a conf.py for the book in FOLDER, to build it with plain sphinx-build."""
    click.echo(plain.conf(folder), nl=False)


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--chapters", type=click.Path(path_type=Path, exists=True, file_okay=False), default="chapters")
@data_option
def notebooks(target: Path, chapters: Path, folder: Path | None) -> None:
    """Write every chapter as a notebook into TARGET, with roles as plain text and links.

    A notebook there in which a cell was changed is yours, and stays as it is.
    """
    guide = finding.load(folder)
    for chapter in sorted(chapters.glob("*.md")):
        if not chapter_notebooks.is_chapter(chapter):
            continue
        path = target / f"{chapter.stem}.ipynb"
        match chapter_notebooks.renew(guide, chapter, path):
            case "kept":
                click.echo(
                    f"{path} has your changes and is kept; for the chapter as it is now, rename it first", err=True
                )
            case "written":
                click.echo(path)


@main.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), default="dist")
@data_option
def package(target: Path, folder: Path | None) -> None:
    """Write a wheel with the guide's data and drawings into TARGET: with it, load() works anywhere."""
    click.echo(packaging.package(finding.find(folder), target))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="Also write every answer there.")
@data_option
def collect(files: tuple[Path, ...], table: Path | None, folder: Path | None) -> None:
    """Count what a class handed in: FILES are pasted chats or exported files, - is what is piped in."""
    handed_in = [collecting.read_text(sys.stdin.buffer) if str(file) == "-" else file for file in files]
    collected = tallying.collect(finding.load(folder), handed_in)
    if table:
        reporting.write_csv(collected, table)
    for line in reporting.report(collected):
        click.echo(line)
    if not collected.hand_ins:
        raise GuideError("nothing to count: no code and no file that could be read")


@main.command()
@click.option("--chapters", type=click.Path(path_type=Path, exists=True, file_okay=False), default="chapters")
def uncited(chapters: Path) -> None:
    """Report paragraphs that hold a name, number or date and no source: a list to look through, not of faults."""
    for chapter in sorted(chapters.glob("*.md")):
        for paragraph in uncited_report.uncited(chapter):
            click.echo(paragraph)


@main.command()
@data_option
def schemas(folder: Path | None) -> None:
    """Write the JSON Schemas that let an editor check and complete the YAML files."""
    target = finding.find(folder) / "schemas"
    target.mkdir(exist_ok=True)
    for name, schema in loading.schemas().items():
        (target / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(target / name)
