// Counts as tables: the numbers in words, a bar beside each. All text goes in as text, never as markup.

// An element with properties (`class`, `text`, attributes) and children; what is null or false is left out.
function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) if (value !== null) made.setAttribute(name, value);
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== false && child !== ""));
  return made;
}

// A table in a region that scrolls by itself, named by its caption and by `place`, which tells it from others. `head`
// are texts or nodes; `rows` are [row head, ...cells], where null as row head means that the one above goes on.
function makeTable({ place }, caption, head, rows) {
  const cells = ([first, ...rest], index) => [
    first !== null && make("th", { scope: "row", rowspan: heightAt(rows, index) }, first),
    rest.map(asCell),
  ];
  return make(
    "div",
    { class: "sg-scroll", role: "region", "aria-label": `${place}: ${caption}`, tabindex: "0" },
    make(
      "table",
      {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, head.map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, rows.map((row, index) => make("tr", {}, cells(row, index)))),
    ),
  );
}

function heightAt(rows, index) {
  const next = rows.findIndex(([first], other) => other > index && first !== null);
  const height = (next < 0 ? rows.length : next) - index;
  return height > 1 ? height : null;
}

function asCell(cell) {
  return cell instanceof Element && cell.matches("td") ? cell : make("td", {}, cell);
}

