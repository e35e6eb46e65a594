// Every word that the script says. Markup has its own words, in the templates.
const STRINGS = {
  bookContents: "Contents of the book",
  pageContents: "Contents of this page",
  chooseFirst: "Choose a reading and say how certain you are, then weigh the case.",
  weighed: "The case for and against each reading is open below. Read on, then choose again.",
  cleared: "Your answers here are cleared.",
  saved: "Saved in this browser.",
  notSaved: "This browser keeps nothing for this page, so your answers last only until you leave it.",
  noKernel: "The kernel was restarted: your answers still show here, but Python no longer hears them. Run this cell again.",
  stayed: (reading, before, after) =>
    before === after
      ? `You stayed with “${reading}”, ${after} both times.`
      : `You stayed with “${reading}”: first ${before}, now ${after}.`,
  moved: (from, before, to, after) => `You moved from “${from}” (${before}) to “${to}” (${after}).`,
  chartFailed: "The chart could not be drawn here. The table below holds its data.",
};
