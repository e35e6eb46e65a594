// What every page does.

// On paper everything that is folded is open but tables of a chart's data, which its picture holds already; and a field
// is as long as its text, also where style alone cannot do that.
const writing = CSS.supports("field-sizing", "content") ? [] : document.querySelectorAll(".sg textarea");
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open], .sg-data:not(.sg-sources), .hide)")) {
    fold.open = true;
    fold.dataset.folded = "";
  }
  for (const field of writing) field.style.height = `${field.scrollHeight * 1.4}px`;
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-folded]")) {
    fold.open = false;
    delete fold.dataset.folded;
  }
  for (const field of writing) field.style.height = "";
});

// Ctrl or Cmd and K: to the field of the search, wherever there is one in sight, else to its page.
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const fields = [...document.querySelectorAll("[data-search] input, .sidebar-search")];
  const field = fields.find((one) => one.checkVisibility({ visibilityProperty: true }));
  event.preventDefault();
  if (field) field.select();
  else location.href = document.querySelector(".sidebar-search-container").action;
});

startDrawers();
startSpine();
startSources();
