// Counting a class: from many responses to one item to numbers, slot by slot. Nothing here touches the page. The twin of
// questions/tallying.py: both pass tests/cases/counting.json.

// How often each answer was given, part by part: `first reading`, `choice`, or the id of an entry or pair. Of an order
// the answers are places from 1. Responses are usable ones (slots.js).
function countAnswers(item, responses) {
  const counts = new Map();
  for (const slot of item.slots) {
    if (slot.kind === "text") continue;
    const known = valuesOf(item, slot).map(String);
    if (slot.kind === "order") {
      const places = slot.key.map((_, place) => String(place + 1));
      for (const id of slot.key) counts.set(id, new Map(places.map((place) => [place, 0])));
    } else counts.set(partOf(slot.path), new Map(known.map((value) => [value, 0])));
  }
  const add = (part, answer) => counts.get(part).set(answer, counts.get(part).get(answer) + 1);
  for (const response of responses)
    for (const [slot, value] of filledSlots(item, response)) {
      if (slot.kind === "order") value.forEach((id, place) => add(id, String(place + 1)));
      else if (slot.kind === "set") for (const member of value) add(partOf(slot.path), member);
      else if (slot.kind !== "text") add(partOf(slot.path), String(value));
    }
  return counts;
}

// What was given for one slot, person by person; those who left it out are not there.
function givenAt(path, responses) {
  return responses.map((response) => valueAt(response, path)).filter((value) => value !== undefined);
}

// Pairs of what one person gave in two rounds.
function givenTwice(name, [one, other], responses) {
  const pairs = responses.map((response) => [valueAt(response, `${one}.${name}`), valueAt(response, `${other}.${name}`)]);
  return pairs.filter((pair) => !pair.includes(undefined));
}

// n, mean and median of some numbers; no average of too few.
function averages(ratings) {
  const n = ratings.length;
  if (n < LIMITS.average) return { n, mean: null, median: null };
  const sorted = [...ratings].sort((a, b) => a - b);
  const median = (sorted[Math.floor((n - 1) / 2)] + sorted[Math.floor(n / 2)]) / 2;
  return { n, mean: sorted.reduce((sum, one) => sum + one, 0) / n, median };
}

// How many pairs of numbers went up, went down and stayed.
function movement(pairs) {
  const up = pairs.filter(([before, after]) => after > before).length;
  const down = pairs.filter(([before, after]) => after < before).length;
  return { n: pairs.length, up, down, same: pairs.length - up - down };
}

// For each first value how often each second one was given by the same person.
function shiftOf(values, pairs) {
  const matrix = new Map(values.map((one) => [one, new Map(values.map((other) => [other, 0]))]));
  for (const [first, second] of pairs) matrix.get(first).set(second, matrix.get(first).get(second) + 1);
  return matrix;
}
