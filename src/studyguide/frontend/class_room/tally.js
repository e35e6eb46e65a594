// Counting a class: from many responses to one item to numbers. Nothing here touches the page.

const FEWEST_FOR_AN_AVERAGE = 5;

// How often each of `ids` was given, in their order.
function countEach(ids, given) {
  const counts = new Map(ids.map((id) => [id, 0]));
  for (const id of given) if (counts.has(id)) counts.set(id, counts.get(id) + 1);
  return counts;
}

// n, mean and median of some numbers; no average of fewer than five.
function averages(ratings) {
  const n = ratings.length;
  if (n < FEWEST_FOR_AN_AVERAGE) return { n, mean: null, median: null };
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

// The counts of one item: `n` who answered it, and what its type asks for. Responses are usable ones (scoring.js).
function tallyItem(item, responses) {
  const counted = {
    choice: tallyChoice,
    order: tallyOrder,
    match: tallyMatch,
    rating: tallyRating,
    prompt: tallyPrompt,
    interpretation: tallyInterpretation,
  }[item.type](item, responses);
  return { n: responses.length, ...counted };
}

function tallyChoice(item, all) {
  return { counts: countEach(item.options, all.flatMap((one) => one.choice)) };
}

// places: entry -> how often it was put in each place, from 0.
function tallyOrder(item, all) {
  const places = item.entries.map((_, place) => place);
  const given = (id) => all.map((one) => one.order.indexOf(id));
  return { places: new Map(item.shown.map((id) => [id, countEach(places, given(id))])) };
}

function tallyMatch(item, all) {
  const given = (id) => all.map((one) => ownValue(one.match, id));
  return { pairs: new Map(item.pairs.map((id) => [id, countEach(item.choices, given(id))])) };
}

function tallyRating(item, all) {
  const aspects = item.aspects.map((aspect) => {
    const [before, after] = ["before", "after"].map((round) => all.map((one) => ownValue(one[round], aspect.id)));
    const round = (given) => {
      const ratings = given.filter((value) => value !== undefined);
      return { counts: countEach(starsOf(aspect), ratings), ...averages(ratings) };
    };
    const twice = before.map((value, who) => [value, after[who]]).filter((pair) => !pair.includes(undefined));
    return { id: aspect.id, before: round(before), after: round(after), both: movement(twice) };
  });
  return { aspects, texts: all.map((one) => one.ideas).filter(Boolean) };
}

function tallyPrompt(_item, all) {
  return { texts: all.map((one) => one.text) };
}

function tallyInterpretation(item, all) {
  const people = all.map(({ first = {}, second = {} }) => ({ first, second }));
  const round = (name) => {
    const given = people.map((one) => one[name]).filter((one) => one.reading);
    return {
      n: given.length,
      counts: countEach(item.readings, given.map((one) => one.reading)),
      certainty: countEach(CERTAINTIES, given.map((one) => one.certainty)),
    };
  };
  const twice = people.filter((one) => one.first.reading && one.second.reading);
  const sure = twice.filter((one) => one.first.certainty && one.second.certainty);
  const from = (reading) => twice.filter((one) => one.first.reading === reading).map((one) => one.second.reading);
  return {
    first: round("first"),
    second: round("second"),
    steps: countEach(item.steps, people.flatMap((one) => one.first.steps ?? [])),
    both: twice.length,
    moved: twice.filter((one) => one.first.reading !== one.second.reading).length,
    matrix: new Map(item.readings.map((reading) => [reading, countEach(item.readings, from(reading))])),
    surer: movement(sure.map((one) => [Number(one.first.certainty), Number(one.second.certainty)])),
  };
}
