// An activity, brought to life. It knows only `model` (get, set, on, save_changes) and `el`, which is anywidget's
// contract: in a notebook the model is the widget's, on a page it is page.js's. It writes no question markup.
//
// responses: { [item id]: { version, first: {reading, certainty, steps}, second: {reading, certainty} } }

function enhanceActivity({ model, el }) {
  const root = el.querySelector("[data-activity]");
  const items = [...root.querySelectorAll('[data-item][data-type="interpretation"]')];
  const status = root.querySelector("[role=status]");
  const say = (text) => {
    status.textContent = text;
  };
  const stop = new AbortController();
  let toldThatNothingIsKept = false;
  const unkept = () => {
    if (model.saved?.() !== false || toldThatNothingIsKept) return "";
    toldThatNothingIsKept = true;
    return STRINGS.notSaved;
  };
  root.classList.add("sg-live");
  for (const controls of root.querySelectorAll(".sg-controls")) controls.hidden = false;

  const input = (item, round, part) =>
    [...item.querySelectorAll(`[data-round="${round}"] input[name$="-${round}-${part}"]`)];
  const picked = (inputs) => inputs.find((one) => one.checked)?.value ?? null;
  const words = (inputs, value) => {
    const label = inputs.find((one) => one.value === value)?.closest("label");
    return (label?.querySelector("strong") ?? label)?.textContent.trim().replace(/\.$/, "") ?? "";
  };
  const stepInputs = (item) => [...item.querySelectorAll('input[type="checkbox"]')];

  function read(item) {
    const before = model.get("responses")?.[item.dataset.item];
    const response = {
      version: Number(item.dataset.version),
      first: {
        reading: picked(input(item, "first", "reading")),
        certainty: picked(input(item, "first", "certainty")),
        steps: stepInputs(item).filter((one) => one.checked).map((one) => one.value),
      },
      second: {
        reading: picked(input(item, "second", "reading")),
        certainty: picked(input(item, "second", "certainty")),
      },
      weighed: before?.weighed ?? false,
    };
    return response;
  }

  function store(item, response) {
    model.set("responses", { ...model.get("responses"), [item.dataset.item]: response });
    model.save_changes();
  }

  // A response to another version of the item is another question's: it stays stored and is not shown.
  function show(item) {
    const stored = model.get("responses")?.[item.dataset.item];
    const response = stored?.version === Number(item.dataset.version) ? stored : null;
    for (const round of ["first", "second"])
      for (const part of ["reading", "certainty"])
        for (const one of input(item, round, part)) one.checked = response?.[round]?.[part] === one.value;
    const steps = response?.first?.steps;
    for (const one of stepInputs(item)) one.checked = Array.isArray(steps) && steps.includes(one.value);
    const weighed = Boolean(response?.weighed);
    item.querySelector("[data-cases]").hidden = !weighed;
    item.querySelector('[data-round="second"]').hidden = !weighed;
    shift(item, response);
  }

  function shift(item, response) {
    const place = item.querySelector("[data-shift]");
    const { first, second } = response ?? {};
    if (!first?.reading || !second?.reading || !second?.certainty) {
      place.textContent = "";
      return;
    }
    const reading = (round, value) => words(input(item, round, "reading"), value);
    const certainty = (round, value) => words(input(item, round, "certainty"), value);
    const [before, after] = [certainty("first", first.certainty), certainty("second", second.certainty)];
    place.textContent =
      first.reading === second.reading
        ? STRINGS.stayed(reading("second", second.reading), before, after)
        : STRINGS.moved(reading("first", first.reading), before, reading("second", second.reading), after);
  }

  for (const item of items) {
    item.addEventListener(
      "change",
      () => {
        const response = read(item);
        store(item, response);
        shift(item, response);
        const change = item.querySelector("[data-shift]").textContent;
        say(change || unkept());
      },
      { signal: stop.signal },
    );
    item.querySelector('[data-do="weigh"]').addEventListener(
      "click",
      () => {
        const response = read(item);
        if (!response.first.reading || !response.first.certainty) return say(STRINGS.chooseFirst);
        store(item, { ...response, weighed: true });
        show(item);
        say(STRINGS.weighed);
      },
      { signal: stop.signal },
    );
  }
  root.querySelector('[data-do="clear"]').addEventListener(
    "click",
    () => {
      const kept = { ...model.get("responses") };
      for (const item of items) delete kept[item.dataset.item];
      model.set("responses", kept);
      model.save_changes();
      items.forEach(show);
      say(STRINGS.cleared);
    },
    { signal: stop.signal },
  );

  const refresh = () => items.forEach(show);
  const offline = () => say(STRINGS.noKernel);
  model.on("change:responses", refresh);
  // anywidget's model says this when the kernel behind it went away.
  model.on("comm_live_update", offline);
  refresh();
  return () => {
    stop.abort();
    model.off?.("change:responses", refresh);
    model.off?.("comm_live_update", offline);
  };
}
