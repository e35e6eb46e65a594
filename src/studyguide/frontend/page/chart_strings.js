// Every word that the script of charts says.
const CHART_STRINGS = {
  explore: "Explore this chart",
  back: "Back to the picture",
  loading: "Loading…",
  failed: "The chart could not be loaded here; the picture and the table hold all of it.",
};
