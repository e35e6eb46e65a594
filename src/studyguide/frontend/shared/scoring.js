// An item's spec and a response to it -> an outcome. The twin of scoring.py: both pass tests/scoring_cases.json.
//
// What a response says is ignored, as if it was not answered, where it makes no sense: unknown ids, wrong types,
// repetitions, a version other than the item's. Nothing here throws, whatever the response is.

// The longest text that a response may hold, in UTF-16 units.
const TEXT_LIMIT = 20000;
const CERTAINTIES = ["1", "2", "3", "4"];

// The usable part of a response as a new object in one canonical form, or null if nothing of it is usable.
function usableResponse(item, response) {
  if (ownValue(response, "version") !== item.version) return null;
  const parts = {
    choice: usableChoice,
    order: usableOrder,
    match: usableMatch,
    rating: usableRating,
    prompt: usablePrompt,
    interpretation: usableInterpretation,
  }[item.type](item, response);
  return parts && { version: item.version, ...parts };
}

// { state: "right" | "part" | "wrong" | "empty" | "unscored", points, best }
function scoreItem(item, response) {
  const best = {
    choice: () => item.keys.length,
    order: () => item.entries.length,
    match: () => item.pairs.length,
  }[item.type]?.();
  if (best === undefined) return { state: "unscored", points: 0, best: 0 };
  const usable = usableResponse(item, response);
  if (!usable) return { state: "empty", points: 0, best };
  const points = {
    choice: () => {
      const right = usable.choice.filter((id) => item.keys.includes(id)).length;
      return Math.max(0, right - (usable.choice.length - right));
    },
    order: () => item.entries.filter((id, place) => usable.order[place] === id).length,
    match: () => item.pairs.filter((id) => ownValue(usable.match, id) === id).length,
  }[item.type]();
  return { state: points === best ? "right" : points === 0 ? "wrong" : "part", points, best };
}

// The value that stands under a key of a plain object itself: never what every object inherits.
function ownValue(object, key) {
  const plain = typeof object === "object" && object !== null && !Array.isArray(object);
  return plain && Object.hasOwn(object, key) ? object[key] : undefined;
}

// The members of `list` that are among `ids`, once each, in the order of `ids`.
function knownIds(list, ids) {
  const given = new Set(Array.isArray(list) ? list : []);
  return ids.filter((id) => given.has(id));
}

function checkedPart(response) {
  return ownValue(response, "checked") === true ? { checked: true } : {};
}

// An object without those keys whose value is undefined or empty.
function filledParts(parts) {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined && Object.keys(value).length > 0),
  );
}

function usableText(value) {
  const text = typeof value === "string" && value.length <= TEXT_LIMIT ? value.toWellFormed?.() ?? value : "";
  return text.trim() ? text : undefined;
}

function usableChoice(item, response) {
  const choice = knownIds(ownValue(response, "choice"), item.options);
  if (choice.length === 0 || (item.cardinality === "single" && choice.length > 1)) return null;
  return { choice, ...checkedPart(response) };
}

function usableOrder(item, response) {
  const given = ownValue(response, "order");
  const order = Array.isArray(given) ? [...new Set(given)].filter((id) => item.entries.includes(id)) : [];
  return order.length === item.entries.length ? { order, ...checkedPart(response) } : null;
}

function usableMatch(item, response) {
  const given = ownValue(response, "match");
  const pairs = item.pairs.map((id) => [id, ownValue(given, id)]);
  const match = pairs.filter(([, chosen]) => item.choices.includes(chosen));
  return match.length ? { match: Object.fromEntries(match), ...checkedPart(response) } : null;
}

// The stars that may be given for an aspect, fewest first.
function starsOf(aspect) {
  return aspect.half ? [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5] : [1, 2, 3, 4, 5];
}

function usableRating(item, response) {
  const stars = (given) =>
    Object.fromEntries(
      item.aspects
        .map((aspect) => [aspect, ownValue(given, aspect.id)])
        .filter(([aspect, value]) => starsOf(aspect).includes(value))
        .map(([aspect, value]) => [aspect.id, value]),
    );
  const parts = filledParts({
    before: stars(ownValue(response, "before")),
    after: stars(ownValue(response, "after")),
    ideas: usableText(ownValue(response, "ideas")),
  });
  return Object.keys(parts).length ? parts : null;
}

function usablePrompt(item, response) {
  const text = usableText(ownValue(response, "text"));
  return text === undefined ? null : { text };
}

function usableInterpretation(item, response) {
  const one = (value, known) => (known.includes(value) ? value : undefined);
  const round = (given) => ({
    reading: one(ownValue(given, "reading"), item.readings),
    certainty: one(ownValue(given, "certainty"), CERTAINTIES),
  });
  const [first, second] = [ownValue(response, "first"), ownValue(response, "second")];
  const parts = filledParts({
    first: filledParts({ ...round(first), steps: knownIds(ownValue(first, "steps"), item.steps) }),
    second: filledParts(round(second)),
  });
  if (Object.keys(parts).length === 0) return null;
  return ownValue(response, "weighed") === true ? { ...parts, weighed: true } : parts;
}
