// One question for the whole room, a step at a time: vote, talk, vote again, result. No clock and no points.

// Which steps an item is led through: with a key to its key, with a second choice to who moved where.
function stagesOf(item) {
  const asked = ["vote", "talk", "again", "result"];
  if (item.slots.some((slot) => slot.key)) return [...asked, "key"];
  return slotAt(item, "second.reading") ? [...asked, "shift"] : asked;
}

const STEPS_BY_KEY = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

// Brings the dialog to life. `responsesTo(activity, item)` gives what the class answered by now. Returns what opens it.
function startProjector(dialog, responsesTo) {
  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  const button = (name) => dialog.querySelector(`[data-do="${name}"]`);
  const [back, next, leave] = ["back", "next", "leave"].map(button);
  const screen = part("screen");
  let shown;
  let place = 0;

  function draw() {
    const { activity, item, wording } = shown;
    const stages = stagesOf(item);
    const stage = stages[place];
    const [title, instruction] = CLASS_STRINGS.stage[stage];
    dialog.dataset.stage = stage;
    part("progress").textContent = CLASS_STRINGS.stageOf(place + 1, stages.length);
    part("title").textContent = title;
    part("instruction").textContent = instruction;
    part("stem").textContent = wording.stem;
    const responses = responsesTo(activity, item.id);
    screen.replaceChildren(...stageNodes(stage, item, wording, responses));
    screen.parentElement.scrollTop = 0;
    back.setAttribute("aria-disabled", String(place === 0));
    next.setAttribute("aria-disabled", String(place === stages.length - 1));
    const finding = screen.querySelector(".sg-finding")?.textContent ?? "";
    const told = [`${CLASS_STRINGS.stageOf(place + 1, stages.length)}: ${title}.`, instruction, finding];
    part("status").textContent = told.filter(Boolean).join(" ");
  }

  function go(by) {
    const wanted = place + by;
    if (wanted < 0 || wanted >= stagesOf(shown.item).length) return;
    place = wanted;
    draw();
  }

  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  leave.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const by = STEPS_BY_KEY[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(by);
  });
  return (activity, item, wording) => {
    shown = { activity, item, wording };
    place = 0;
    dialog.showModal();
    draw();
    next.focus();
  };
}

// What one step shows: the question, or what the class made of it.
function stageNodes(stage, item, wording, responses) {
  if (!["result", "shift", "key"].includes(stage)) return questionNodes(item, wording, stage);
  const parts = stage === "shift" ? ["matrix"] : ["choices"];
  if (responses.length) return resultNodes(item, wording, responses, { key: stage === "key", parts });
  const waiting = make("p", { class: "sg-none" }, CLASS_STRINGS.waiting);
  return stage === "key" ? [waiting, ...keyNodes(item, wording)] : [waiting];
}

// What there is to answer; to talk nobody needs a scale.
function questionNodes(item, wording, stage) {
  const { texts, labels, claims } = wording;
  const line = (words, more = "") => make("li", {}, make("strong", {}, words), more && make("span", {}, ` ${more}`));
  const list = (name, tag = "ol") => make(tag, { class: "sg-choose" }, item.lists[name].map((id) => line(texts[name][id])));
  const scale = (text) => (stage === "talk" ? "" : make("p", {}, text));
  switch (item.type) {
    case "choice":
      return [list("options")];
    case "order":
      return [list("entries", "ul")];
    case "match":
    case "sort":
      return [
        make(
          "div",
          { class: "sg-sides" },
          make("ol", { class: "sg-choose" }, item.slots.map(({ path }) => line(labels[path]))),
          make("ul", { class: "sg-choose" }, valuesOf(item, item.slots[0]).map((id) => make("li", {}, texts[item.slots[0].of][id]))),
        ),
      ];
    case "rating":
      return [list("aspects", "ul"), scale(CLASS_STRINGS.rate)];
    case "interpretation":
      return [
        make("ol", { class: "sg-choose" }, item.lists.readings.map((id) => line(texts.readings[id], claims[id]))),
        scale(CLASS_STRINGS.certain(Object.values(texts.certainty))),
      ];
    default:
      return Object.keys(item.lists).map((name) => list(name, "ul"));
  }
}

// The right response to a keyed item, when nobody answered.
function keyNodes(item, { texts, labels }) {
  const keyed = item.slots.filter((slot) => slot.key);
  const lines = keyed.flatMap((slot) =>
    slot.key.map((id) => {
      const words = texts[slot.of][id];
      if (slot.kind === "set") return `${lettered(valuesOf(item, slot).indexOf(id))}. ${words}`;
      return slot.kind === "one" && labels[slot.path] ? `${labels[slot.path]}: ${words}` : words;
    }),
  );
  const tag = keyed.some((slot) => slot.kind === "order") ? "ol" : "ul";
  return [make(tag, { class: "sg-choose" }, lines.map((line) => make("li", {}, line)))];
}
