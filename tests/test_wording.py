"""Numbers and dates in words: the same sentence wherever the guide prints them."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from studyguide.guide import Amount, Fact, Guide, Score, Verdict, wording


def figure(**fields: object) -> Amount:
    base = {"id": "x", "territory": "Japan", "measure": "gross", "value": 192949, "currency": "USD",
            "end": dt.date(2022, 2, 13), "sources": ("a",), "grade": "B"}  # fmt: skip
    return Amount.model_validate(base | fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"start": dt.date(2022, 2, 11)}, "$192,949 (Japan, 11–13 February 2022)"),
        ({"start": dt.date(2022, 1, 28)}, "$192,949 (Japan, 28 January – 13 February 2022)"),
        ({"measure": "running total"}, "$192,949 (Japan, by 13 February 2022)"),
        ({"measure": "screens", "currency": None, "bound": "over"}, "over 192,949 screens (Japan, 13 February 2022)"),
        ({"currency": "JPY", "bound": "about"}, "about 192,949 yen (Japan, 13 February 2022)"),
        ({"currency": "CHF"}, "192,949 CHF (Japan, 13 February 2022)"),
        ({"end": None, "read_on": dt.date(2026, 11, 22)}, "$192,949 (Japan, undated, read 22 November 2026)"),
    ],
)
def test_a_figure_always_comes_with_its_place_and_date(fields: dict[str, object], sentence: str) -> None:
    assert wording.amount(figure(**fields)) == sentence


@pytest.mark.parametrize(
    ("when", "said"), [("2022-02-08", "8 February 2022"), ("2021-09", "September 2021"), ("2025", "2025")]
)
def test_a_date_says_no_more_than_its_source(when: str, said: str) -> None:
    assert wording.when(when) == said


@pytest.mark.parametrize(
    ("value", "currency", "bound", "label"),
    [
        (908, "USD", "exact", "$908"),
        (6825, "USD", "exact", "$6.83k"),
        (192949, "USD", "exact", "$193k"),
        (999_999, None, "exact", "1m"),
        (15_356_046, "USD", "exact", "$15.4m"),
        (1_080_601_530, "JPY", "exact", "1.08bn"),
        (40_000, None, "over", ">40k"),
        (0, "USD", "exact", "$0"),
    ],
)
def test_a_label_beside_a_mark_is_short(value: int, currency: str | None, bound: str, label: str) -> None:
    assert wording.short(value, currency, bound) == label


def test_two_days_of_one_month_are_joined_after_between() -> None:
    assert wording.between(dt.date(2022, 2, 8), dt.date(2022, 2, 21)) == "8 and 21 February 2022"
    assert wording.between(dt.date(2022, 1, 8), dt.date(2022, 2, 21)) == "8 January 2022 and 21 February 2022"


def test_a_list_ends_with_and() -> None:
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b", "c"]) == "a, b and c"
    assert wording.listing([]) == "none"


def test_a_score_says_whose_it_is_and_when() -> None:
    score = Score(id="x", outlet="Paper", by="users", value=7.6, out_of=10, votes=5220, date="2021-12",
                  sources=("a",), grade="C")  # fmt: skip
    assert wording.score(score) == "7.6 out of 10 (users, 5,220 votes, December 2021)"


def test_a_fact_carries_its_unit_or_reads_as_a_list() -> None:
    base = {"id": "x", "group": "g", "label": "l", "sources": ("a",), "grade": "B"}
    assert wording.fact(Fact.model_validate(base | {"value": 179, "unit": "minutes"})) == "179 minutes"
    assert wording.fact(Fact.model_validate(base | {"value": ("Japanese", "Korean")})) == "Japanese and Korean"


def test_a_mark_says_who_errs(tiny: Guide) -> None:
    neutral = tiny.claims["neutral"]
    assert (wording.mark(neutral), wording.verdict(neutral)) == ("✗", "wrong")
    assert wording.differing(neutral) == "Said elsewhere, and wrong:"
    said = {wording.verdict(neutral.model_copy(update={"verdict": verdict})): verdict for verdict in get_args(Verdict)}
    assert len(said) == len(get_args(Verdict)), "each verdict has words of its own"


def test_evidence_is_one_line(tiny: Guide) -> None:
    neutral, sources = tiny.claims["neutral"], list(tiny.sources)
    film = sources[0].model_copy(update={"kind": "film"})
    holds = neutral.model_copy(update={"verdict": "supported"})
    assert wording.proof(["B"], sources[:2], [neutral]) == "B · 2 sources · 1 differs"
    assert wording.proof(["B", "C"], sources[:1], [neutral, neutral]) == "B · C · 1 source · 2 differ"
    assert wording.proof(["F"], [film], [holds]) == "F · the film"


def test_every_figure_of_the_book_can_be_said(guide: Guide) -> None:
    for record in guide.box_office:
        assert record.territory in wording.amount(record)
