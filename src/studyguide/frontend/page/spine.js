// For a reader who has not seen all of the film: what opens later is not shown (ahead.js), and in its place stands a note
// with a button, for whoever wants to see it all the same.

function startSpine() {
  const control = document.querySelector("[data-watched]");
  const article = document.querySelector("article");
  if (!control || !article) return;
  const last = Number(control.dataset.last);
  const key = `studyguide:${control.dataset.watched}:seen`;
  const [summary, status] = [control.querySelector("summary"), control.querySelector("[role=status]")];
  const select = control.querySelector("select");
  const choices = [...control.querySelectorAll("input[type=radio]")];
  const options = [...select.options].map((option) => [option, option.textContent]);
  const off = summary.textContent;
  let seen = studyguideSeen(control.dataset.watched, last);
  let notes = [];
  let answered = false;

  const stepOf = (one) => Number(/(?:^|\s)opens-(\d+)/.exec(one.getAttribute("class"))?.[1] ?? 0);
  const isClosed = (one) => stepOf(one) > seen && !one.classList.contains("sg-shown");
  const isNote = (one) => one?.classList.contains("sg-ahead-note");
  // What is drawn, a word in a link and the code at the foot go without a note.
  const marked = (root) =>
    [...root.querySelectorAll('[class*="opens-"]')].filter((one) => !one.closest("svg, span, details.hide"));

  // What is closed and stands side by side, within `root`; what is inside something closed waits for that.
  function closedIn(root) {
    const outermost = marked(root).filter((one) => isClosed(one) && !outer(one, root));
    const groups = [];
    for (const one of outermost) {
      const group = groups.at(-1);
      let before = one.previousElementSibling;
      if (isNote(before)) before = before.previousElementSibling;
      if (group && group.at(-1) === before) group.push(one);
      else groups.push([one]);
    }
    return groups;
  }

  function outer(one, root) {
    for (let place = one.parentElement; place && place !== root; place = place.parentElement)
      if (isClosed(place)) return place;
    return null;
  }

  function noteFor(group) {
    const [note, words, button] = ["p", "span", "button"].map((tag) => document.createElement(tag));
    const steps = group.map(stepOf);
    note.className = "sg sg-ahead-note";
    words.textContent = PAGE_STRINGS.ahead(group.length, Math.min(...steps), Math.max(...steps));
    button.type = "button";
    note.append(words, " ", button);
    let inner = [];
    const show = (open) => {
      for (const one of group) one.classList.toggle("sg-shown", open);
      inner.forEach((one) => one.remove());
      inner = open ? group.flatMap(closedIn).map(noteFor) : [];
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? PAGE_STRINGS.closeAgain : PAGE_STRINGS.show;
    };
    const list = group[0].closest("table, ol, ul, dl");
    // A note for all that follows in a list stands after it, and after the region that it scrolls in.
    if (list && list !== group[0]) (list.closest(".sg-scroll, .table-wrapper") ?? list).after(note);
    else group[0].before(note);
    const made = {
      opensFor: (target) => {
        const within = group.some((one) => one.contains(target));
        if (within) show(true);
        if (within) inner.forEach((one) => one.opensFor(target));
        return within;
      },
      remove: () => {
        inner.forEach((one) => one.remove());
        note.remove();
        for (const one of group) one.classList.remove("sg-shown");
      },
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") === "false"));
    show(false);
    return made;
  }

  function apply() {
    notes.forEach((one) => one.remove());
    studyguideHide(seen, last);
    notes = closedIn(article).map(noteFor);
    summary.textContent = seen < last ? PAGE_STRINGS.hiding(seen) : off;
    // Titles only as far as the reader is, by their own word.
    for (const [option, at] of options)
      option.textContent = answered && Number(option.value) <= seen ? `${at}: ${option.dataset.title}` : at;
    return seen >= last ? PAGE_STRINGS.allOpen : PAGE_STRINGS.closed(notes.length);
  }

  // A link to something that is closed opens it: whoever follows it wants to see it.
  function openTarget() {
    const name = decodeURIComponent(location.hash.slice(1));
    const question = name.startsWith("item-") && document.querySelector(`[data-item="${CSS.escape(name.slice(5))}"]`);
    const target = question || document.getElementById(name);
    if (!target) return;
    const opened = notes.filter((one) => one.opensFor(target)).length;
    if (question || opened) target.scrollIntoView();
  }

  function reflect() {
    const how = seen >= last ? "all" : seen ? "part" : "none";
    for (const choice of choices) choice.checked = choice.value === how;
    if (how === "part") select.value = String(seen);
    select.disabled = how !== "part";
  }

  control.addEventListener("change", () => {
    const how = choices.find((one) => one.checked)?.value ?? "all";
    select.disabled = how !== "part";
    seen = { all: last, none: 0, part: Number(select.value) }[how];
    answered = true;
    status.textContent = apply();
    try {
      localStorage.setItem(key, how === "all" ? "all" : String(seen));
    } catch {
      status.textContent += ` ${PAGE_STRINGS.thisPageOnly}`;
    }
  });
  try {
    // Asked once, where the book begins; and until there is an answer nothing is hidden.
    answered = localStorage.getItem(key) !== null;
    control.open = "ask" in control.dataset && !answered;
  } catch {
    // No storage here: the choice holds for this page.
  }
  control.hidden = false;
  apply();
  reflect();
  if (!answered) for (const choice of choices) choice.checked = false;
  openTarget();
  for (const event of ["load", "hashchange"]) addEventListener(event, openTarget); // loading may move what was found
}
