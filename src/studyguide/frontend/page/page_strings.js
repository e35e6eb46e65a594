// Every word that the script of every page says. Markup has its own words, in the templates.
const PAGE_STRINGS = {
  bookContents: "Contents of the book",
  pageContents: "Contents of this page",
  allSources: "Show all sources",
  // What a reader has not seen yet (see spine.js)
  hiding: (seen) => `Hiding what comes after step ${seen}`,
  sectionAhead: (furthest) => `This section goes on to step ${furthest}.`,
  listAhead: (count, seen) => `${count} more ${count === 1 ? "goes" : "go"} beyond step ${seen}.`,
  show: "Show",
  closeAgain: "Close again",
  closed: (count) =>
    count ? `Closed on this page: ${count} ${count === 1 ? "place" : "places"}.` : "Nothing on this page goes further.",
  allOpen: "Everything is open.",
  thisPageOnly: "This browser keeps nothing for this page, so that holds here only.",
};
