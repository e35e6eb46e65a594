// Every word that the script of My work says. Markup has its own words, in the templates.
const WORK_STRINGS = (() => {
  const answers = (count) => `${count} ${count === 1 ? "answer" : "answers"}`;
  return {
    answered: (count, of) => `${count} of ${of}`,
    nothing: "This browser keeps no answers to this guide yet.",
    nothingToSave: "There is nothing to save yet.",
    unchecked: "not checked",
    outdated: "An answer to an earlier version of this question: kept, and not counted.",
    place: (number) => `place ${number}`,
    columns: ["activity", "item", "version", "question", "part", "answer", "outcome"],
    removed: "All answers are removed from this browser.",
    kept: "Nothing is removed.",
    sure: (count) =>
      `This takes ${answers(count)} out of this browser, and only a file can bring them back. If they may still be ` +
      "wanted, save everything as a file first.",
    imported: ({ added, replaced, refused }) =>
      [
        `${answers(added + replaced)} brought in`,
        replaced ? `; ${replaced} of them took the place of an earlier one` : "",
        refused ? `. Left out: ${answers(refused)} fitting no question of this guide` : "",
        ".",
      ].join(""),
    undone: "That is taken back: the answers are as they were before.",
    notRemoved: "This browser does not let the page remove anything: clear its data for this site instead.",
    importFaults: {
      large: "This is too large to be a file of answers, so nothing was brought in.",
      json: "This is not a file of answers, or it is damaged, so nothing was brought in.",
      other: (film) => `This file belongs to another guide, not to the one about ${film}, so nothing was brought in.`,
      empty: "No answer in this file fits a question of this guide, so nothing was brought in.",
    },
  };
})();
