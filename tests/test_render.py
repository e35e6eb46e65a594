"""Markup: complete without script, safe with any text, and alike in every guide."""

from __future__ import annotations

import itertools
import json
import math
import re
from html.parser import HTMLParser

import books
import pytest
import workbench

from studyguide import frontend
from studyguide.guide import (
    OWN,
    Choice,
    Guide,
    GuideError,
    Match,
    Order,
    Prompt,
    Rating,
    Sort,
    UnknownIdError,
    wording,
)
from studyguide.page import diagrams, links, render
from studyguide.questions import kinds, scoring

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
        """The tags that no `hidden` keeps back; a button that opens a popover works without script."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        waits = "hidden" in dict(attrs) or self.waiting[-1:] == [True]
        if not waits:
            self.at_once.append("popover button" if "popovertarget" in dict(attrs) else tag)
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
    return render.activity(guide, "ending")


@pytest.fixture
def sample(tiny: Guide) -> Guide:
    """A guide whose activity `all` has an item of every type."""
    return workbench.guide_of(tiny, workbench.items(tiny))


@pytest.fixture
def every_type(sample: Guide) -> str:
    return render.activity(sample, "all")


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
        assert wording.plain(item.stem) in everything
        match item:
            case Choice(options=options):
                offered, reasons = [option.text for option in options], [option.rationale for option in options]
            case Order(entries=entries):
                offered, reasons = [entry.text for entry in entries], [entry.rationale for entry in entries]
            case Match(pairs=pairs, spare=spare):
                offered = [text for pair in pairs for text in (pair.text, pair.match)] + list(spare)
                reasons = [pair.rationale for pair in pairs]
            case Sort(bins=bins, entries=entries):
                offered = [one.text for one in (*bins, *entries)]
                reasons = [entry.rationale for entry in entries]
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
    outline = Outline(render.activity(workbench.guide_of(tiny, workbench.items(tiny), check), "all"))
    assert outline.count("button") > 5 and "button" not in outline.at_once
    for tag in ("label", "select", "textarea", "legend", "details", "summary"):
        assert outline.at_once.count(tag) == outline.count(tag) > 0


def test_an_order_is_shown_by_the_alphabet_and_each_entry_can_take_each_place(every_type: str) -> None:
    block = every_type[every_type.index('data-item="chase"') : every_type.index('data-item="who"')]
    assert re.findall(r'data-row="(\w+)"', block) == ["camp", "back", "out"]
    assert block.count("<option>1</option><option>2</option><option>3</option>") == 3
    assert re.findall(r'data-why="(\w+)"', block) == ["out", "camp", "back"]


def test_a_match_offers_everything_to_everyone_under_letters_for_paper_too(sample: Guide, every_type: str) -> None:
    block = every_type[every_type.index('data-item="who"') : every_type.index('data-item="kinds"')]
    item = sample.items["who"]
    assert isinstance(item, Match)
    offered = [key for key, _ in kinds.choices(item)]
    assert re.findall(r'<option value="([\w-]+)">', block) == offered * len(item.pairs)
    assert re.findall(r'">([A-Z])\. ', block) == list("ABCD") * len(item.pairs)
    assert block.count('<ol class="sg-paper" type="A">') == 1


def test_bins_stand_in_their_own_order_and_each_entry_can_take_each(every_type: str) -> None:
    block = every_type[every_type.index('data-item="kinds"') : every_type.index('data-item="stars"')]
    assert re.findall(r'<option value="([\w-]+)">', block) == ["seen", "thought"] * 3
    assert re.findall(r'data-why="(\w+)"', block) == ["smoke", "rails", "brave"]


def test_a_reading_of_ones_own_and_a_reason_are_asked_for_in_each_round_and_are_there_without_script(
    every_type: str,
) -> None:
    block = every_type[every_type.index('data-item="drives"') :]
    assert block.count(f'value="{OWN}"') == 2
    assert re.findall(r'<textarea name="drives-(\w+-\w+)"', block) == [
        "first-own",
        "first-reason",
        "second-own",
        "second-reason",
    ]


def test_each_rating_may_be_left_out_and_half_stars_are_given_where_the_item_says_so(every_type: str) -> None:
    block = every_type[every_type.index('data-item="stars"') : every_type.index('data-item="watch"')]
    assert re.findall(r'value="" checked', block) == ['value="" checked'] * 2
    assert re.findall(r'<option value="([\d.]+)">', block) == [f"{n / 2:g}" for n in range(1, 11)] * 2
    assert "½ star<" in block and "1 star<" in block and "1½ stars<" in block
    assert re.findall(r'value="(\d)">', block[block.index("<fieldset") :])[:5] == list("12345")


@pytest.mark.parametrize("check", ["each", "end"])
def test_an_activity_is_checked_item_by_item_or_at_the_end(tiny: Guide, check: str) -> None:
    html = render.activity(workbench.guide_of(tiny, workbench.items(tiny), check), "all")
    assert html.count('data-do="check"') == (5 if check == "each" else 0)
    assert html.count('data-do="check-all"') == html.count("data-result ") == (0 if check == "each" else 1)


def test_an_activity_without_keys_offers_no_check_and_one_of_open_questions_no_code(tiny: Guide, guide: Guide) -> None:
    prompt = [item for item in workbench.items(tiny) if item.type == "prompt"]
    html = render.activity(workbench.guide_of(tiny, prompt), "all")
    assert not re.search(r'data-do="(check|check-all|code)"', html)
    assert 'data-do="save-file"' in html
    assert 'data-do="code"' in render.activity(guide, "ending")


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
        (script,) = Outline(render.activity(made, "all")).scripts
        assert json.loads(script) == scoring.spec(made, "all")
        assert "<" not in script


def test_the_same_activity_twice_on_a_page_has_no_id_to_clash(sample: Guide, every_type: str) -> None:
    again = render.activity(sample, "all")
    once, twice = ({attrs["id"] for _, attrs in Outline(html).tags if "id" in attrs} for html in (every_type, again))
    assert not once & twice


def test_a_form_that_is_sent_without_script_goes_nowhere(form: str) -> None:
    tag, attrs = Outline(form).tags[0]
    assert (tag, attrs["method"]) == ("form", "dialog")


def test_text_of_an_author_stays_text(tiny: Guide) -> None:
    hostile = workbench.hostile_guide(tiny)
    for html in (render.activity(hostile, "all"), render.my_work(hostile)):
        outline = Outline(html)
        assert not outline.open
        assert outline.count("script") == 1 and outline.count("img") == outline.count("svg") == 0
        assert 'href="javascript' not in html
        attributes = {name for _, attrs in outline.tags for name in attrs}
        assert not {name for name in attributes if name.startswith("on")}


def test_item_text_may_use_emphasis_and_web_links(tiny: Guide) -> None:
    guide = workbench.guide_of(tiny, workbench.items(tiny), intro="*one* [two](https://example.org)")
    html = render.activity(guide, "all")
    assert "<em>one</em>" in html and '<a href="https://example.org">two</a>' in html


def test_where_no_markup_can_stand_item_text_is_its_words() -> None:
    assert wording.plain("*One* & [two](https://example.org) <b>") == "One & two <b>"


def test_my_work_knows_every_activity_by_chapter_and_the_words_of_every_item(
    sample: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    outline = Outline(render.my_work(sample))
    assert not outline.open
    assert [attrs["href"] for name, attrs in outline.tags if name == "a"] == ["story.html", "test-yourself.html"]
    (script,) = outline.scripts
    work = json.loads(script)
    assert [spec["activity"] for spec in work["specs"]] == ["all", "again"]
    assert set(work["words"]) == {item.id for item in sample.items}
    assert work["words"]["engine"] == {
        "stem": "Who takes the engine?",
        "opens": 1,
        "texts": {"options": {"army": "The army", "raiders": "The raiders", "mayor": "The mayor"}},
        "labels": {},
    }
    assert work["words"]["who"]["texts"]["choices"]["spare-1"] == "burns the bridge"
    assert list(work["words"]["drives"]["texts"]["readings"]) == [*sample.readings.ids(), OWN]
    assert work["words"]["drives"]["texts"]["steps"]["theft"].startswith(f"{sample.steps.number('theft')}. ")
    monkeypatch.delenv(links.ENVIRONMENT)
    assert "href" not in render.my_work(sample)  # a notebook is a file of its own


def test_a_page_asks_for_the_scripts_of_what_stands_on_it(sample: Guide) -> None:
    assert frontend.features(render.my_work(sample)) == ["my-work"]
    assert frontend.features(render.activity(sample, "all")) == ["activity"]
    assert frontend.features(render.ledger(sample)) == ["filters"]
    files = {
        f"{name}.{kind}"
        for name in ("my-work", "class", "clock", "explore", "filters", "search")
        for kind in ("js", "css")
    }
    assert set(frontend.feature_files()) == files | {"activity.js"}


def test_a_low_trust_page_is_named_and_never_linked_to_the_web(guide: Guide) -> None:
    html = "".join(render.steps(guide, part) for part in render.parts(guide)) + render.voices(guide, "dissent")
    for source in guide.sources:
        if source.low_trust and source.url:
            assert source.url not in html


def test_steps_are_numbered_as_in_the_data(guide: Guide) -> None:
    numbers = [
        int(attrs["value"] or 0)
        for part in render.parts(guide)
        for tag, attrs in Outline(render.steps(guide, part)).tags
        if tag == "li"
    ]
    assert numbers == list(range(1, len(guide.steps) + 1))


def test_sources_lead_to_the_references_in_the_book_and_to_the_page_in_a_notebook(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    essay = guide.sources["essay"]
    monkeypatch.delenv(links.ENVIRONMENT, raising=False)
    assert links.current().source(essay) == essay.url
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)
    assert links.current().source(essay) == "references.html#ref-essay"


# The ledger, themes, relations, places, the comparison and the glossary


PIECES = ("ledger", "tracker", "relations", "route", "parallels", "glossary", "step_sheet", "languages")


def test_the_ledger_shows_of_every_claim_what_is_said_found_and_printed(guide: Guide) -> None:
    html = render.ledger(guide)
    outline, text = Outline(html), words(Outline(html).text)
    assert [attrs["id"] for name, attrs in outline.tags if name == "article"] == [f"claim-{c.id}" for c in guide.claims]
    for claim in guide.claims:
        for part in (claim.claim, claim.evidence, claim.prints, claim.note or ""):
            assert wording.plain(part) in text


def test_the_ledger_counts_its_verdicts_and_offers_no_choice_without_a_claim(tiny: Guide) -> None:
    html = render.ledger(tiny)
    assert "3 claims: 1 supported in part, 1 contradicted and 1 open." in html
    assert re.findall(r'<option value="([\w-]+)">', html) == [
        *("made-up", "elsewhere"),
        *("supported-in-part", "contradicted", "open"),
        *("plot", "source-texts", "production"),
    ]
    assert 'data-appearance="elsewhere made-up"' in html and 'data-appearance="made-up"' in html


def test_a_theme_leads_to_its_steps_and_says_how_far_each_moment_goes(tiny: Guide, in_book: None) -> None:
    outline = Outline(render.theme(tiny, "machines"))
    assert not outline.open
    moments = [attrs.get("class") for name, attrs in outline.tags if name == "li"]
    links = [attrs["href"] for name, attrs in outline.tags if name == "a" and "#step" in (attrs["href"] or "")]
    assert moments == ["opens-2", "opens-3"]
    assert links == ["story.html#step-theft", "story.html#step-chase-back"]


def test_the_tracker_has_a_dot_with_a_word_for_each_moment_and_a_number_for_each_step(guide: Guide) -> None:
    html = render.tracker(guide)
    assert html.count("●") == html.count(">shows<") == sum(len(theme.moments) for theme in guide.themes)
    rows = re.findall(r'<th scope="row">(?:<a[^>]*>)?(\d+)', html)
    assert rows == [str(number) for number in range(1, len(guide.steps) + 1)]
    assert not [step.title for step in guide.steps if step.title in html]  # a title would give the step away


def test_the_map_of_relations_draws_a_line_for_each_and_the_list_says_each_in_words(guide: Guide) -> None:
    html = render.relations(guide)
    outline = Outline(html)
    assert outline.count("path") == outline.count("li") == len(guide.relations)
    for relation in guide.relations:
        assert f'data-person="{relation.one} {relation.other}"' in html
        assert wording.plain(relation.text) in words(outline.text)


def test_what_is_drawn_lies_inside_its_drawing_and_no_two_people_or_places_on_each_other(guide: Guide) -> None:
    people, places = diagrams.people(guide), diagrams.route(guide.places)
    for marks in (people, places):
        assert all(0 < mark.x < diagrams.WIDTH and 0 < mark.y < diagrams.HEIGHT for mark in marks)
        apart = [math.dist((a.x, a.y), (b.x, b.y)) for a, b in itertools.combinations(marks, 2)]
        assert min(apart) > 22
    lines = [bond.path for bond in diagrams.bonds(guide)]
    assert len(set(lines)) == len(lines)


def test_the_comparison_says_in_words_where_no_page_says_anything(tiny: Guide) -> None:
    html = render.parallels(tiny)
    assert re.findall(r'<th scope="col">([^<]+)', html) == ["Element", "The memoir", "The film"]
    assert html.count("Unknown.") == 1
    assert html.count('class="sg-proof"') == len(tiny.adaptation)


def test_a_term_has_an_anchor_and_a_foreign_one_its_language(tiny: Guide) -> None:
    html = render.glossary(tiny)
    assert [f"term-{term.id}" for term in sorted(tiny.terms, key=lambda term: html.index(f"term-{term.id}"))] == [
        "term-intertitle",
        "term-cadrage",
        "term-locomotive",
    ]
    assert '<dt lang="fr">cadrage</dt>' in html


def test_the_step_sheet_has_an_empty_cell_for_each_step(tiny: Guide) -> None:
    assert render.step_sheet(tiny).count("<td></td></tr>") == len(tiny.steps)


def test_who_speaks_what_comes_with_its_grade(guide: Guide) -> None:
    html = render.languages(guide)
    tongues = [tongue for character in guide.characters for tongue in character.languages]
    assert html.count("<tr>") == len(tongues) + 1
    assert html.count('class="sg-proof"') == len(tongues) > 0


def test_every_record_of_the_new_pieces_shows_its_grade(guide: Guide) -> None:
    for name, rows in (("ledger", guide.claims), ("relations", guide.relations), ("route", guide.places)):
        assert getattr(render, name)(guide).count('class="sg-proof"') == len(rows), name


def test_what_stands_behind_a_record_opens_from_one_line_with_what_others_say(tiny: Guide, in_book: None) -> None:
    for html, lines in ((render.steps(tiny, "Marietta"), 2), (render.card(tiny, ["Story"]), 1)):
        outline = Outline(html)
        assert not outline.open
        targets = [attrs["popovertarget"] for _, attrs in outline.tags if "popovertarget" in attrs]
        assert targets == [attrs["id"] for _, attrs in outline.tags if "popover" in attrs]
        assert len(targets) == lines
        assert html.count("claims.html#claim-") == outline.text.count("Said elsewhere") == 1


def test_what_others_say_of_a_question_waits_in_the_fold_with_the_key(tiny: Guide, in_book: None) -> None:
    items = [item.model_copy(update={"claims": ("neutral",)}) for item in workbench.items(tiny)[:1]]
    outline = Outline(render.activity(workbench.guide_of(tiny, items), "all"))
    assert outline.text.count("Said elsewhere, and wrong:") == 1
    assert outline.in_details.count("Said elsewhere, and wrong:") == 1


def test_a_badge_says_in_a_notebook_in_line_what_it_opens_in_the_book(
    tiny: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(links.ENVIRONMENT, raising=False)
    html = render.badge(tiny, "neutral", "x")
    assert words(Outline(html).text) == (
        "(wrong; this guide prints: He is turned away because an engine driver is needed where he is.)"
    )
    assert "popover" not in html and 'id="' not in html


def test_a_badge_holds_nothing_that_cannot_stand_inside_a_sentence(tiny: Guide, in_book: None) -> None:
    tags = {name for name, _ in Outline(render.badge(tiny, "neutral", "x", "he is a coward")).tags}
    assert tags <= {"span", "button", "strong", "em", "a"}


def test_each_question_opens_with_its_last_step_and_a_form_with_the_first_of_them(tiny: Guide) -> None:
    sample = workbench.guide_of(tiny, workbench.items(tiny))
    for activity in sample.activities:
        wanted = [render.opening(sample, sample.items[key].steps) for key in activity.items]
        tags = Outline(render.activity(sample, activity.id)).tags
        found = [attrs["class"] for name, attrs in tags if (attrs.get("class") or "").startswith("opens-")]
        assert found == [f"opens-{step}" for step in wanted]
        assert f"opens-{min(wanted)}" in (tags[0][1]["class"] or "").split()


def test_what_names_no_step_opens_with_the_last(tiny: Guide) -> None:
    assert render.opening(tiny, []) == len(tiny.steps)
    assert render.opening(tiny, ["theft", tiny.steps[0].id]) == 2


def test_another_guide_renders_with_the_same_templates(tiny: Guide) -> None:
    for html in (
        render.card(tiny),
        render.steps(tiny, tiny.steps[0].part),
        render.voices(tiny, tiny.voices[0].stance),
        *(getattr(render, name)(tiny) for name in PIECES),
        *(render.theme(tiny, theme.id) for theme in tiny.themes),
        render.watched(tiny),
        *(render.activity(tiny, activity.id) for activity in tiny.activities),
    ):
        assert not Outline(html).open
        assert "Kafuku" not in html


def test_what_is_not_there_is_refused_with_what_there_is(guide: Guide) -> None:
    with pytest.raises(GuideError, match="the parts are Tokyo"):
        render.steps(guide, "Kyoto")
    with pytest.raises(GuideError, match="the groups are The film"):
        render.card(guide, ["Money"])
    with pytest.raises(UnknownIdError, match="did you mean `ending`"):
        render.activity(guide, "endings")
