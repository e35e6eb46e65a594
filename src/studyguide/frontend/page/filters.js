// Selects that leave on the page only what fits all of them. A select `data-filter="verdict"` goes by the words in
// `data-verdict` of what stands beside it, or of the whole page (`data-page`). What is drawn is marked, never hidden.

function startFilters(root) {
  const place = "page" in root.dataset ? document.querySelector("article") : root;
  const selects = [...root.querySelectorAll("select[data-filter]")];
  const controls = root.querySelector("[data-controls]");
  const records = [...place.querySelectorAll(selects.map((one) => `[data-${one.dataset.filter}]`).join())];
  const drawn = records.filter((one) => one instanceof SVGElement);
  const listed = records.filter((one) => !drawn.includes(one));
  const wholeOf = (one) => (one.dataset.whole ? one.closest(one.dataset.whole) : one);

  function apply() {
    const chosen = selects.filter((one) => one.value);
    const fits = (one) =>
      chosen.every((select) => (one.dataset[select.dataset.filter] ?? "").split(" ").includes(select.value));
    for (const one of drawn) one.classList.toggle("sg-picked", chosen.length > 0 && fits(one));
    for (const one of listed) wholeOf(one).hidden = !fits(one);
    const count = listed.filter(fits).length;
    root.querySelector("[data-shown]").textContent = count;
    root.querySelector("[data-empty]").hidden = count > 0;
  }

  function reset() {
    for (const one of selects) one.value = "";
    apply();
  }

  // A link to something that is left out brings everything back.
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !listed.some((one) => wholeOf(one).hidden && wholeOf(one).contains(target))) return;
    reset();
    target.scrollIntoView();
  }

  controls.addEventListener("change", apply);
  root.querySelector("[data-reset]").addEventListener("click", () => {
    reset();
    selects[0].focus();
  });
  addEventListener("hashchange", openTarget);
  controls.hidden = false;
  apply(); // a browser may bring back what was chosen before
}

for (const root of document.querySelectorAll("[data-filters]")) startFilters(root);
