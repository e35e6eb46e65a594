"""The Class page as markup: what its script gets to know, and the tally sheet for a room without script."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from classroom import guide_of_all_types

from studyguide.guide import Guide, Table, wording
from studyguide.page import render
from studyguide.questions import scoring

DATA = re.compile(r'<script type="application/json" class="sg-class-data">(.*?)</script>', re.DOTALL)


def known(html: str) -> dict[str, Any]:
    """What the page's script reads."""
    (found,) = DATA.findall(html)
    return dict(json.loads(found))


def test_the_page_knows_every_activity_and_every_word_of_it(tiny: Guide) -> None:
    guide = guide_of_all_types(tiny)
    told = known(render.class_page(guide))
    assert told["guide"] == guide.film.id
    assert told["specs"] == [scoring.spec(guide, activity.id) for activity in guide.activities]
    for spec in told["specs"]:
        for item in spec["items"]:
            said = told["words"][item["id"]]
            for name, values in item["lists"].items():
                assert {f"{one:g}" if isinstance(one, float | int) else one for one in values} == set(
                    said["texts"][name]
                )
            assert set(said["labels"]) <= {slot["path"] for slot in item["slots"]}
            assert said["labels"] or len(item["slots"]) == 1
    assert set(told["claims"]) == set(guide.readings.ids())


def test_no_text_of_the_data_can_end_the_script_element(tiny: Guide) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    readings = [one.model_copy(update={"claim": hostile, "title": hostile}) for one in tiny.readings]
    html = render.class_page(dataclasses.replace(tiny, readings=Table(type(tiny.readings[0]), readings)))
    assert html.count("<script") == html.count("</script>") == 1
    assert known(html)["claims"][readings[0].id] == hostile
    assert "alert" in html.split("</script>")[1]  # on the tally sheet, as text
    assert "&lt;script&gt;" in html


def test_what_needs_script_is_in_a_template_and_the_tally_sheet_is_not(tiny: Guide) -> None:
    html = render.class_page(tiny)
    before, tools, after = re.split(r"</?template>", html)
    assert "<button" in tools and "<textarea" in tools and "<dialog" in tools
    assert not re.search(r"<(button|textarea|select|input|dialog)", before + after)
    for reading in tiny.readings:
        assert wording.plain(reading.title) in after
