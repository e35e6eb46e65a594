"""Captioned speech added up: in a film of a few lines, and what the guide's chapter says of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import books
import pytest

from studyguide import charts
from studyguide.guide import Guide, GuideError, speech
from studyguide.guide.records import Turn
from studyguide.guide.speech import Seconds

CHAPTER = books.ROOT / "chapters" / "minutes.md"


def turn(start: int, end: int, speaker: str, channel: str = "talk", basis: str = "labelled") -> Turn:
    """One turn of a film in which everybody speaks Japanese."""
    return Turn.model_validate(
        {
            "id": f"t{start}",
            "start": start,
            "end": end,
            "speaker": speaker,
            "channel": channel,
            "language": "ja",
            "basis": basis,
        }
    )


TURNS = [
    turn(0, 5, "none", "sound"),
    turn(10, 30, "ann"),
    turn(31, 41, "bob", basis="inferred"),
    turn(100, 110, "ann+bob"),
    turn(200, 204, "ann", "tape"),
]


def test_seconds_are_added_up_by_speaker_and_two_voices_share_their_turn() -> None:
    found = speech.add_up(TURNS, by=lambda one: one.speaker)
    assert found == {"ann": Seconds(labelled=29), "bob": Seconds(labelled=5, inferred=10)}
    assert list(found) == ["ann", "bob"], "most first"
    assert speech.add_up(TURNS, by=lambda one: one.channel)["tape"].total == 4


def test_a_gap_is_where_no_speech_is_captioned_and_sounds_do_not_end_it() -> None:
    assert speech.gaps(TURNS, start=0, end=300, least=20) == [(204, 300), (110, 200), (41, 100)]
    assert speech.gaps(TURNS, start=0, end=204, least=60) == [(110, 200)]
    assert speech.gaps([], start=0, end=50, least=10) == [(0, 50)]


def test_each_stretch_counts_a_second_once() -> None:
    assert speech.seconds_of([*TURNS, turn(15, 20, "bob")], every=60, end=210) == [30, 10, 0, 4]


def test_how_full_a_film_is_is_drawn_stretch_by_stretch(guide: Guide) -> None:
    chart = charts.density(guide, "x", title="T", finding="F", seconds=[30, 0], every=60, name="Speech")
    [row] = chart.drawing[0].rows
    assert [(mark.start, mark.end, mark.level) for mark in row.marks] == [(0, 60, 0.5)]
    assert chart.spec["data"][0]["y"] == [-0.5 * row.upright], "upright, on the foot of its row"
    assert chart.rows == [("0:00:00", "0:01:00", "30"), ("0:01:00", "0:02:00", "0")]
    with pytest.raises(GuideError, match="without a single second"):
        charts.density(guide, "x", title="T", finding="F", seconds=[0], every=60, name="Speech")


def test_a_scene_shows_who_is_heard_when_voices_first_and_sounds_last(guide: Guide) -> None:
    drive = guide.steps["sunroof"]
    assert drive.start and drive.end
    chart = charts.scene(guide, "x", title="T", finding="F", start=drive.start, end=drive.end)
    voices = list(dict.fromkeys(row[0] for row in chart.rows))
    assert voices == ["Misaki Watari", "Kafuku", "Sounds"]
    ticks = chart.spec["layout"]["xaxis"]["tickvals"]
    assert 1 < len(ticks) <= 7 and drive.start <= ticks[0] and ticks[-1] <= drive.end
    with pytest.raises(GuideError, match="nobody is heard between 3:10:00"):
        charts.scene(guide, "x", title="T", finding="F", start=11400, end=11460)


def test_stretches_join_what_is_near() -> None:
    assert speech.stretches(TURNS[1:], apart=10) == [(10, 41), (100, 110), (200, 204)]
    assert speech.stretches(TURNS[1:], apart=100) == [(10, 204)]


def test_a_ranking_survives_only_if_every_error_may_fall_against_it() -> None:
    rest = Seconds(inferred=400)  # of which 5.4 per cent, 21.6 seconds, may be the shorter bar's
    for more, less, holds in (
        (Seconds(labelled=120), Seconds(labelled=90), True),
        (Seconds(labelled=110), Seconds(labelled=90), False),
        (Seconds(inferred=120), Seconds(labelled=90), False),
        (Seconds(labelled=100), Seconds(labelled=100), False),
    ):
        assert speech.survives(more, less, more + less + rest, error=0.054) is holds


def test_shares_are_drawn_with_what_is_inferred_apart(guide: Guide) -> None:
    chart = charts.shares(
        guide, "x", title="T", finding="F", amounts={"A": Seconds(30, 10), "B": Seconds(0, 60)}, row_name="Who"
    )
    marks = [[(mark.start, mark.end, mark.look) for mark in row.marks] for row in chart.drawing[0].rows]
    assert marks == [[(0, 30, "solid"), (30, 40, "striped")], [(0, 60, "striped")]]
    assert chart.spec["data"][0]["marker"]["pattern"]["shape"] == ["", "/", "/"], "seen without colour"
    assert chart.rows == [("A", "40%", "40", "10"), ("B", "60%", "60", "60")]
    assert [source.kind for source in chart.sources] == ["film"]
    with pytest.raises(GuideError, match="without a single second"):
        charts.shares(guide, "x", title="T", finding="F", amounts={}, row_name="Who")


def test_what_the_chapter_says_in_words_is_what_the_data_have(guide: Guide) -> None:
    """The film in minutes: a third, ten minutes, four minutes, the order that cannot be told."""
    [error] = map(float, re.findall(r"^error = (.+)$", CHAPTER.read_text("utf-8"), re.MULTILINE))
    people = speech.add_up(guide.turns, by=lambda one: one.speaker)
    everything = sum(people.values(), Seconds())
    assert 0.3 < people["kafuku"].total / everything.total < 0.36
    assert all(speech.survives(people["kafuku"], people[key], everything, error) for key in people if key != "kafuku")
    assert list(people)[:4] == ["kafuku", "takatsuki", "oto", "misaki"]
    for more, less in (("takatsuki", "oto"), ("oto", "misaki")):
        assert not speech.survives(people[more], people[less], everything, error)
    ways = speech.add_up((one for one in guide.turns if one.speaker == "oto"), by=lambda one: one.channel)
    assert 0.3 < ways["tape"].total / people["oto"].total < 0.4
    languages = speech.add_up(guide.turns, by=lambda one: one.language)
    assert 9 * 60 < everything.total - languages["ja"].total < 11 * 60
    first, second, *_ = speech.gaps(guide.turns, 0, guide.steps["korea"].end or 0, 60)
    assert 240 < first[1] - first[0] < 300 and guide.steps["the-return"].start in range(*first)
    assert guide.steps["credits"].start in range(*second)
    minutes = speech.seconds_of(guide.turns, every=60, end=179 * 60)
    assert sum(one == 0 for one in minutes) < 20
    assert max(one.end for one in guide.turns if one.speaker == "oto") // 60 == 96
    lengths = sorted(scene.end - scene.start for scene in guide.scenes)
    assert 60 < lengths[len(lengths) // 2] < 90 and [one // 60 for one in lengths[-2:]] == [8, 13]


BEHIND_TAKATSUKI = ('people["kafuku"], people[key]', 'people["takatsuki"], people[key]')


@pytest.mark.parametrize(
    ("edits", "name", "found"),
    [
        ([("least=60", "least=30")], "quiet", lambda quiet: len(quiet) > 30),
        ([('== "oto"', '== "misaki"')], "taped", lambda taped: taped == 0),
        ([BEHIND_TAKATSUKI], "ahead", lambda ahead: "Oto" not in ahead),
        ([BEHIND_TAKATSUKI, ("error = 0.054", "error = 0.02")], "ahead", lambda ahead: "Oto" in ahead),
    ],
)
def test_each_task_of_the_chapter_can_be_done(
    edits: list[tuple[str, str]], name: str, found: Callable[[Any], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(books.ROOT)
    cells = re.findall(r"^```\{code-cell\} ipython3\n(.*?)^```", CHAPTER.read_text("utf-8"), re.M | re.S)
    code = "\n".join(cells)
    for old, new in edits:
        assert code.count(old) == 1
        code = code.replace(old, new)
    names: dict[str, Any] = {}
    exec(code.replace(":tags:", "# :tags:"), names)
    assert found(names[name])
