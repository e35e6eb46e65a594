"""Roles and directives as nodes, and the nodes of others as better HTML than they come with."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from studyguide.chapters import drawings, roles
from studyguide.chapters.book import openings
from studyguide.chapters.book.settings import guide_of
from studyguide.guide import GuideError
from studyguide.page import render

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register roles, the directive, and what is shown otherwise than by its makers."""
    from myst_nb.sphinx_ import HideCodeCellNode

    for name in roles.ROLES:
        app.add_role(name, _Role())
    # Sphinx has a role of this name for its own glossaries, and asks its own domain first.
    app.add_role_to_domain("std", "term", _Role(), override=True)
    app.add_node(_Timed, html=(_visit_timed, _depart_timed))
    app.add_directive("drawing", _Drawing)
    app.add_post_transform(_CitationsKeepToTheirWord)
    app.add_post_transform(_CodeAtTheFoot)
    app.add_node(nodes.citation, override=True, html=(_visit_citation, _depart_citation))
    app.add_node(HideCodeCellNode, override=True, html=(_visit_fold, _depart_fold))


class _Role(SphinxRole):
    """One of the guide's own roles, as text, a link or a span with a language."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        guide = guide_of(self.env.app)
        try:
            found = roles.resolve(guide, self.name.removeprefix("std:"), self.text)
        except GuideError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        if found.claim:
            anchor = f"badge-{found.claim}-{self.env.new_serialno('studyguide-badge')}"
            return [nodes.raw("", render.badge(guide, found.claim, anchor, found.said), format="html")], []
        # docutils turns the class language-xx into a lang attribute.
        classes = [f"sg-{found.kind}"] * bool(found.kind) + [f"language-{found.lang}"] * bool(found.lang)
        if found.kind == "opens":
            return [openings.Opens("", step=found.step)], []
        if found.at is not None:
            return [_Timed("", found.text, at=found.at, classes=classes)], []
        if found.target:
            return [nodes.reference("", found.text, refuri=found.target, reftitle=found.title, classes=classes)], []
        return [nodes.inline("", found.text, classes=classes)], []


class _Timed(nodes.inline):
    """A time of the film, which a reader's own copy may shift (see clock.js)."""


def _visit_timed(translator: Any, node: _Timed) -> None:
    translator.body.append(translator.starttag(node, "span", "", **{"data-at": str(node["at"])}))


def _depart_timed(translator: Any, node: _Timed) -> None:
    translator.body.append("</span>")


class _Drawing(SphinxDirective):
    """`{drawing} name`: one of the book's own SVG drawings, inline, so that it follows light and dark."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        path = drawings.path(Path(self.env.doc2path(self.env.docname)), self.arguments[0])
        try:
            drawings.title(path)
        except GuideError as error:
            raise self.error(str(error)) from None
        self.env.note_dependency(str(path))
        svg = path.read_text(encoding="utf-8")
        return [nodes.raw("", f'<div class="sg sg-drawing sg-drawing-{path.stem}">{svg}</div>', format="html")]


class _CitationsKeepToTheirWord(SphinxPostTransform):
    """The raised number of a citation stays with the word before it: the space between them goes."""

    default_priority = 800  # after citations are resolved

    def run(self, **kwargs: Any) -> None:
        for citation in self.document.findall(nodes.inline):
            if "bibtex-citation" not in citation["classes"]:
                continue
            siblings = citation.parent.children
            before = siblings.index(citation) - 1
            if before >= 0 and isinstance(siblings[before], nodes.Text):
                siblings[before] = nodes.Text(siblings[before].astext().rstrip())
                siblings[before].parent = citation.parent


class _CodeAtTheFoot(SphinxPostTransform):
    """Code that a chapter hides stands in one fold at its foot, in its order: the page is for readers first."""

    default_priority = 198  # before MyST-NB makes a fold of each
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        from myst_nb.sphinx_ import HideCodeCellNode

        words = "The code of this page"
        foot = HideCodeCellNode(prompt_show=words, prompt_hide=words, classes=["above-input"])
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") != "cell_code" or cell.get("hide_mode") != "input":
                continue
            cell["hide_mode"] = None
            foot += cell.pop(0)
            if not cell.children:
                cell.parent.remove(cell)
        if foot.children:
            # The code says in plain words what all sections say.
            foot["classes"].append(f"opens-{max(openings.of_book(self.env)[self.env.docname].values())}")
            self.document += foot


def _visit_citation(translator: Any, node: nodes.citation) -> None:
    """An entry of the bibliography. docutils' own has the role doc-biblioentry, which ARIA has since withdrawn."""
    translator.body.append(translator.starttag(node, "div", classes=["citation"]))


def _depart_citation(translator: Any, node: nodes.citation) -> None:
    translator.body.append("</div>\n")


def _visit_fold(translator: Any, node: nodes.Element) -> None:
    """Folded code. MyST-NB's own is named otherwise than it reads; here its visible words are its name."""
    classes = " ".join(node["classes"])
    translator.body.append(
        f'<details class="admonition hide {classes}">\n<summary>\n'
        f'<p class="collapsed admonition-title">{escape(node["prompt_show"])}</p>\n'
        f'<p class="expanded admonition-title">{escape(node["prompt_hide"])}</p>\n</summary>\n'
    )


def _depart_fold(translator: Any, node: nodes.Element) -> None:
    translator.body.append("</details>\n")
