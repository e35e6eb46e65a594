// The Class page: what a class handed in becomes counts, here and nowhere else. Nothing is stored and nothing is sent.

function startClass(root) {
  const { guide, specs, words, claims } = JSON.parse(root.querySelector(".sg-class-data").textContent);
  const wording = (item, place) => ({ ...words[item], claims, place });
  root.querySelector('[data-part="needs"]').replaceWith(root.querySelector("template").content.cloneNode(true));
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const control = (name) => root.querySelector(`[data-do="${name}"]`);
  const [box, chooser, once, withKey] = ["paste", "choose", "once", "key"].map(control);
  const unfolded = new Map(); // activity -> open or not, once somebody chose
  let files = [];
  let collected = collectClass(specs, "", []);
  let waiting = null;

  const say = (text) => {
    part("announce").textContent = text;
  };
  const responsesTo = (activity, item) =>
    entriesOf(collected.entries, activity, once.checked)
      .map((entry) => ownValue(entry.responses, item))
      .filter(Boolean);

  function count() {
    clearTimeout(waiting);
    waiting = null;
    collected = collectClass(specs, box.value.slice(0, CLASS_LIMITS.text), files);
    draw();
    say(summary());
  }

  function summary() {
    const { entries, readers, broken, passedOver } = collected;
    if (!entries.length && !broken.length)
      return passedOver ? CLASS_STRINGS.noCodes(passedOver) : CLASS_STRINGS.nothing;
    const codes = entries.filter((entry) => entry.from === "code").length;
    const repeated = repeatsAmong(entries).size;
    return CLASS_STRINGS.counted({ codes, files: readers, broken: broken.length, repeated });
  }

  function draw() {
    const { entries, broken, passedOver, leftOut } = collected;
    const repeated = repeatsAmong(entries).size;
    const notes = [
      repeated > 0 && CLASS_STRINGS.repeats(repeated, once.checked),
      passedOver > 0 && CLASS_STRINGS.passedOver(passedOver),
      ...Object.entries(leftOut).map(([reason, n]) => n > 0 && CLASS_STRINGS.leftOutFor[reason](n)),
      box.value.length > CLASS_LIMITS.text && CLASS_STRINGS.tooLong,
    ];
    part("notes").replaceChildren(...notes.filter(Boolean).map((note) => make("p", {}, note)));
    const told = part("broken").querySelector("details")?.open;
    part("broken").replaceChildren(...brokenNodes(broken, told ?? broken.length <= CLASS_LIMITS.brokenOpen));
    part("files").replaceChildren(...files.map(fileNode));
    part("repeats").hidden = repeated === 0;
    part("counted").hidden = entries.length === 0;
    const handedIn = specs.filter((spec) => entries.some((entry) => entry.activity === spec.activity));
    const few = handedIn.length <= CLASS_LIMITS.open;
    part("results").replaceChildren(...handedIn.map((spec) => activityNode(spec, few)));
    root.classList.toggle("sg-has-results", handedIn.length > 0);
  }

  function activityNode(spec, few) {
    const entries = entriesOf(collected.entries, spec.activity, once.checked);
    const asked = spec.items.map((item, index) => {
      const said = wording(item.id, CLASS_STRINGS.questionOf(spec.title, index + 1));
      return askedNode(item, said, responsesTo(spec.activity, item.id), { all: entries.length, key: withKey.checked });
    });
    const codes = entries.filter((entry) => entry.from === "code").length;
    const n = make("span", { class: "sg-n" }, CLASS_STRINGS.handed(codes, entries.length - codes));
    const title = make("summary", {}, make("h3", {}, spec.title), " ", n);
    const opens = Math.min(...spec.items.map((item) => words[item.id].opens));
    const fold = make("details", { class: `sg-counts opens-${opens}`, "data-counts": spec.activity }, title, asked);
    fold.open = unfolded.get(spec.activity) ?? few;
    title.addEventListener("click", () => unfolded.set(spec.activity, !fold.open));
    return fold;
  }

  function fileNode(file) {
    const remove = make("button", { type: "button", class: "sg-quiet" }, CLASS_STRINGS.remove(file.name));
    remove.addEventListener("click", () => {
      files = files.filter((one) => one !== file);
      count();
      say(`${CLASS_STRINGS.removed(file.name)} ${summary()}`);
      (part("files").querySelector("button") ?? chooser).focus();
    });
    return make("li", {}, remove);
  }

  async function read(chosen) {
    const room = Math.max(0, CLASS_LIMITS.files - files.length);
    const one = async (file, index) => {
      if (index >= room) return { name: file.name, fault: "many" };
      if (file.size > CLASS_LIMITS.file) return { name: file.name, fault: "large" };
      try {
        return readClassFile(guide, file.name, await file.text());
      } catch {
        return { name: file.name, fault: "unreadable" };
      }
    };
    const added = await Promise.all([...chosen].map(one));
    files = [...files, ...added].slice(0, CLASS_LIMITS.files + 1);
    count();
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, CLASS_LIMITS.pause);
  });
  chooser.addEventListener("change", async () => {
    await read(chooser.files);
    chooser.value = ""; // so that the same file can be chosen again
  });
  once.addEventListener("change", count);
  withKey.addEventListener("change", draw);
  control("print").addEventListener("click", () => window.print());
  control("save").addEventListener("click", () => {
    const today = new Date().toLocaleDateString("sv"); // Swedes write 2026-11-22
    download(`class-${guide}-${today}.json`, classFile(guide, collected, files), "application/json");
    say(CLASS_STRINGS.saved);
  });
  pressTwice(control("empty"), say, () => {
    box.value = "";
    files = [];
    count();
    say(CLASS_STRINGS.emptied);
    box.focus();
  });
  takeDrops(root, read);
  const open = startProjector(root.querySelector("dialog"), responsesTo);
  const list = () => listQuestions(control("question"), specs, words);
  list();
  addEventListener("studyguide-seen", list);
  control("project").addEventListener("click", () => {
    const [activity, id] = control("question").value.split(" ");
    const item = specs.find((spec) => spec.activity === activity).items.find((one) => one.id === id);
    if (waiting) count();
    open(activity, item, wording(id, CLASS_STRINGS.onTheWall));
  });
  draw();
}