// A count with its share in words and as a bar.
function makeBar(n, all) {
  const bar = make("span", { class: "sg-bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", all ? n / all : 0);
  return make(
    "td",
    { class: "sg-count" },
    make("span", { class: "sg-bar-line" }, make("span", {}, CLASS_STRINGS.share(n, all)), make("span", {}, bar)),
  );
}

// A count in a grid of counts: the darker, the nearer to the largest one.
function makeShade(n, largest, marked) {
  const cell = make("td", { class: marked ? "sg-shade sg-marked" : "sg-shade" }, `${n}`);
  cell.style.setProperty("--share", largest ? n / largest : 0);
  return cell;
}

function makeTexts(title, texts) {
  const one = (text) => make("li", { dir: "auto" }, text);
  const list = texts.length > 0 && make("ul", { class: "sg-texts" }, texts.map(one));
  return [make("p", { class: "sg-texts-title" }, title), list];
}

function largestOf(grid) {
  return Math.max(...[...grid.values()].flatMap((row) => [...row.values()]));
}

function keyMark(shown) {
  return shown && make("span", { class: "sg-is-key" }, ` (${CLASS_STRINGS.key})`);
}

const lettered = (index) => String.fromCharCode(65 + index);

// One item's result as nodes. `wording` is what the page says of it: stem, texts and labels, place and more. Options:
// `key`, whether the key is marked, and `parts`, which of an interpretation's tables are shown.
function resultNodes(item, wording, responses, { key = false, parts = INTERPRETATION_PARTS }) {
  const written = item.slots.filter((slot) => slot.kind === "text").flatMap(({ path }) => givenAt(path, responses));
  const open = item.slots.every((slot) => slot.kind === "text");
  if (!open && !responses.length) return [make("p", { class: "sg-none" }, CLASS_STRINGS.unanswered)];
  if (open) return [makeTexts(CLASS_STRINGS.texts(written.length), written)].flat().filter(Boolean);
  const counts = countAnswers(item, responses);
  const nodes = (RESULTS[item.type] ?? slotNodes)(item, wording, { counts, responses, written }, { key, parts });
  const right = key && responses.filter((response) => scoreItem(item, response).state === "right").length;
  const keyed = item.slots.some((slot) => slot.key);
  return [...nodes, key && keyed && make("p", {}, CLASS_STRINGS.right(right, responses.length))].flat().filter(Boolean);
}

// How each type is shown; a type that is not here is shown slot by slot.
const RESULTS = {
  choice: choiceNodes,
  order: orderNodes,
  match: matchNodes,
  rating: ratingNodes,
  interpretation: interpretationNodes,
};

function slotNodes(item, wording, { counts, responses, written }, { key }) {
  const tables = item.slots
    .filter((slot) => slot.kind !== "text" && slot.kind !== "order")
    .map((slot) => {
      const given = counts.get(partOf(slot.path));
      const said = (value) => wording.texts[slot.of]?.[value] ?? value;
      const rows = [...given].map(([value, n]) => [
        make("span", {}, said(value), keyMark(key && slot.key?.includes(value))),
        makeBar(n, responses.length),
      ]);
      const head = [CLASS_STRINGS.option, CLASS_STRINGS.answers];
      return makeTable(wording, wording.labels[slot.path] ?? CLASS_STRINGS.chosenBy(responses.length), head, rows);
    });
  return [...tables, written.length > 0 && makeTexts(CLASS_STRINGS.texts(written.length), written)];
}

// One item with its stem, how many of `all` answered it, and its result.
function askedNode(item, wording, responses, { all, key }) {
  return make(
    "section",
    { class: `sg-asked opens-${wording.opens}`, "data-item": item.id },
    make("h4", {}, wording.stem),
    item.slots.some((slot) => slot.kind !== "text") && make("p", { class: "sg-n" }, CLASS_STRINGS.answered(responses.length, all)),
    resultNodes(item, wording, responses, { key }),
  );
}

// What could not be read, one line each, in a fold.
function brokenNodes(broken, open) {
  if (!broken.length) return [];
  const line = ({ where, text, why }) =>
    make("li", {}, make("strong", {}, `${where}: `), text && make("code", {}, text.slice(0, 100)), ` ${why}`);
  const shown = broken.slice(0, CLASS_LIMITS.broken).map(line);
  const left = broken.length - shown.length;
  const fold = make(
    "details",
    {},
    make("summary", {}, CLASS_STRINGS.brokenIn(broken.length)),
    make("ul", {}, shown, left > 0 && make("li", {}, CLASS_STRINGS.leftOver(left))),
  );
  fold.open = open;
  return [fold];
}

function choiceNodes(item, wording, { counts, responses }, { key }) {
  const [slot] = item.slots;
  const n = responses.length;
  const rows = valuesOf(item, slot).map((id, index) => [
    make("span", {}, `${lettered(index)}. ${wording.texts.options[id]}`, keyMark(key && slot.key.includes(id))),
    makeBar(counts.get("choice").get(id), n),
  ]);
  return [makeTable(wording, CLASS_STRINGS.chosenBy(n), [CLASS_STRINGS.option, CLASS_STRINGS.answers], rows)];
}

function orderNodes(item, wording, { counts, responses }, { key }) {
  const largest = largestOf(counts);
  const right = item.slots[0].key;
  const rows = item.lists.entries.map((id) => [
    wording.texts.entries[id],
    ...[...counts.get(id)].map(([place, count]) => {
      const marked = key && right[Number(place) - 1] === id;
      const cell = makeShade(count, largest, marked);
      if (marked) cell.append(keyMark(true));
      return cell;
    }),
  ]);
  const head = [CLASS_STRINGS.entry, ...right.map((_, place) => CLASS_STRINGS.place(place + 1))];
  return [makeTable(wording, CLASS_STRINGS.placedBy(responses.length), head, rows)];
}

function matchNodes(item, wording, { counts, responses }, { key }) {
  const n = responses.length;
  const rows = item.slots.flatMap((slot) => {
    const [right] = slot.key;
    const given = [...counts.get(partOf(slot.path))].filter(([choice, count]) => count || (key && choice === right));
    const frequent = given.sort(([, one], [, other]) => other - one);
    return frequent.map(([choice, count], index) => [
      index ? null : wording.labels[slot.path],
      make("td", {}, wording.texts.choices[choice], keyMark(key && choice === right)),
      makeBar(count, n),
    ]);
  });
  const head = [CLASS_STRINGS.text, CLASS_STRINGS.chosen, CLASS_STRINGS.answers];
  return [makeTable(wording, CLASS_STRINGS.matchedBy(n), head, rows)];
}

function ratingNodes(item, wording, { counts, responses, written }) {
  const head = [CLASS_STRINGS.stars, CLASS_STRINGS.before, CLASS_STRINGS.after];
  const nodes = item.lists.aspects.flatMap((id) => {
    const [before, after] = ["before", "after"].map((round) => ({
      counts: counts.get(`${round} ${id}`),
      ...averages(givenAt(`${round}.${id}`, responses)),
    }));
    const rows = [...before.counts.keys()].map((value) => [
      value,
      makeBar(before.counts.get(value), before.n),
      makeBar(after.counts.get(value), after.n),
    ]);
    const both = movement(givenTwice(id, ["before", "after"], responses));
    const said = [
      CLASS_STRINGS.average("before", before),
      CLASS_STRINGS.average("after", after),
      both.n > 0 && CLASS_STRINGS.rerated(both),
    ];
    const some = before.n + after.n > 0;
    const name = wording.texts.aspects[id];
    return [
      some ? makeTable(wording, name, head, rows) : make("p", { class: "sg-texts-title" }, name),
      make("p", {}, some ? said.filter(Boolean).join(" ") : CLASS_STRINGS.noRatings),
    ];
  });
  const ideas = written.length > 0 && makeTexts(CLASS_STRINGS.ideas(written.length), written);
  return [...nodes, make("p", { class: "sg-note" }, CLASS_STRINGS.formula), ideas];
}

const INTERPRETATION_PARTS = ["choices", "certainties", "steps", "matrix"];

function interpretationNodes(item, wording, { counts, responses }, { parts }) {
  const { readings, certainty, steps } = item.lists;
  const [first, second] = ["first", "second"].map((round) => ({
    n: givenAt(`${round}.reading`, responses).length,
    readings: counts.get(`${round} reading`),
    certainty: counts.get(`${round} certainty`),
  }));
  const twice = givenTwice("reading", ["first", "second"], responses);
  const moved = twice.filter(([one, other]) => one !== other).length;
  const sure = responses.filter(({ first, second }) => first?.reading && second?.reading);
  const surer = movement(givenTwice("certainty", ["first", "second"], sure).map((pair) => pair.map(Number)));
  const matrix = shiftOf(readings, twice);
  const twoRounds = (title, name, ids, label, counts) => {
    const row = (id, index) => [
      label(id, index),
      makeBar(counts(first).get(id), first.n),
      makeBar(counts(second).get(id), second.n),
    ];
    const head = [name, CLASS_STRINGS.firstOf(first.n), CLASS_STRINGS.secondOf(second.n)];
    return makeTable(wording, title, head, ids.map(row));
  };
  const titled = (id, index) => `${lettered(index)}. ${wording.texts.readings[id]}`;
  // To the eye a column is a letter, to a screen reader the whole title.
  const across = (id, index) => {
    const letter = make("span", { "aria-hidden": "true" }, lettered(index));
    return make("span", {}, letter, make("span", { class: "sg-unseen" }, titled(id, index)));
  };
  const shaded = (from) => ([to, count]) => makeShade(count, largestOf(matrix), from === to);
  const builders = {
    choices: () => [
      twoRounds(CLASS_STRINGS.choices, CLASS_STRINGS.reading, readings, titled, (round) => round.readings),
      make("p", { class: "sg-finding" }, twice.length ? CLASS_STRINGS.moved(moved, twice.length) : CLASS_STRINGS.movedNone),
      surer.n > 0 && make("p", {}, CLASS_STRINGS.surer(surer)),
    ],
    certainties: () => [
      twoRounds(
        CLASS_STRINGS.certainties,
        CLASS_STRINGS.certainty,
        certainty,
        (value) => wording.texts.certainty[value],
        (round) => round.certainty,
      ),
    ],
    steps: () => [
      makeTable(
        wording,
        CLASS_STRINGS.carried,
        [CLASS_STRINGS.step, CLASS_STRINGS.marked],
        steps.map((id) => [wording.texts.steps[id], makeBar(counts.get("first step").get(id), first.n)]),
      ),
    ],
    matrix: () =>
      twice.length
        ? [
            makeTable(
              wording,
              CLASS_STRINGS.matrix,
              [CLASS_STRINGS.firstChoice, ...readings.map(across)],
              readings.map((from, index) => [
                titled(from, index),
                ...[...matrix.get(from)].map(shaded(from)),
              ]),
            ),
            make("p", { class: "sg-note" }, CLASS_STRINGS.diagonal),
          ]
        : [],
  };
  return parts.flatMap((part) => builders[part]());
}
