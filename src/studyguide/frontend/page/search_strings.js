// Every word that the script of the search says; what the kinds of places are called stands beside their weights.
const SEARCH_STRINGS = {
  loading: "Searching…",
  failed: "The list of places could not be loaded, so nothing can be found here. The contents still lead everywhere.",
  found: (count, shown, query) =>
    count === 0
      ? `Nothing found for “${query}”. Fewer letters find more.`
      : `${count} ${count === 1 ? "place" : "places"} for “${query}”${shown < count ? `; the first ${shown} are shown` : ""}.`,
};
