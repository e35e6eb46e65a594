// What every page does. `document.currentScript` finds the static folder over http and from a USB stick alike.
const folder = document.currentScript.src.replace(/[^/]*$/, "");

// On paper everything that is folded is open.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    fold.open = true;
    fold.dataset.folded = "";
  }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-folded]")) {
    fold.open = false;
    delete fold.dataset.folded;
  }
});

startDrawers();
startActivities();
startCharts(folder);
