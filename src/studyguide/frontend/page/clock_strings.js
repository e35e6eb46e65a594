// The words of the clock (see clock.js), apart from the others because few pages need them.

const CLOCK_STRINGS = {
  shape: "Write the time as hours, minutes and seconds: 1:02:03.",
  order: "The second line comes later in the film than the first: check the two times.",
  far: "That copy would run more than a seventh faster or slower: check the two times.",
  shifted: (seconds, scale) =>
    `The times on every page are set by your copy: ${Math.abs(seconds)} s ${seconds < 0 ? "earlier" : "later"} at the ` +
    `start${Math.abs(scale - 1) > 0.0005 ? `, at ${(100 * scale).toFixed(1)} % of the length` : ""}.`,
  reset: "The times are those of the guide again.",
  thisPageOnly: "This browser keeps nothing for this page, so that holds here only.",
};
