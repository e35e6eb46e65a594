// Every word that activities say. Markup has its own words, in the templates.
const STRINGS = {
  // Items with a key
  outcome: ({ state, points, best }) =>
    ({ right: "Right.", part: `Partly right: ${points} of ${best}.`, wrong: "Not quite." })[state] ?? "",
  nothingToCheck: "Answer first, then check.",
  again: "Your answer here is taken back. Try again.",
  nothingMoved: "Move a card first, or say that this is your order.",
  ordered: "This is your order now.",
  rightPlace: "in its place",
  otherPlace: "belongs elsewhere",
  rightPair: "belongs together",
  otherPair: "not this one",
  placed: (words, place, of) => `“${words}” is now number ${place} of ${of}.`,
  lifted: (words, place, of) =>
    `“${words}” is lifted, number ${place} of ${of}. The arrows move it, Enter puts it down, Escape takes it back.`,
  putDown: (words, place, of) => `“${words}” is put down as number ${place} of ${of}.`,
  putBack: (words, place, of) => `“${words}” is back as number ${place} of ${of}.`,
  atTheTop: "It is at the top already.",
  atTheBottom: "It is at the bottom already.",
  result: ({ right, part, open, of }) =>
    [
      `${right} of ${of} right`,
      part ? `${part} partly right` : "",
      open ? `${open} not answered yet` : "",
    ]
      .filter(Boolean)
      .join(", ") + ".",
  // Ratings and readings
  moves: (up, down, same) =>
    "Your second rating: " +
    [up && `${up} higher`, down && `${down} lower`, same && `${same} the same`].filter(Boolean).join(", ") +
    ".",
  chooseFirst: "Choose a reading and say how certain you are, then weigh the case.",
  weighed: "The case for and against each reading is open below. Read on, then choose again.",
  stayed: (reading, before, after) =>
    before === after
      ? `You stayed with “${reading}”, ${after} both times.`
      : `You stayed with “${reading}”: first ${before}, now ${after}.`,
  moved: (from, before, to, after) => `You moved from “${from}” (${before}) to “${to}” (${after}).`,
  // Handing in and keeping
  cleared: "Your answers here are cleared.",
  restored: "Your answers are back.",
  nothingToSave: "Nothing here is answered yet.",
  codeMade: "Your code is ready.",
  copied: "The code is copied.",
  copyByHand: "This browser does not let a page copy. The code is selected: copy it with Ctrl+C, or from the menu.",
  fileSaved: (name) => `Saved as ${name}.`,
  notSaved:
    "This browser keeps nothing for this page, so your answers last only until you leave it: save them as a file if " +
    "you want to keep them.",
  storeBroken:
    "The answers that this browser kept could not be read, so you start afresh here. " +
    "If you have saved them as a file, My work can bring them back.",
  storeDropped: (count) =>
    `${count === 1 ? "One answer" : `${count} answers`} kept by this browser could not be read and ` +
    `${count === 1 ? "was" : "were"} left out; the others are here.`,
  // Why a hand-in code could not be made (see codes.js)
  code: {
    prompts: () => "These are open questions: a code cannot hold them. Save your answers as a file instead.",
    empty: () => "Nothing here is answered yet, so there is nothing to hand in.",
    long: () => "These answers are too long for a code. Save them as a file instead.",
  },
};
