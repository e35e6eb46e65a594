"""This book's items and activities: fair to whoever answers, and able to teach whoever errs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import books
import pytest
import yaml

from studyguide.guide import (
    Choice,
    Entry,
    Guide,
    Item,
    KeyedItem,
    Match,
    Option,
    Order,
    Pair,
    Prompt,
    Rating,
    Record,
    Sort,
    Sorted,
)

DATA = books.ROOT / "data"
IDS = [record["id"] for record in yaml.safe_load((DATA / "items.yaml").read_text(encoding="utf-8"))]
NAMED = {"ending-reading", "rating"}  # one of a kind, so not numbered
# “…”, "…", ‘…’ and '…'; an apostrophe inside a word opens and closes nothing.
QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|‘([^’]+)’(?!\w)|(?<!\w)'([^']+(?:\b'\b[^']+)*)'(?!\w)")


def texts(record: Record) -> Iterator[str]:
    """Every text of a record and of the records inside it that a reader sees; ids and keys are left out."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, str) and name not in {
            "id",
            "type",
            "cardinality",
            "grade",
            "check",
            "chapter",
            "level",
            "subject",
            "bin",
        }:
            yield value
        elif isinstance(value, tuple) and name not in {"sources", "steps", "readings", "items"}:
            for part in value:
                yield from texts(part) if isinstance(part, Record) else [part]


def parts(item: Item) -> tuple[Option | Entry | Pair | Sorted, ...]:
    """Everything in a keyed item that can be chosen, placed or paired; nothing for an item without a key."""
    match item:
        case Choice():
            return item.options
        case Order():
            return item.entries
        case Match():
            return item.pairs
        case Sort():
            return item.entries
    return ()


def reasons(item: Item) -> dict[str, str]:
    """The rationale of each part of a keyed item, by its id."""
    return {part.id: part.rationale for part in parts(item)}


def singles(guide: Guide) -> list[Choice]:
    """The items with exactly one key among their options."""
    return [item for item in guide.items if isinstance(item, Choice) and item.cardinality == "single"]


def key_at(item: Choice) -> int:
    """The place of the key among the options, from 0."""
    return next(place for place, option in enumerate(item.options) if option.key)


# --- one item by itself -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_an_id_tells_its_topic_and_its_number(name: str) -> None:
    assert name in NAMED or re.fullmatch(r"[a-z]+-\d\d", name)


@pytest.mark.parametrize("name", IDS)
def test_every_answer_has_a_reason_that_teaches(guide: Guide, name: str) -> None:
    item = guide.items[name]
    assert bool(reasons(item)) == isinstance(item, KeyedItem)
    for part, reason in reasons(item).items():
        assert 20 <= len(reason.split()) <= 45, f"{part}: {len(reason.split())} words"
        assert not re.search(r"\bwrong\b|\bincorrect\b", reason, re.I), f"{part}: say what is so instead"
    assert len(set(reasons(item).values())) == len(reasons(item))


@pytest.mark.parametrize("name", IDS)
def test_a_key_rests_on_grades_and_pages_that_can_carry_it(guide: Guide, name: str) -> None:
    item = guide.items[name]
    if isinstance(item, KeyedItem):
        assert item.grade in {"F", "A", "B", "C"}
        assert not [source for source in item.sources if guide.sources[source].low_trust]


@pytest.mark.parametrize("name", IDS)
def test_nothing_to_choose_from_stands_there_twice(guide: Guide, name: str) -> None:
    item = guide.items[name]
    assert len({part.id for part in parts(item)}) == len({part.text for part in parts(item)}) == len(parts(item))
    if isinstance(item, Match):
        offered = [*(pair.match for pair in item.pairs), *item.spare]
        assert len(set(offered)) == len(offered)


@pytest.mark.parametrize("name", IDS)
def test_an_order_is_not_given_away_by_the_alphabet(guide: Guide, name: str) -> None:
    item = guide.items[name]
    if isinstance(item, Order):
        right = [entry.text for entry in item.entries]
        in_place = sum(entry == shown for entry, shown in zip(right, sorted(right), strict=True))
        assert in_place <= 1, "the order in which the entries are shown is half the answer"


