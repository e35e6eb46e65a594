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

// One item's result as nodes. `wording` is what the page says of it: stem, names by id, place and more. Options:
//   key    whether right responses may be told
//   parts  for an interpretation: which tables, of "choices", "certainties", "steps", "matrix"
function resultNodes(item, wording, responses, { key, parts = INTERPRETATION_PARTS }) {
  const tally = tallyItem(item, responses);
  if (item.type !== "prompt" && !tally.n) return [make("p", { class: "sg-none" }, CLASS_STRINGS.unanswered)];
  const nodes = {
    choice: choiceNodes,
    order: orderNodes,
    match: matchNodes,
    rating: ratingNodes,
    prompt: () => makeTexts(CLASS_STRINGS.texts(tally.n), tally.texts),
    interpretation: interpretationNodes,
  }[item.type](item, wording, tally, { key, parts });
  const right = key && responses.filter((response) => scoreItem(item, response).state === "right").length;
  const keyed = ["choice", "order", "match"].includes(item.type);
  return [...nodes, key && keyed && make("p", {}, CLASS_STRINGS.right(right, tally.n))].flat().filter(Boolean);
}

// One item with its stem, how many of `all` answered it, and its result.
function askedNode(item, wording, responses, { all, key }) {
  return make(
    "section",
    { class: "sg-asked", "data-item": item.id },
    make("h4", {}, wording.stem),
    item.type !== "prompt" && make("p", { class: "sg-n" }, CLASS_STRINGS.answered(responses.length, all)),
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

function choiceNodes(item, wording, { n, counts }, { key }) {
  const rows = item.options.map((id, index) => [
    make("span", {}, `${lettered(index)}. ${wording.names[id]}`, keyMark(key && item.keys.includes(id))),
    makeBar(counts.get(id), n),
  ]);
  return [makeTable(wording, CLASS_STRINGS.chosenBy(n), [CLASS_STRINGS.option, CLASS_STRINGS.answers], rows)];
}

function orderNodes(item, wording, { n, places }, { key }) {
  const largest = largestOf(places);
  const rows = item.shown.map((id) => [
    wording.names[id],
    ...[...places.get(id)].map(([place, count]) => {
      const right = key && item.entries[place] === id;
      const cell = makeShade(count, largest, right);
      if (right) cell.append(keyMark(true));
      return cell;
    }),
  ]);
  const head = [CLASS_STRINGS.entry, ...item.entries.map((_, place) => CLASS_STRINGS.place(place + 1))];
  return [makeTable(wording, CLASS_STRINGS.placedBy(n), head, rows)];
}

function matchNodes(item, wording, { n, pairs }, { key }) {
  const rows = item.pairs.flatMap((id) => {
    const given = [...pairs.get(id)].filter(([choice, count]) => count || (key && choice === id));
    const frequent = given.sort(([, one], [, other]) => other - one);
    return frequent.map(([choice, count], index) => [
      index ? null : wording.names[id],
      make("td", {}, wording.choices[choice], keyMark(key && choice === id)),
      makeBar(count, n),
    ]);
  });
  const head = [CLASS_STRINGS.text, CLASS_STRINGS.chosen, CLASS_STRINGS.answers];
  return [makeTable(wording, CLASS_STRINGS.matchedBy(n), head, rows)];
}

function ratingNodes(item, wording, { aspects, texts: ideas }) {
  const head = [CLASS_STRINGS.stars, CLASS_STRINGS.before, CLASS_STRINGS.after];
  const nodes = aspects.flatMap(({ id, before, after, both }, index) => {
    const rows = starsOf(item.aspects[index]).map((value) => [
      `${value}`,
      makeBar(before.counts.get(value), before.n),
      makeBar(after.counts.get(value), after.n),
    ]);
    const said = [
      CLASS_STRINGS.average("before", before),
      CLASS_STRINGS.average("after", after),
      both.n > 0 && CLASS_STRINGS.rerated(both),
    ];
    const some = before.n + after.n > 0;
    const name = wording.names[id];
    return [
      some ? makeTable(wording, name, head, rows) : make("p", { class: "sg-texts-title" }, name),
      make("p", {}, some ? said.filter(Boolean).join(" ") : CLASS_STRINGS.noRatings),
    ];
  });
  const written = ideas.length > 0 && makeTexts(CLASS_STRINGS.ideas(ideas.length), ideas);
  return [...nodes, make("p", { class: "sg-note" }, CLASS_STRINGS.formula), written];
}

const INTERPRETATION_PARTS = ["choices", "certainties", "steps", "matrix"];

function interpretationNodes(item, wording, tally, { parts }) {
  const { first, second, both, moved, surer } = tally;
  const twoRounds = (title, name, ids, label, counts) => {
    const row = (id, index) => [
      label(id, index),
      makeBar(counts(first).get(id), first.n),
      makeBar(counts(second).get(id), second.n),
    ];
    const head = [name, CLASS_STRINGS.firstOf(first.n), CLASS_STRINGS.secondOf(second.n)];
    return makeTable(wording, title, head, ids.map(row));
  };
  const titled = (id, index) => `${lettered(index)}. ${wording.names[id]}`;
  // To the eye a column is a letter, to a screen reader the whole title.
  const across = (id, index) => {
    const letter = make("span", { "aria-hidden": "true" }, lettered(index));
    return make("span", {}, letter, make("span", { class: "sg-unseen" }, titled(id, index)));
  };
  const shaded = (from) => ([to, count]) => makeShade(count, largestOf(tally.matrix), from === to);
  const builders = {
    choices: () => [
      twoRounds(CLASS_STRINGS.choices, CLASS_STRINGS.reading, item.readings, titled, (round) => round.counts),
      make("p", { class: "sg-finding" }, both ? CLASS_STRINGS.moved(moved, both) : CLASS_STRINGS.movedNone),
      surer.n > 0 && make("p", {}, CLASS_STRINGS.surer(surer)),
    ],
    certainties: () => [
      twoRounds(
        CLASS_STRINGS.certainties,
        CLASS_STRINGS.certainty,
        CERTAINTIES,
        (value) => wording.certainty[value],
        (round) => round.certainty,
      ),
    ],
    steps: () => [
      makeTable(
        wording,
        CLASS_STRINGS.carried,
        [CLASS_STRINGS.step, CLASS_STRINGS.marked],
        item.steps.map((id) => [wording.steps[id], makeBar(tally.steps.get(id), first.n)]),
      ),
    ],
    matrix: () =>
      both
        ? [
            makeTable(
              wording,
              CLASS_STRINGS.matrix,
              [CLASS_STRINGS.firstChoice, ...item.readings.map(across)],
              item.readings.map((from, index) => [
                titled(from, index),
                ...[...tally.matrix.get(from)].map(shaded(from)),
              ]),
            ),
            make("p", { class: "sg-note" }, CLASS_STRINGS.diagonal),
          ]
        : [],
  };
  return parts.flatMap((part) => builders[part]());
}
