"""Responses from a learner's own code: what `scoring` would ignore in silence is refused here, in words."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from studyguide.guide import GuideError, did_you_mean, limits, wording
from studyguide.questions import scoring
from studyguide.questions.slots import Response, Spec, own_value, values


def taken(items: Mapping[str, Spec], responses: object) -> dict[str, Response]:
    """`responses` in canonical form, by item id; without those that hold nothing.

    GuideError names the first part that makes no sense, and says what would. A response to another version of its item
    stays as it is: it answers another question, which nobody here knows.
    """
    if not isinstance(responses, Mapping):
        raise GuideError(f"responses are {_short(responses)}; write {{item id: response}}")
    kept = {}
    for name, response in responses.items():
        if name not in items:
            raise GuideError(f"no item {_short(name)} here; {did_you_mean(str(name), items)}")
        if (found := _taken(items[name], response)) is not None:
            kept[name] = found
    return kept


def usable(items: Mapping[str, Spec], responses: object) -> dict[str, Response]:
    """What of `responses` can be used, by item id, in canonical form; the rest is left out. Raises nothing."""
    kept = {}
    for name, spec in items.items():
        response = own_value(responses, name)
        found = response if _is_other(response, spec) else scoring.usable(spec, response)
        if found is not None:
            kept[name] = found
    return kept


def _taken(spec: Spec, response: object) -> Response | None:
    if _is_other(response, spec):
        return response
    found = scoring.usable(spec, response)
    lost = _lost(response, found if found is not None else {"version": spec["version"]})
    if lost:
        raise GuideError(f"the response to `{spec['id']}` cannot be taken: {lost}; write {_right(spec)}")
    return found


def _is_other(response: object, spec: Spec) -> TypeGuard[Response]:
    """Whether this is a response to another version of the item, and nothing that JSON cannot hold."""
    version = own_value(response, "version")
    if not isinstance(version, int) or isinstance(version, bool) or version == spec["version"] or version < 1:
        return False
    try:
        text = json.dumps(response, allow_nan=False)
        return len(text) <= limits.STORE and bool(json.loads(text) == response)
    except (TypeError, ValueError, RecursionError):
        return False


def _lost(given: object, kept: Response) -> str:
    """The first part of `given` that `kept` does not hold, in words; parts that hold nothing are no loss."""
    if not isinstance(given, dict):
        return f"it is {_short(given)}"
    if "version" not in given:
        return "it has no `version`"
    return next((f"`{where}` is {_short(value)}" for where, value in _losses(given, kept)), "")


def _losses(given: dict[Any, Any], kept: Response) -> Iterator[tuple[str, object]]:
    for name, value in given.items():
        held = kept.get(name)
        if isinstance(value, dict):  # no response goes deeper than this
            inside = held if isinstance(held, dict) else {}
            yield from ((f"{name}.{key}", one) for key, one in value.items() if not _same(one, inside.get(key)))
        elif not _same(value, held):
            yield str(name), value


def _same(value: object, held: object) -> bool:
    if value is None or value is False or value in ("", [], {}):
        return not held
    if isinstance(value, list) and isinstance(held, list):
        return len(value) == len(held) and all(one in held for one in value)  # sets have an order of their own
    return isinstance(value, bool) == isinstance(held, bool) and value == held


def _right(spec: Spec) -> str:
    """What a response to this item looks like."""
    parts: dict[str, list[str]] = {}
    for slot in spec["slots"]:
        head, _, tail = slot["path"].partition(".")
        allowed = _allowed(slot, values(spec, slot))
        parts.setdefault(head, []).append(f"`{tail}`: {allowed}" if tail else allowed)
    inner = {slot["path"].partition(".")[0] for slot in spec["slots"] if "." in slot["path"]}
    said = {head: f"{{{'; '.join(all_)}}}" if head in inner else all_[0] for head, all_ in parts.items()}
    shown = ", ".join(f'"{head}": {words}' for head, words in said.items())
    return f'"version": {spec["version"]}, {shown}; a text has at most {limits.TEXT:,} characters'


def _allowed(slot: Spec, known: Sequence[Any]) -> str:
    match slot["kind"]:
        case "one":
            return f"one of {_ids(known)}"
        case "set":
            return f"[…] with {'one' if slot.get('most') == 1 else 'any'} of {_ids(known)}"
        case "order":
            return f"[…] with each of {_ids(known)} once"
        case "number":
            return f"{known[0]:g} to {known[-1]:g}"
    return '"…"'


def _ids(names: Sequence[str]) -> str:
    return wording.listing(f"`{name}`" for name in names)


def _short(value: object) -> str:
    return f"`{reprlib.repr(value)}`"  # however long or deep it is