@pytest.mark.parametrize("name", IDS)
def test_an_item_quotes_fewer_than_eight_words_in_a_row(guide: Guide, name: str) -> None:
    for text in texts(guide.items[name]):
        for quoted in QUOTED.findall(text):
            assert len("".join(quoted).split()) < 8, quoted


def test_the_search_for_quotations_finds_them_and_leaves_apostrophes_alone() -> None:
    text = "Oto's “one two”, 'it's three' and \"four\", the actors' own"
    found = ["".join(groups) for groups in QUOTED.findall(text)]
    assert found == ["one two", "it's three", "four"]


@pytest.mark.parametrize("name", IDS)
def test_a_sum_of_money_in_a_reason_has_its_day(guide: Guide, name: str) -> None:
    """Where a rationale names a sum, it, the stem or the option names a day or says that there is none."""
    item = guide.items[name]
    money = re.compile(r"\$\d|\d[\d,.]* (?:million |US )*(?:yen|dollars)\b")
    dated = re.compile(r"\b\d{1,2} [A-Z][a-z]+(?: \d{4})?\b|\bundated\b")
    for part in parts(item):
        if money.search(part.rationale):
            assert dated.search(f"{item.stem} {part.text} {part.rationale}"), part.id


def test_open_questions_come_with_a_way_to_begin(guide: Guide) -> None:
    prompts = [item for item in guide.items if isinstance(item, Prompt)]
    assert len(prompts) >= 6
    assert all(item.hint and item.steps for item in prompts)
    stems = " ".join(item.stem for item in prompts)
    assert "Freeze-frame." in stems
    assert "Sound only." in stems


def test_stars_are_asked_for_six_aspects_and_halves_for_the_whole_alone(guide: Guide) -> None:
    (item,) = (item for item in guide.items if isinstance(item, Rating))
    aspects = ["overall", "adaptation", "performances", "pace", "sound-and-music", "ending"]
    assert [aspect.id for aspect in item.aspects] == aspects
    assert [aspect.id for aspect in item.aspects if aspect.half] == ["overall"]


# --- all of them together: no trick that answers without knowing ------------------------------------------------------


def test_there_are_enough_keyed_items_of_every_type(guide: Guide) -> None:
    assert len(keyed(guide)) >= 25
    types = Counter(type(item) for item in keyed(guide))
    assert min(types[Order], types[Match], types[Choice] - len(singles(guide))) >= 3


def test_no_place_in_the_list_holds_more_than_half_of_the_keys(guide: Guide) -> None:
    places = Counter(key_at(item) for item in singles(guide))
    assert len(places) >= 4
    assert max(places.values()) <= len(singles(guide)) / 2


@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
def test_the_key_cannot_be_told_by_its_length(guide: Guide, extreme: Callable[[list[int]], int]) -> None:
    told = 0
    for item in singles(guide):
        lengths = [len(option.text) for option in item.options]
        told += lengths[key_at(item)] == extreme(lengths)
    assert told <= 0.4 * len(singles(guide))


def test_a_multiple_choice_does_not_give_away_how_many_hold(guide: Guide) -> None:
    several = [item for item in guide.items if isinstance(item, Choice) and item.cardinality == "multiple"]
    assert len({sum(option.key for option in item.options) for item in several}) >= 3


# --- what is asked, and what it takes ---------------------------------------------------------------------------------

SUBJECTS = {"film", "play", "adaptation", "making", "context", "reception", "money", "evidence"}
FACT_CHECK = {"check-fact-check"}


def keyed(guide: Guide) -> list[KeyedItem]:
    """Every item that has a right response."""
    return [item for item in guide.items if isinstance(item, KeyedItem)]


@pytest.mark.parametrize("name", IDS)
def test_every_item_says_what_it_takes_and_what_it_is_about(guide: Guide, name: str) -> None:
    assert guide.items[name].level
    assert guide.items[name].subject in SUBJECTS


