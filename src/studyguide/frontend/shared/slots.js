// An item's spec and a response to it: its slots, what of it is usable, and its outcome. The twin of slots.py and
// scoring.py: all pass tests/cases/scoring.json. LIMITS stands before this and comes from guide/limits.py.
//
// A slot is { path, kind, of, key, most, zero }: a place in a response, with the list that its values come from.
// What a response says is ignored, as if it was not answered, where it makes no sense: unknown ids, wrong types,
// repetitions, a version other than the item's. Nothing here throws, whatever the response is.

const ROUNDS = ["first", "second", "before", "after"];

// The value that stands under a key of a plain object itself: never what every object inherits.
function ownValue(object, key) {
  const plain = typeof object === "object" && object !== null && !Array.isArray(object);
  return plain && Object.hasOwn(object, key) ? object[key] : undefined;
}

function splitPath(path) {
  const dot = path.indexOf(".");
  return dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
}

function valueAt(response, path) {
  const [head, tail] = splitPath(path);
  const found = ownValue(response, head);
  return tail === undefined ? found : ownValue(found, tail);
}

function putAt(response, path, value) {
  const [head, tail] = splitPath(path);
  if (tail === undefined) response[head] = value;
  else
    Object.defineProperty((response[head] ??= {}), tail, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

// The values that may stand in a slot, in their order.
function valuesOf(item, slot) {
  return item.lists[slot.of] ?? [];
}

function slotAt(item, path) {
  return item.slots.find((slot) => slot.path === path);
}

// [slot, value] for each slot that a usable response fills.
function filledSlots(item, response) {
  return item.slots.map((slot) => [slot, valueAt(response, slot.path)]).filter(([, value]) => value !== undefined);
}

// Round and name under which a slot's answers are counted: "first reading", "choice".
function partOf(path) {
  const [head, tail] = splitPath(path);
  if (ROUNDS.includes(head)) return `${head} ${tail === "steps" ? "step" : tail}`;
  return tail ?? head;
}

// The members of `list` that are among `ids`, once each, in the order of `ids`.
function knownIds(list, ids) {
  const given = new Set(Array.isArray(list) ? list : []);
  return ids.filter((id) => given.has(id));
}

const USABLE = {
  one: (_slot, known, value) => (known.includes(value) ? value : undefined),
  set(slot, known, value) {
    const members = knownIds(value, known);
    return members.length && members.length <= (slot.most || known.length) ? members : undefined;
  },
  order(_slot, known, value) {
    const order = Array.isArray(value) ? [...new Set(value)].filter((id) => known.includes(id)) : [];
    return order.length === known.length ? order : undefined;
  },
  number: (_slot, known, value) => (known.includes(value) ? value : undefined),
  text(_slot, _known, value) {
    const text = typeof value === "string" && value.length <= LIMITS.text ? (value.toWellFormed?.() ?? value) : "";
    return text.trim() ? text : undefined;
  },
};

// The usable part of a response as a new object in one canonical form, or null if nothing of it is usable.
function usableResponse(item, response) {
  if (ownValue(response, "version") !== item.version) return null;
  const parts = { version: item.version };
  for (const slot of item.slots) {
    const value = USABLE[slot.kind](slot, valuesOf(item, slot), valueAt(response, slot.path));
    if (value !== undefined) putAt(parts, slot.path, value);
  }
  if (Object.keys(parts).length === 1) return null;
  for (const mark of item.marks) if (ownValue(response, mark) === true) parts[mark] = true;
  return parts;
}

// What a usable value is worth: one for the right one, each right place or member, less each wrong member.
const POINTS = {
  one: (key, value) => Number(key.includes(value)),
  set(key, members = []) {
    const right = members.filter((id) => key.includes(id)).length;
    return Math.max(0, right - (members.length - right));
  },
  order: (key, order = []) => key.filter((id, place) => order[place] === id).length,
};

// { state: "right" | "part" | "wrong" | "empty" | "unscored", points, best }
function scoreItem(item, response) {
  const keyed = item.slots.filter((slot) => slot.key);
  if (!keyed.length) return { state: "unscored", points: 0, best: 0 };
  const best = keyed.reduce((sum, slot) => sum + (slot.kind === "one" ? 1 : slot.key.length), 0);
  const usable = usableResponse(item, response);
  if (!usable) return { state: "empty", points: 0, best };
  const points = keyed.reduce((sum, slot) => sum + POINTS[slot.kind](slot.key, valueAt(usable, slot.path)), 0);
  return { state: points === best ? "right" : points === 0 ? "wrong" : "part", points, best };
}
