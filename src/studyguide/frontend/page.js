// The page host: a model with anywidget's contract over this browser's storage, and the activities of this page.

function pageModel(namespace) {
  const key = `studyguide:${namespace}:responses`;
  const listeners = {};
  let kept = true;

  function load() {
    try {
      const value = JSON.parse(localStorage.getItem(key) ?? "{}");
      return value && typeof value === "object" && !Array.isArray(value) ? value : {};
    } catch {
      return {}; // no storage here, or not ours: the reader goes on with a clean sheet
    }
  }

  let responses = load();
  // Another tab of the same book saved: take its answers over, so that neither tab undoes the other's.
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    responses = load();
    listeners["change:responses"]?.forEach((tell) => tell());
  });
  return {
    get: () => responses,
    set: (_name, value) => {
      responses = value;
    },
    on: (name, tell) => (listeners[name] ??= new Set()).add(tell),
    off: (name, tell) => listeners[name]?.delete(tell),
    saved: () => kept,
    save_changes() {
      try {
        localStorage.setItem(key, JSON.stringify(responses));
        kept = true;
      } catch {
        kept = false;
      }
    },
  };
}

function startActivities() {
  const models = {};
  for (const form of document.querySelectorAll("form[data-activity]")) {
    const { guide } = form.dataset;
    models[guide] ??= pageModel(guide);
    enhanceActivity({ model: models[guide], el: form.parentElement });
  }
}