def test_most_keyed_items_are_about_the_film_and_most_ask_for_more_than_memory(guide: Guide) -> None:
    found = keyed(guide)
    assert sum(item.subject == "film" for item in found) >= 0.6 * len(found)
    assert sum(item.level != "recall" for item in found) >= 0.5 * len(found)
    assert {item.level for item in found} == {"recall", "understanding", "analysis", "judgement"}


def test_three_quarters_of_the_mixed_test_are_about_the_film(guide: Guide) -> None:
    asked = [guide.items[name] for name in guide.activities["test-yourself"].items]
    assert sum(item.subject == "film" for item in asked) >= 12
    assert len(asked) == 16


def test_outside_the_fact_check_nobody_is_asked_which_page_says_what(guide: Guide) -> None:
    """No stem asks for a page, and no starting article is in what can be chosen or in the reasons."""
    elsewhere = {name for activity in guide.activities if activity.id not in FACT_CHECK for name in activity.items}
    pages = re.compile(r"\b(?:film page|ending article|the essay)\b|\bwhich (?:page|source|article)\b", re.IGNORECASE)
    known = {one for activity in guide.activities if activity.id in FACT_CHECK for one in activity.items}
    for name in elsewhere - known:
        assert not [text for text in texts(guide.items[name]) if pages.search(text)], name


def test_no_stem_hedges_and_none_is_asked_twice(guide: Guide) -> None:
    stems = [re.sub(r"\W+", " ", item.stem.lower()) for item in guide.items]
    assert len(set(stems)) == len(stems)
    hedge = re.compile(r"as far as (?:the )?(?:sources|pages)|is (?:reported|documented)|according to", re.IGNORECASE)
    assert [item.id for item in guide.items if hedge.search(item.stem)] == []


def test_the_hedged_option_is_not_the_key_by_habit(guide: Guide) -> None:
    hedge = re.compile(r"\b(?:may|might|perhaps|probably|nobody|nothing|neither|unknown|open|both)\b", re.IGNORECASE)
    hedged = [(option.key) for item in singles(guide) for option in item.options if hedge.search(option.text)]
    assert sum(hedged) <= 0.5 * len(hedged)


def test_the_kinds_of_question_that_send_one_back_to_the_film_are_there(guide: Guide) -> None:
    stems = " ".join(item.stem for item in guide.items)
    for kind in ("weakens", "turned round by a later one", "could she have heard", "time axis", "Sort them by what"):
        assert kind in stems


def test_every_chapter_about_the_film_has_questions_of_its_own(guide: Guide) -> None:
    asked = {
        activity.chapter
        for activity in guide.activities
        if any(isinstance(guide.items[i], KeyedItem) for i in activity.items)
    }
    new = {"minutes", "hiroshima", "chekhov", "hamaguchi"}
    new |= {"scene-dinner", "scene-night-drive", "scene-confessions", "scene-sonya"}
    assert asked >= new


# --- activities -------------------------------------------------------------------------------------------------------


def test_every_activity_names_a_chapter_of_the_book(guide: Guide) -> None:
    for activity in guide.activities:
        assert activity.chapter, activity.id
        assert (books.ROOT / "chapters" / f"{activity.chapter}.md").is_file(), activity.chapter


def test_every_item_stands_in_an_activity_and_in_none_twice(guide: Guide) -> None:
    used = [name for activity in guide.activities for name in activity.items]
    assert set(used) == set(guide.items.ids())
    assert all(len(set(activity.items)) == len(activity.items) for activity in guide.activities)


def test_the_test_at_the_end_is_mixed_and_partly_new(guide: Guide) -> None:
    test = guide.activities["test-yourself"]
    assert test.check == "end"
    topics = Counter(name.split("-")[0] for name in test.items)
    assert len(topics) >= 10
    assert max(topics.values()) <= 3
    assert {type(guide.items[name]) for name in test.items} >= {Choice, Order, Match}
    elsewhere = {name for activity in guide.activities if activity.id != test.id for name in activity.items}
    assert set(test.items) - elsewhere
