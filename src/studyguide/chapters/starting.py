"""A new book: a small complete guide to another film, to be changed file by file."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from studyguide.guide import GuideError

STARTER = Path(__file__).parents[1] / "starter"
EXAMPLE = ("Sherlock Jr.", 1924, "Buster Keaton")
# Names that a package cannot hold as they are.
PLACES = {"gitignore": ".gitignore", "workflows": ".github/workflows"}
NOTICE = """:::{admonition} To be replaced
The film, its year and its director are yours. Everything else in this book still speaks of *Sherlock Jr.*, as an
example: replace it file by file, beginning with `data/steps.yaml` and `data/references.bib`, and take this note away.
:::

"""


@dataclass(frozen=True)
class Film:
    """What a new book is about."""

    title: str = EXAMPLE[0]
    year: int = EXAMPLE[1]
    director: str = EXAMPLE[2]

    @property
    def id(self) -> str:
        """The title as an id: lower-case letters, digits and hyphens."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "film"


def start(folder: Path, film: Film) -> list[Path]:
    """Write the book into an empty folder and return its files; GuideError if there is something in it already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GuideError(f"`{folder}` is not empty; name a folder that does not exist yet")
    made = []
    for source in sorted(STARTER.rglob("*")):
        inside = source.relative_to(STARTER)
        if not source.is_file() or "__pycache__" in inside.parts:
            continue
        target = folder / PLACES.get(inside.parts[0], inside.parts[0]) / Path(*inside.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(source.read_text(encoding="utf-8"), film), encoding="utf-8")
        made.append(target)
    return made


def _filled(text: str, film: Film) -> str:
    """A file of the starter with the film's names in it, quoted where it is YAML."""
    words = {
        "%TITLE_QUOTED%": json.dumps(f"{film.title}: a study guide", ensure_ascii=False),
        "%FILM_QUOTED%": json.dumps(film.title, ensure_ascii=False),
        "%DIRECTOR_QUOTED%": json.dumps(film.director, ensure_ascii=False),
        "%TITLE%": film.title,
        "%YEAR%": str(film.year),
        "%ID%": film.id,
        "%NOTICE%": "" if (film.title, film.year, film.director) == EXAMPLE else NOTICE,
    }
    for token, word in words.items():
        text = text.replace(token, word)
    return text
