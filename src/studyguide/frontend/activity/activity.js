// An activity, brought to life. It knows only `model` (get, set, on, save_changes) and `el`, which is anywidget's
// contract: in a notebook the model is the widget's, on a page it is activities.js's. It writes no question markup: what is
// shown stands in the form already, and is opened, filled with text or copied.
//
// The model holds `responses`, an object by item id, and `notice`, a sentence about where they are kept.

const TYPING_PAUSE = 500; // ms

function enhanceActivity({ model, el }) {
  const root = el.matches("[data-activity]") ? el : el.querySelector("[data-activity]");
  const spec = JSON.parse(root.querySelector(".sg-spec").textContent);
  const items = new Map(
    spec.items.map((item) => [
      item.id,
      { item, kind: KINDS[item.type], place: root.querySelector(`[data-item="${item.id}"]`) },
    ]),
  );
  const formStatus = [...root.querySelectorAll("[role=status]")].find((one) => !one.closest("[data-item]"));
  const notice = root.querySelector("[data-notice]");
  const stop = new AbortController();
  const typing = new Map();
  const sentences = new Map();
  let cleared = null;

  // What is said of an item is said in the item. What is said in one turn is said together; what can be read elsewhere
  // is only announced.
  function say(text, { seen = false, of = null } = {}) {
    const status = (of && items.get(of).place.querySelector("[role=status]")) || formStatus;
    if (!sentences.size) queueMicrotask(tell);
    sentences.set(status, [...(sentences.get(status) ?? []), { text, seen }]);
  }

  function tell() {
    for (const [status, told] of sentences) {
      status.textContent = told.map((one) => one.text).filter(Boolean).join(" ");
      status.classList.toggle("sg-unseen", told.every((one) => one.seen));
    }
    // One sentence at a time is news.
    for (const status of root.querySelectorAll("[role=status]")) if (!sentences.has(status)) status.textContent = "";
    sentences.clear();
  }

  const stored = (id) => usableResponse(items.get(id).item, ownValue(model.get("responses"), id));

  function read(id, more = {}) {
    const { item, kind, place } = items.get(id);
    return usableResponse(item, { version: item.version, ...kind.read(place), ...more });
  }

  // Store some responses, by id; null takes one away.
  function keep(changes) {
    const all = { ...model.get("responses") };
    for (const [id, response] of Object.entries(changes)) {
      clearTimeout(typing.get(id));
      typing.delete(id);
      if (response) all[id] = response;
      else delete all[id];
    }
    model.set("responses", all);
    model.save_changes();
    for (const id of Object.keys(changes)) show(id);
    offerRestore(null);
    for (const part of root.querySelectorAll("[data-code], [data-result]")) part.hidden = true;
  }

  // A response to another version of the item is another question's: it stays stored and is not shown.
  function show(id) {
    const { item, kind, place } = items.get(id);
    const response = stored(id);
    kind.show(place, item, response);
    const box = place.querySelector("[data-feedback]");
    if (!box) return;
    for (const mark of place.querySelectorAll("[data-mark]")) mark.hidden = true;
    box.hidden = !response?.checked;
    if (box.hidden) return;
    const score = scoreItem(item, response);
    const verdict = box.querySelector("[data-verdict]");
    verdict.textContent = STRINGS.outcome(score);
    verdict.dataset.state = score.state;
    const reasons = kind.reasons(item, response).map((one) => {
      const reason = place.querySelector(`.sg-key [data-why="${one}"]`).cloneNode(true);
      if (item.slots[0].most === 1) reason.querySelector(".sg-mark")?.remove();
      return reason;
    });
    box.querySelector("[data-reasons]").replaceChildren(...reasons);
    for (const [one, right, words] of kind.marks?.(item, response) ?? []) {
      const mark = place.querySelector(`[data-row="${one}"] [data-mark]`);
      mark.textContent = words;
      mark.classList.toggle("sg-right", right);
      mark.hidden = false;
    }
  }

  function feedback(id) {
    const { place } = items.get(id);
    const parts = [...place.querySelectorAll("[data-verdict], [data-reasons] > li > p")];
    return parts.map((part) => part.textContent.trim()).join(" ");
  }

  function offerRestore(responses) {
    cleared = responses;
    root.querySelector('[data-do="restore"]').hidden = !responses;
  }

  const first = (id) => {
    const controls = items.get(id).place.querySelectorAll("[data-handle], input, select, textarea");
    return [...controls].find((one) => one.getClientRects().length);
  };
  // What a reader who is still watching does not see is not asked.
  const keyed = () =>
    [...items]
      .filter(([, { item, place }]) => scoreItem(item, null).state !== "unscored" && place.getClientRects().length)
      .map(([id]) => id);
  const own = () => {
    const found = [...items.keys()].map((id) => [id, stored(id)]).filter(([, response]) => response);
    return found.length ? Object.fromEntries(found) : null;
  };

  const ACTIONS = {
    check(_button, id) {
      const response = read(id, { checked: true });
      if (!response) {
        first(id).focus();
        return say(items.get(id).kind.nothing?.() ?? STRINGS.nothingToCheck, { of: id });
      }
      keep({ [id]: response });
      say(feedback(id), { seen: true, of: id });
    },
    again(_button, id) {
      keep({ [id]: null });
      first(id).focus();
      say(STRINGS.again, { of: id });
    },
    settle(_button, id) {
      const { place } = items.get(id);
      numberRows(place, true);
      keep({ [id]: read(id) });
      say(STRINGS.ordered, { of: id });
    },
    "check-all"() {
      const asked = keyed();
      const given = asked.map((id) => [id, read(id, { checked: true })]).filter(([, response]) => response);
      keep(Object.fromEntries(given));
      const states = asked.map((id) => scoreItem(items.get(id).item, stored(id)).state);
      const count = (state) => states.filter((one) => one === state).length;
      const [right, part, open] = [count("right"), count("part"), count("empty")];
      const result = root.querySelector("[data-result]");
      result.hidden = false;
      const words = STRINGS.result({ right, part, open, of: asked.length });
      result.querySelector("[data-result-words]").textContent = words;
      result.querySelector("[data-open-words]").hidden = !open;
      for (const one of result.querySelectorAll("[data-open]"))
        one.hidden = states[asked.indexOf(one.dataset.open)] !== "empty";
      say(words, { seen: true });
    },
    go(button) {
      first(button.value).focus();
    },
    weigh(_button, id) {
      const response = read(id, { weighed: true });
      if (!response?.first?.reading || !response.first.certainty) return say(STRINGS.chooseFirst, { of: id });
      keep({ [id]: response });
      say(STRINGS.weighed, { of: id });
    },
    up: (button, id) => step(button, id, -1, STRINGS.atTheTop),
    down: (button, id) => step(button, id, 1, STRINGS.atTheBottom),
    clear() {
      const before = own();
      keep(Object.fromEntries([...items.keys()].map((id) => [id, null])));
      offerRestore(before);
      say(STRINGS.cleared);
    },
    restore(button) {
      keep(cleared);
      button.parentElement.querySelector('[data-do="clear"]').focus();
      say(STRINGS.restored);
    },
    code() {
      flush();
      const made = encodeCode(spec, model.get("responses"));
      const place = root.querySelector("[data-code]");
      place.hidden = !made.code;
      place.querySelector("input").value = made.code ?? "";
      say(made.code ? STRINGS.codeMade : made.words);
    },
    async copy(button) {
      const field = button.parentElement.querySelector("input");
      try {
        await navigator.clipboard.writeText(field.value);
        say(STRINGS.copied);
      } catch {
        field.focus();
        field.select();
        say(STRINGS.copyByHand);
      }
    },
    "save-file"() {
      flush();
      const responses = own();
      if (!responses) return say(STRINGS.nothingToSave);
      const name = `${root.dataset.guide}-${spec.activity}.json`;
      download(name, responsesFile(root.dataset.guide, responses), "application/json");
      say(STRINGS.fileSaved(name));
    },
  };

  function step(button, id, by, refusal) {
    const { place } = items.get(id);
    const row = button.closest("[data-row]");
    if (button.ariaDisabled === "true") return say(refusal, { of: id });
    const words = moveRow(place, row, rowsOf(place).indexOf(row) + by);
    keep({ [id]: read(id) });
    say(words, { seen: true, of: id });
  }

  // Text is kept when the writer pauses, leaves the field or leaves the page.
  function flush() {
    const waiting = [...typing.keys()];
    if (waiting.length) keep(Object.fromEntries(waiting.map((id) => [id, read(id)])));
  }

  const listen = (target, name, tell) => target.addEventListener(name, tell, { signal: stop.signal });
  const itemOf = (event) => event.target.closest("[data-item]")?.dataset.item;
  listen(root, "click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) ACTIONS[button.dataset.do]?.(button, itemOf(event));
  });
  listen(root, "change", (event) => {
    const id = itemOf(event);
    if (!id) return;
    const { kind, place } = items.get(id);
    if (event.target.matches("textarea")) return flush();
    keep({ [id]: read(id) });
    say(kind.said?.(place) ?? "", { seen: true, of: id });
  });
  listen(root, "input", (event) => {
    const id = itemOf(event);
    if (!id || !event.target.matches("textarea")) return;
    clearTimeout(typing.get(id));
    typing.set(id, setTimeout(flush, TYPING_PAUSE));
  });
  listen(window, "pagehide", flush);
  listen(document, "visibilitychange", flush);

  const refresh = () => {
    for (const id of items.keys()) if (!typing.has(id)) show(id);
  };
  const notify = () => {
    notice.textContent = model.get("notice") ?? "";
    notice.hidden = !notice.textContent;
    if (notice.textContent) say(notice.textContent, { seen: true });
  };
  const offline = () => say(STRINGS.noKernel);
  model.on("change:responses", refresh);
  model.on("change:notice", notify);
  // anywidget's model says this when the kernel behind it went away.
  model.on("comm_live_update", offline);
  root.classList.add("sg-live");
  for (const controls of root.querySelectorAll(".sg-controls")) controls.hidden = false;
  for (const [id, { kind, place }] of items) {
    const words = (text) => say(text, { seen: true, of: id });
    kind.start?.(place, { keep: () => keep({ [id]: read(id) }), say: words, signal: stop.signal });
  }
  refresh();
  if (model.get("notice")) notify();
  return () => {
    flush();
    stop.abort();
    model.off?.("change:responses", refresh);
    model.off?.("change:notice", notify);
    model.off?.("comm_live_update", offline);
  };
}
