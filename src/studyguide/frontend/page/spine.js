// For a reader who is part-way through the film: what goes further than the step they name stays closed until they ask
// for it. That is whole sections, and in lists along the plot ([data-spine]) what comes later.

function startSpine() {
  const control = document.querySelector("[data-watched]");
  if (!control) return;
  const select = control.querySelector("select");
  const [summary, status] = [control.querySelector("summary"), control.querySelector("[role=status]")];
  const off = summary.textContent;
  const key = `studyguide:${control.dataset.watched}:watched`;
  const stepOf = (one) => Number(one.dataset.step ?? 0);

  const sections = [...document.querySelectorAll("article section > h2")].map((heading) => {
    const section = heading.parentElement;
    const own = [...section.querySelectorAll("[data-step]")].filter((one) => !one.closest("[data-spine]"));
    const furthest = Math.max(0, ...own.map(stepOf));
    const content = [...section.children].filter((one) => one !== heading);
    return {
      put: (note) => heading.after(note),
      ahead: (seen) => (furthest > seen ? content : []),
      say: () => PAGE_STRINGS.sectionAhead(furthest),
      holds: (target) => section.contains(target),
    };
  });
  const lists = [...document.querySelectorAll("article [data-spine]")].map((list) => ({
    put: (note) => list.after(note),
    ahead: (seen) => [...list.children].filter((one) => stepOf(one) > seen),
    say: (count, seen) => PAGE_STRINGS.listAhead(count, seen),
    holds: (target, ahead) => ahead.some((one) => one.contains(target)),
  }));
  const units = [...sections, ...lists].map(closable);

  // A unit with a note that says how far it goes, and whose button opens and closes it.
  function closable(unit) {
    const [note, words, button] = ["p", "span", "button"].map((tag) => document.createElement(tag));
    note.className = "sg sg-ahead-note";
    button.type = "button";
    note.append(words, " ", button);
    let ahead = [];
    function show(open) {
      for (const one of ahead) one.classList.toggle("sg-ahead", !open);
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? PAGE_STRINGS.closeAgain : PAGE_STRINGS.show;
    }
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") === "false"));
    return {
      close(seen) {
        show(true);
        note.remove();
        ahead = seen ? unit.ahead(seen) : [];
        if (!ahead.length) return;
        words.textContent = unit.say(ahead.length, seen);
        unit.put(note);
        show(false);
      },
      openFor(target) {
        if (!unit.holds(target, ahead)) return false;
        show(true);
        return ahead.length > 0;
      },
    };
  }

  function close() {
    const seen = Number(select.value);
    for (const unit of units) unit.close(seen);
    summary.textContent = seen ? PAGE_STRINGS.hiding(seen) : off;
    const notes = [...document.querySelectorAll(".sg-ahead-note")].filter((note) => !note.closest(".sg-ahead"));
    return seen ? PAGE_STRINGS.closed(notes.length) : PAGE_STRINGS.allOpen;
  }

  // A link to something that is closed opens it: whoever follows it wants to see it.
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && units.filter((unit) => unit.openFor(target)).length) target.scrollIntoView();
  }

  try {
    select.value = localStorage.getItem(key) ?? "0";
  } catch {
    // No storage here: the choice holds for this page.
  }
  if (select.selectedIndex < 0) select.value = "0";
  select.addEventListener("change", () => {
    status.textContent = close();
    try {
      localStorage.setItem(key, select.value);
    } catch {
      status.textContent += ` ${PAGE_STRINGS.thisPageOnly}`;
    }
  });
  control.hidden = false;
  close();
  openTarget();
  addEventListener("hashchange", openTarget);
}
