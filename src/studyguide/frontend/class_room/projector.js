// One question for the whole room, a step at a time: vote, talk, vote again, result. No clock and no points.

const STAGES = {
  interpretation: ["vote", "talk", "again", "result", "shift"],
  rating: ["vote", "talk", "again", "result"],
  choice: ["vote", "talk", "again", "result", "key"],
  order: ["vote", "talk", "again", "result", "key"],
  match: ["vote", "talk", "again", "result", "key"],
};
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
    const stages = STAGES[item.type];
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
    if (wanted < 0 || wanted >= STAGES[shown.item.type].length) return;
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
  const { names, claims, choices } = wording;
  const claim = (id) => item.type === "interpretation" && make("span", {}, ` ${claims[id]}`);
  const line = (id) => make("li", {}, make("strong", {}, names[id]), claim(id));
  const list = (ids, name = "ol") => make(name, { class: "sg-choose" }, ids.map(line));
  const scale = (text) => (stage === "talk" ? "" : make("p", {}, text));
  switch (item.type) {
    case "choice":
      return [list(item.options)];
    case "order":
      return [list(item.shown, "ul")];
    case "match":
      return [
        make(
          "div",
          { class: "sg-sides" },
          list(item.pairs),
          make("ul", { class: "sg-choose" }, item.choices.map((id) => make("li", {}, choices[id]))),
        ),
      ];
    case "rating":
      return [list(item.aspects.map((aspect) => aspect.id), "ul"), scale(CLASS_STRINGS.rate)];
    default:
      return [list(item.readings), scale(CLASS_STRINGS.certain(Object.values(wording.certainty)))];
  }
}

// The right response to a keyed item, when nobody answered.
function keyNodes(item, { names, choices }) {
  const lines = {
    choice: () => item.keys.map((id) => `${lettered(item.options.indexOf(id))}. ${names[id]}`),
    order: () => item.entries.map((id) => names[id]),
    match: () => item.pairs.map((id) => `${names[id]}: ${choices[id]}`),
  }[item.type]();
  return [make(item.type === "order" ? "ol" : "ul", { class: "sg-choose" }, lines.map((line) => make("li", {}, line)))];
}
