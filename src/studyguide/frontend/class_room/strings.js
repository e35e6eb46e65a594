// Every word that the Class page's script says. Markup has its own words, in the templates.
const CLASS_STRINGS = (() => {
  const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const codes = (n) => count(n, "code", "codes");
  const files = (n) => count(n, "file", "files");
  const are = (n) => (n === 1 ? "is" : "are");
  const both = (parts) => parts.filter(Boolean).join(" and ");
  const listing = (words, last) => `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  return {
    // What was handed in.
    nothing: "Nothing is counted yet. Paste codes into the box, or choose exported files.",
    noCodes: (lines) => `No code in ${count(lines, "line", "lines")} of text.`,
    counted: ({ codes: c, files: f, broken, repeated }) =>
      [
        `${both([c && codes(c), f && files(f)]) || "Nothing"} counted.`,
        broken && `${broken} could not be read: the reasons are below.`,
        repeated && `${repeated} came more than once.`,
      ]
        .filter(Boolean)
        .join(" "),
    repeats: (n, once) =>
      once
        ? `${count(n, "repeat", "repeats")} left out: equal answers count once.`
        : `${count(n, "repeat", "repeats")} of a code that was there before, counted each time. Two people with the ` +
          "same answers make the same code, so a repeat can be honest. A code that was sent twice, or once as a code " +
          "and once as a file, is not.",
    passedOver: (n) => `${count(n, "line", "lines")} without a code passed over.`,
    leftOutFor: {
      outdated: (n) => `${count(n, "answer", "answers")} in files left out: to another version of their question.`,
      unknown: (n) => `${count(n, "answer", "answers")} in files left out: to no question of this guide.`,
      unusable: (n) => `${count(n, "answer", "answers")} in files left out: not in a form that an answer has.`,
    },
    tooLong: "The text in the box is longer than two million characters. What comes after that is not read.",
    brokenIn: (n) => `What could not be read (${n})`,
    line: (n) => `Line ${n}`,
    file: (name) => `File ${name}`,
    leftOver: (n) => `and ${n} more`,
    fileFaults: {
      large: "This file is larger than 2 MB. A file that was exported here is far smaller.",
      json: "This is not a file that a guide like this one exports.",
      guide: "This file belongs to another guide.",
      empty: "This file holds no answer to a question of this guide.",
      many: "This file was not read: 500 at once are the most.",
      unreadable: "This file could not be opened.",
    },
    remove: (name) => `Remove ${name}`,
    removed: (name) => `${name} is removed.`,
    saved: "The file is on its way to your downloads. Choose it here another time, and the counts are back.",
    reallyEmpty: "Press again to empty everything",
    sureEmpty: "Everything that was pasted and chosen will go. Press the button again to go on, or move away from it.",
    emptied: "The page is empty again.",

    // Counts.
    handed: (c, f) => `n = ${c + f}: ${both([c && codes(c), f && files(f)])}`,
    questionOf: (title, n) => `${title}, question ${n}`,
    onTheWall: "Projector view",
    answered: (n, all) => `${n} of ${all} answered.`,
    unanswered: "Nobody has answered this yet.",
    share: (n, all) => (n ? `${n} (${Math.round((100 * n) / all)} %)` : "0"),
    key: "key",
    right: (n, all) => `${n} of ${all} gave exactly the key.`,
    chosenBy: (n) => `What was chosen, n = ${n}`,
    option: "Option",
    answers: "Answers",
    placedBy: (n) => `How often each was put in which place, n = ${n}`,
    entry: "To put in order",
    place: (n) => `Place ${n}`,
    matchedBy: (n) => `What was found to belong together, n = ${n}`,
    text: "Text",
    chosen: "Chosen with it",
    stars: "Stars",
    before: "Before",
    after: "After",
    noRatings: "No ratings yet.",
    average: (when, { n, mean, median }) => {
      if (n === 0) return `${capital(when)}: no ratings yet.`;
      if (mean === null) return `${capital(when)}: n = ${n}, and no average under five.`;
      return `${capital(when)}: mean ${mean.toFixed(1)}, median ${median}, n = ${n}.`;
    },
    rerated: ({ n, up, down, same }) => `Of ${n} who rated twice, ${up} went up, ${down} went down and ${same} stayed.`,
    formula:
      "Mean: all ratings added up and divided by how many there are. Median: the rating in the middle when they " +
      "stand in order; of an even number, half-way between the two in the middle. Under five ratings neither is shown.",
    ideas: (n) => `Ideas (${n})`,
    texts: (n) =>
      n ? `Answers in writing (${n})` : "No answers in writing here. They travel by exported file, not by code.",
    choices: "First and second choice",
    certainties: "How certain, at the first and the second choice",
    carried: "Steps of the film that carry the first choice",
    matrix: "From the first choice (down) to the second (across)",
    diagonal: "Framed: those who stayed with their reading.",
    reading: "Reading",
    certainty: "Certainty",
    step: "Step",
    marked: "Marked",
    firstChoice: "First choice",
    firstOf: (n) => `First, n = ${n}`,
    secondOf: (n) => `Second, n = ${n}`,
    moved: (n, all) => `${n} of ${all} changed their reading.`,
    movedNone: "Nobody has chosen twice yet.",
    surer: ({ up, down, same }) =>
      `${up} ${are(up)} surer than before, ${down} ${are(down)} less sure and ${same} as sure as before.`,

    // The projector view.
    stage: {
      vote: ["Vote", "On your own and in silence. Choose what you hold now; nobody needs to know."],
      talk: [
        "Talk",
        "Turn to someone who chose differently. Ask what carries it: which moment of the film, which line, which fact?",
      ],
      again: ["Vote again", "Choose once more, the same or another. Then make your code and send it."],
      result: ["Result", ""],
      shift: ["Who moved where", ""],
      key: ["The key", ""],
    },
    stageOf: (n, all) => `Step ${n} of ${all}`,
    waiting: "No code for this question is here yet. Leave this view, paste what the class sent, and come back.",
    certain: (words) => `And how certain are you: ${listing(words, "or")}?`,
    rate: "From one star to five. Leaving one out is possible too.",
  };
})();
