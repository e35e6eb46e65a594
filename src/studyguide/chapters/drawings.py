"""A book's own drawings: SVG files beside its chapters, put into the page as they are, so that they follow its colours.

They are trusted as chapters are, and still checked: a drawing that runs a script or asks another host is refused.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from studyguide.guide import GuideError

FOLDER = "drawings"
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = {"script", "foreignObject", "iframe", "image", "animate", "set", "animateTransform"}


def path(chapter: Path, name: str) -> Path:
    """Where the drawing of this name lies, seen from a chapter."""
    return chapter.parent / FOLDER / f"{name}.svg"


def title(drawing: Path) -> str:
    """What the drawing says it shows; GuideError for a file that is missing, no SVG, or more than a drawing."""
    return (_root(drawing).findtext(f"{_SVG}title") or "").strip()


def _root(drawing: Path) -> ElementTree.Element:
    where = f"{FOLDER}/{drawing.name}"
    try:
        root = ElementTree.fromstring(drawing.read_bytes())
    except FileNotFoundError:
        raise GuideError(f"no drawing at `{where}`; draw it in the folder {FOLDER}/ beside the chapter") from None
    except ElementTree.ParseError as error:
        raise GuideError(f"`{where}` is no well-formed SVG ({error}); mend its markup") from None
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name in _ACTIVE or name == str(element.tag):
            raise GuideError(f"`{where}` holds the element `{name}`; draw with plain shapes in the SVG namespace")
        for attribute, value in element.attrib.items():
            outside = attribute.endswith("href") and not value.startswith("#")
            if attribute.lower().startswith("on") or outside or ("//" in value and "url(" in value):
                raise GuideError(
                    f"`{where}` has the attribute `{attribute}`, which runs or fetches something; leave it out"
                )
    return root
