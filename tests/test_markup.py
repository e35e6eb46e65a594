"""Markup: complete without script, safe with any text, and alike in every guide."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from studyguide import markup
from studyguide.model import Guide, GuideError, UnknownIdError

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta"}


class Outline(HTMLParser):
    """Tags in order, and whether every one that opens also closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(1 for name, _ in self.tags if name == tag)


@pytest.fixture
def form(guide: Guide) -> str:
    return markup.activity(guide, "ending")


def test_an_activity_without_script_shows_every_option_and_every_case(guide: Guide, form: str) -> None:
    outline = Outline(form)
    assert not outline.open
    text = " ".join(outline.text.split())
    for reading in guide.readings:
        for part in (reading.title, reading.claim, reading.case_for, reading.case_against):
            assert part in text
    assert outline.count("details") == len(guide.readings)
    hidden = [name for name, attrs in outline.tags if "hidden" in attrs]
    assert set(hidden) == {"div", "p"}, "only controls wait for the script"


def test_each_set_of_options_is_a_fieldset_with_a_legend_and_each_input_has_a_label(form: str) -> None:
    outline = Outline(form)
    assert outline.count("fieldset") == outline.count("legend") > 0
    inputs = sum(1 for name, attrs in outline.tags if name == "input" and attrs.get("type") in {"radio", "checkbox"})
    assert outline.count("label") == inputs > 0


def test_the_same_activity_twice_on_a_page_has_no_id_to_clash(form: str) -> None:
    assert not [attrs for _, attrs in Outline(form).tags if "id" in attrs]


def test_a_form_that_is_sent_without_script_goes_nowhere(form: str) -> None:
    tag, attrs = Outline(form).tags[0]
    assert (tag, attrs["method"]) == ("form", "dialog")


def test_text_of_an_author_stays_text(tiny: Guide) -> None:
    hostile = tiny.activities[0].model_copy(
        update={"title": "<script>alert(1)</script>", "intro": "[x](javascript:alert(1)) <img src=x onerror=alert(1)>"}
    )
    items = [tiny.items[key] for key in hostile.items]
    html = markup.render("activity.html", guide=tiny, activity=hostile, items=items, sources_of=markup.sources_of)
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


def test_item_text_may_use_emphasis_and_web_links(tiny: Guide) -> None:
    hostile = tiny.activities[0].model_copy(update={"intro": "*one* [two](https://example.org)"})
    items = [tiny.items[key] for key in hostile.items]
    html = markup.render("activity.html", guide=tiny, activity=hostile, items=items, sources_of=markup.sources_of)
    assert "<em>one</em>" in html and '<a href="https://example.org">two</a>' in html


def test_a_low_trust_page_is_named_and_never_linked_to_the_web(guide: Guide) -> None:
    html = "".join(markup.steps(guide, part) for part in markup.parts(guide)) + markup.voices(guide, "dissent")
    for source in guide.sources:
        if source.low_trust and source.url:
            assert source.url not in html


def test_steps_are_numbered_as_in_the_data(guide: Guide) -> None:
    numbers = [
        int(attrs["value"] or 0)
        for part in markup.parts(guide)
        for tag, attrs in Outline(markup.steps(guide, part)).tags
        if tag == "li"
    ]
    assert numbers == list(range(1, len(guide.steps) + 1))


def test_sources_lead_to_the_references_in_the_book_and_to_the_page_in_a_notebook(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    essay = guide.sources["essay"]
    monkeypatch.delenv(markup.HOST, raising=False)
    assert markup.source_href(essay) == essay.url
    monkeypatch.setenv(markup.HOST, "book")
    assert markup.source_href(essay) == "references.html#ref-essay"


def test_another_guide_renders_with_the_same_templates(tiny: Guide) -> None:
    for html in (
        markup.card(tiny),
        markup.steps(tiny, tiny.steps[0].part),
        markup.voices(tiny, tiny.voices[0].stance),
        *(markup.activity(tiny, activity.id) for activity in tiny.activities),
    ):
        assert not Outline(html).open
        assert "Kafuku" not in html


def test_what_is_not_there_is_refused_with_what_there_is(guide: Guide) -> None:
    with pytest.raises(GuideError, match="the parts are Tokyo"):
        markup.steps(guide, "Kyoto")
    with pytest.raises(GuideError, match="the groups are The film"):
        markup.card(guide, ["Money"])
    with pytest.raises(UnknownIdError, match="did you mean `ending`"):
        markup.activity(guide, "endings")
