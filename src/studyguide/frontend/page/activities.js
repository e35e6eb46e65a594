// The page host: a model with anywidget's contract over this browser's storage, and the activities of this page.

// One form's model. All forms of a guide share its store; a complaint about storage is made in one of them.
function pageModel(store, told) {
  const listeners = {};
  const tell = (name) => listeners[name]?.forEach((one) => one());
  let draft = null;
  let notice = "";
  function complain(text) {
    if (!text || told.has(text)) return;
    told.add(text);
    notice = text;
    tell("change:notice");
  }
  store.onChange(() => tell("change:responses"));
  return {
    get: (name) => (name === "notice" ? notice : (draft ?? store.responses())),
    set: (_name, value) => {
      draft = value;
    },
    on: (name, one) => (listeners[name] ??= new Set()).add(one),
    off: (name, one) => listeners[name]?.delete(one),
    save_changes() {
      const [before, after] = [store.responses(), draft ?? store.responses()];
      const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
      const changed = [...ids].filter((id) => before[id] !== after[id]);
      draft = null;
      if (!store.save(changed.map((id) => [id, after[id] ?? null]))) complain(STRINGS.notSaved);
      complain(store.problem);
    },
    start: () => complain(store.problem),
  };
}

function startActivities() {
  const forms = [...document.querySelectorAll("form[data-activity]")];
  for (const guide of new Set(forms.map((form) => form.dataset.guide))) {
    const own = forms.filter((form) => form.dataset.guide === guide);
    const specs = own.map((form) => JSON.parse(form.querySelector(".sg-spec").textContent));
    const store = openStore(guide, specs);
    const told = new Set();
    for (const form of own) {
      const model = pageModel(store, told);
      enhanceActivity({ model, el: form });
      model.start();
      for (const button of form.querySelectorAll("[data-page-only]")) button.hidden = false;
    }
  }
}

// A worksheet: until the printing is over the page is this activity alone, with its key on a page of its own at the end.
document.addEventListener("click", (event) => {
  const form = event.target.closest('.sg-activity [data-do="print"]')?.closest("form");
  if (!form) return;
  const page = document.createElement("section");
  page.className = "sg-key-page";
  for (const item of form.querySelectorAll("[data-item]")) {
    const key = item.querySelector(":scope > .sg-key");
    if (!key || !item.getClientRects().length) continue; // no key to what the reader has not seen
    const copies = [item.querySelector(".sg-stem"), ...key.children].filter((one) => one && !one.matches("summary"));
    page.append(...copies.map((one) => one.cloneNode(true)));
  }
  for (const one of page.querySelectorAll("[id]")) one.removeAttribute("id");
  if (page.children.length) form.append(page);
  form.classList.add("sg-printed");
  document.body.classList.add("sg-worksheet");
  print();
});
addEventListener("afterprint", () => {
  document.body.classList.remove("sg-worksheet");
  for (const form of document.querySelectorAll(".sg-printed")) form.classList.remove("sg-printed");
  for (const page of document.querySelectorAll(".sg-key-page")) page.remove();
});

startActivities();
