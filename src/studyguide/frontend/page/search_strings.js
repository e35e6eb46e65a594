// Every word that the script of the search says.
const SEARCH_STRINGS = {
  kinds: {
    chapter: "Chapter",
    section: "Section",
    step: "Step",
    term: "Glossary",
    claim: "Claim",
    fact: "Fact",
    chart: "Chart",
    item: "Question",
    line: "Line",
  },
  loading: "Searching…",
  failed: "The list of places could not be loaded, so nothing can be found here. The contents still lead everywhere.",
  found: (count, shown, query) =>
    count === 0
      ? `Nothing found for “${query}”. Fewer letters find more.`
      : `${count} ${count === 1 ? "place" : "places"} for “${query}”${shown < count ? `; the first ${shown} are shown` : ""}.`,
};
