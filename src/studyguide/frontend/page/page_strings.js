// Every word that the script of every page says. Markup has its own words, in the templates.
const PAGE_STRINGS = {
  bookContents: "Contents of the book",
  pageContents: "Contents of this page",
  allSources: "Show all sources",
  // What a reader has not seen yet (see spine.js)
  hiding: (seen) => (seen ? `Hiding what comes after step ${seen}` : "Hiding what the film tells"),
  ahead(count, from, to) {
    const what = count === 1 ? "Closed here" : `${count} pieces closed here`;
    return from === to ? `${what}, until step ${to}.` : `${what}, until steps ${from} to ${to}.`;
  },
  show: "Show",
  closeAgain: "Close again",
  closed: (count) => `Closed on this page: ${count} ${count === 1 ? "place" : "places"}.`,
  allOpen: "Everything is open.",
  thisPageOnly: "This browser keeps nothing for this page, so that holds here only.",
};
