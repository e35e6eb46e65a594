"""Markup: complete without script, safe with any text, and alike in every guide."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
import workbench

from studyguide import frontend, markup, scoring
from studyguide.model import Choice, Guide, GuideError, Match, Order, Prompt, Rating, UnknownIdError

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta"}


class Outline(HTMLParser):
    """Tags in order, and whether every one that opens also closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.scripts: list[str] = []
        self.in_details = ""
        """The text inside folds."""
        self.waiting: list[bool] = []
        """Of each open element, whether it or one around it is hidden."""
        self.at_once: list[str] = []
        """The tags that no `hidden` keeps back."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        waits = "hidden" in dict(attrs) or self.waiting[-1:] == [True]
        if not waits:
            self.at_once.append(tag)
        if tag not in VOID:
            self.open.append(tag)
            self.waiting.append(waits)

    def handle_endtag(self, tag: str) -> None:
        self.waiting.pop()
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"]:
            self.scripts.append(data)
            return
        self.text += data
        if "details" in self.open:
            self.in_details += data

    def count(self, tag: str) -> int:
        return sum(1 for name, _ in self.tags if name == tag)


@pytest.fixture
def form(guide: Guide) -> str:
    return markup.activity(guide, "ending")


@pytest.fixture
def sample(tiny: Guide) -> Guide:
    """A guide whose activity `all` has an item of every type."""
    return workbench.guide_of(tiny, workbench.items(tiny))


@pytest.fixture
def every_type(sample: Guide) -> str:
    return markup.activity(sample, "all")


def words(text: str) -> str:
    """Text with its white space made even."""
    return " ".join(text.split())


def test_an_activity_without_script_shows_every_option_and_every_case(guide: Guide, form: str) -> None:
    outline = Outline(form)
    assert not outline.open
    text = " ".join(outline.text.split())
    for reading in guide.readings:
        for part in (reading.title, reading.claim, reading.case_for, reading.case_against):
            assert part in text
    assert outline.count("details") == len(guide.readings)


def test_an_item_of_any_type_is_complete_without_script_and_its_key_is_in_a_closed_fold(
    sample: Guide, every_type: str
) -> None:
    outline = Outline(every_type)
    assert not outline.open
    everything, folded = words(outline.text), words(outline.in_details)
    for item in sample.items:
        assert markup.plain(item.stem) in everything
        match item:
            case Choice(options=options):
                offered, reasons = [option.text for option in options], [option.rationale for option in options]
            case Order(entries=entries):
                offered, reasons = [entry.text for entry in entries], [entry.rationale for entry in entries]
            case Match(pairs=pairs, spare=spare):
                offered = [text for pair in pairs for text in (pair.text, pair.match)] + list(spare)
                reasons = [pair.rationale for pair in pairs]
            case Rating(aspects=aspects):
                offered, reasons = [aspect.text for aspect in aspects], []
            case Prompt(hint=hint):
                offered, reasons = [hint or ""], []
            case _:
                continue
        for text in offered:
            assert text in everything
        for text in reasons:
            assert everything.count(text) == folded.count(text) == 1
    assert not [attrs for name, attrs in outline.tags if name == "details" and "open" in attrs]
    assert folded.count("The key.") == 1 and folded.count("Belongs.") == 2


@pytest.mark.parametrize("check", ["each", "end"])
def test_buttons_wait_for_the_script_and_nothing_else_does(tiny: Guide, check: str) -> None:
    outline = Outline(markup.activity(workbench.guide_of(tiny, workbench.items(tiny), check), "all"))
    assert outline.count("button") > 5 and "button" not in outline.at_once
    for tag in ("label", "select", "textarea", "legend", "details", "summary"):
        assert outline.at_once.count(tag) == outline.count(tag) > 0


def test_an_order_is_shown_by_the_alphabet_and_each_entry_can_take_each_place(every_type: str) -> None:
    block = every_type[every_type.index('data-item="chase"') : every_type.index('data-item="who"')]
    assert re.findall(r'data-row="(\w+)"', block) == ["camp", "back", "out"]
    assert block.count("<option>1</option><option>2</option><option>3</option>") == 3
    assert re.findall(r'data-why="(\w+)"', block) == ["out", "camp", "back"]


def test_a_match_offers_everything_to_everyone_under_letters_for_paper_too(sample: Guide, every_type: str) -> None:
    block = every_type[every_type.index('data-item="who"') : every_type.index('data-item="stars"')]
    item = sample.items["who"]
    assert isinstance(item, Match)
    offered = [key for key, _ in scoring.choices(item)]
    assert re.findall(r'<option value="([\w-]+)">', block) == offered * len(item.pairs)
    assert re.findall(r'">([A-Z])\. ', block) == list("ABCD") * len(item.pairs)
    assert block.count('<ol class="sg-paper" type="A">') == 1


def test_each_rating_may_be_left_out_and_half_stars_are_given_where_the_item_says_so(every_type: str) -> None:
    block = every_type[every_type.index('data-item="stars"') : every_type.index('data-item="watch"')]
    assert re.findall(r'value="" checked', block) == ['value="" checked'] * 2
    assert re.findall(r'<option value="([\d.]+)">', block) == [f"{n / 2:g}" for n in range(1, 11)] * 2
    assert "½ star<" in block and "1 star<" in block and "1½ stars<" in block
    assert re.findall(r'value="(\d)">', block[block.index("<fieldset") :])[:5] == list("12345")


@pytest.mark.parametrize("check", ["each", "end"])
def test_an_activity_is_checked_item_by_item_or_at_the_end(tiny: Guide, check: str) -> None:
    html = markup.activity(workbench.guide_of(tiny, workbench.items(tiny), check), "all")
    assert html.count('data-do="check"') == (4 if check == "each" else 0)
    assert html.count('data-do="check-all"') == html.count("data-result ") == (0 if check == "each" else 1)


def test_an_activity_without_keys_offers_no_check_and_one_of_open_questions_no_code(tiny: Guide, guide: Guide) -> None:
    prompt = [item for item in workbench.items(tiny) if item.type == "prompt"]
    html = markup.activity(workbench.guide_of(tiny, prompt), "all")
    assert not re.search(r'data-do="(check|check-all|print|code)"', html)
    assert 'data-do="save-file"' in html
    assert 'data-do="code"' in markup.activity(guide, "ending")


def test_each_set_of_options_is_a_fieldset_with_a_legend_and_each_field_has_a_label(every_type: str) -> None:
    outline = Outline(every_type)
    assert outline.count("fieldset") == outline.count("legend") > 0
    fields = [
        name
        for name, attrs in outline.tags
        if name in {"select", "textarea"} or (name == "input" and attrs.get("type") in {"radio", "checkbox"})
    ]
    assert outline.count("label") == len(fields) > 0


def test_the_form_carries_its_spec_and_no_text_can_end_it_early(sample: Guide, tiny: Guide) -> None:
    for made in (sample, workbench.hostile_guide(tiny)):
        (script,) = Outline(markup.activity(made, "all")).scripts
        assert json.loads(script) == scoring.spec(made, "all")
        assert "<" not in script


def test_the_same_activity_twice_on_a_page_has_no_id_to_clash(every_type: str) -> None:
    assert not [attrs for _, attrs in Outline(every_type).tags if "id" in attrs]


def test_a_form_that_is_sent_without_script_goes_nowhere(form: str) -> None:
    tag, attrs = Outline(form).tags[0]
    assert (tag, attrs["method"]) == ("form", "dialog")


def test_text_of_an_author_stays_text(tiny: Guide) -> None:
    hostile = workbench.hostile_guide(tiny)
    for html in (markup.activity(hostile, "all"), markup.my_work(hostile)):
        outline = Outline(html)
        assert not outline.open
        assert outline.count("script") == 1 and outline.count("img") == outline.count("svg") == 0
        assert 'href="javascript' not in html
        attributes = {name for _, attrs in outline.tags for name in attrs}
        assert not {name for name in attributes if name.startswith("on")}


def test_item_text_may_use_emphasis_and_web_links(tiny: Guide) -> None:
    guide = workbench.guide_of(tiny, workbench.items(tiny), intro="*one* [two](https://example.org)")
    html = markup.activity(guide, "all")
    assert "<em>one</em>" in html and '<a href="https://example.org">two</a>' in html


def test_where_no_markup_can_stand_item_text_is_its_words() -> None:
    assert markup.plain("*One* & [two](https://example.org) <b>") == "One & two <b>"


def test_my_work_knows_every_activity_by_chapter_and_the_words_of_every_item(
    sample: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(markup.HOST, "book")
    outline = Outline(markup.my_work(sample))
    assert not outline.open
    assert [attrs["href"] for name, attrs in outline.tags if name == "a"] == ["story.html", "test-yourself.html"]
    (script,) = outline.scripts
    work = json.loads(script)
    assert [spec["activity"] for spec in work["specs"]] == ["all", "again"]
    assert set(work["words"]) == {item.id for item in sample.items}
    assert work["words"]["engine"] == {
        "stem": "Who takes the engine?",
        "names": {"army": "The army", "raiders": "The raiders", "mayor": "The mayor"},
    }
    assert work["words"]["who"]["choices"]["spare-1"] == "burns the bridge"
    assert list(work["words"]["drives"]["names"]) == sample.readings.ids()
    assert work["words"]["drives"]["steps"]["theft"].startswith(f"{sample.steps.number('theft')}. ")
    monkeypatch.delenv(markup.HOST)
    assert "href" not in markup.my_work(sample)  # a notebook is a file of its own


def test_a_page_asks_for_the_scripts_of_what_stands_on_it(sample: Guide) -> None:
    assert frontend.features(markup.my_work(sample)) == ["my-work"]
    assert frontend.features(markup.activity(sample, "all")) == []
    assert {"my-work.js", "my-work.css", "class.js", "class.css"} == set(frontend.feature_files())


@pytest.mark.parametrize("path", sorted(frontend.FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_what_is_left_out_of_a_script_on_its_way_to_a_page_is_outside_of_its_texts(path: frontend.Path) -> None:
    """Comments and indentation go line by line, so no text may run over several lines."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip().startswith("//"):
            assert line.count("`") % 2 == 0, f"{path.name}:{number}"


def test_comments_and_indentation_stay_away_from_pages_and_widgets() -> None:
    for text in (frontend.page_script(), frontend.widget_module(), frontend.page_stylesheet()):
        assert not re.search(r"(?m)^\s+|^//|/\*|\n\n", text)


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