// Every item that can go on the wall, by activity; for whoever has not seen all of the film, none that gives it away.
function listQuestions(select, specs, words) {
  const seen = Number(document.documentElement.dataset.seen ?? Infinity);
  const fits = (item) => words[item.id].opens <= seen && item.slots.some((slot) => slot.kind !== "text");
  select.replaceChildren();
  for (const spec of specs) {
    const items = spec.items.filter(fits);
    const entry = (item) => make("option", { value: `${spec.activity} ${item.id}` }, words[item.id].stem);
    if (items.length) select.append(make("optgroup", { label: spec.title }, items.map(entry)));
  }
}

// A button that empties: it takes two presses, and leaving it takes the first back.
function pressTwice(button, say, empty) {
  const words = button.textContent;
  const calm = () => {
    delete button.dataset.sure;
    button.textContent = words;
  };
  button.addEventListener("blur", calm);
  button.addEventListener("click", () => {
    if ("sure" in button.dataset) {
      calm();
      empty();
    } else {
      button.dataset.sure = "";
      button.textContent = CLASS_STRINGS.reallyEmpty;
      say(CLASS_STRINGS.sureEmpty);
    }
  });
}

// Files that are dropped anywhere on the page: beside the box, too, or the browser would open the file and leave.
function takeDrops(root, read) {
  for (const name of ["dragenter", "dragover"])
    addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return; // text is dropped into the box as ever
      event.preventDefault();
      root.classList.add("sg-over");
    });
  for (const name of ["dragleave", "drop"]) addEventListener(name, () => root.classList.remove("sg-over"));
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    read(event.dataTransfer.files);
  });
}
