// The page "My work": everything that this browser keeps of one reader's answers, to see, take along and remove.
// What people wrote and what files hold is only ever set as text.

function startMyWork(root) {
  const { guide, film, specs, words } = JSON.parse(root.querySelector(".sg-spec").textContent);
  const store = openStore(guide, specs);
  const find = (name) => root.querySelector(`[data-${name}]`);
  const status = root.querySelector("[role=status]");
  const say = (text) => {
    status.textContent = text;
  };
  let before = null;

  const items = new Map(specs.flatMap((spec) => spec.items).map((item) => [item.id, item]));
  const answerTo = (id) => usableResponse(items.get(id), ownValue(store.responses(), id));
  const answered = () => [...items.keys()].filter(answerTo);
  const outdated = (id) => {
    const response = ownValue(store.responses(), id);
    return isOutdated(items.get(id), response) ? response : null;
  };

  function make(tag, text = "", name = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  // An item that stands in two activities is shown in the first of them.
  function render() {
    const seen = new Set();
    const parts = [];
    for (const spec of specs) {
      const own = spec.items.filter(({ id }) => answerTo(id));
      find(`answered="${spec.activity}"`).textContent = WORK_STRINGS.answered(own.length, spec.items.length);
      const fresh = spec.items.filter(({ id }) => !seen.has(id) && (answerTo(id) || outdated(id)));
      fresh.forEach(({ id }) => seen.add(id));
      const opens = Math.min(...spec.items.map(({ id }) => words[id].opens));
      if (fresh.length) parts.push(make("p", spec.title, `sg-group opens-${opens}`), ...fresh.map(answerBlock));
    }
    find("answers").replaceChildren(...(parts.length ? parts : [make("p", WORK_STRINGS.nothing)]));
    find("sure").hidden = true;
  }

  function answerBlock(item) {
    const response = answerTo(item.id);
    const block = make("div", "", `sg-answer opens-${words[item.id].opens}`);
    block.append(make("p", words[item.id].stem, "sg-stem"));
    const list = make("dl");
    const rows = response ? answerRows(item, response, words[item.id]) : outdatedRows(outdated(item.id), words[item.id]);
    for (const { part, answer } of rows) {
      const text = make("dd", answer);
      text.dir = "auto";
      list.append(make("dt", part), text);
    }
    block.append(list);
    const outcome = response ? outcomeOf(item, response) : WORK_STRINGS.outdated;
    if (outcome) block.append(make("p", outcome, "sg-outcome"));
    return block;
  }

  function table() {
    const rows = specs.flatMap((spec) =>
      spec.items.flatMap((item) => {
        const response = answerTo(item.id);
        const old = outdated(item.id);
        if (!response && !old) return [];
        const { stem } = words[item.id];
        const rows = response ? answerRows(item, response, words[item.id]) : outdatedRows(old, words[item.id]);
        const outcome = response ? outcomeOf(item, response) : WORK_STRINGS.outdated;
        const { version } = response ?? old;
        return rows.map(({ part, answer }) => [spec.activity, item.id, version, stem, part, answer, outcome]);
      }),
    );
    return [WORK_STRINGS.columns, ...rows];
  }

  function complain(text) {
    find("notice").textContent = text;
    find("notice").hidden = !text;
  }

  function save(changes) {
    if (!store.save(changes)) complain(STRINGS.notSaved);
  }

  function offer(name, text, type) {
    if (!answered().length) return say(WORK_STRINGS.nothingToSave);
    download(name, text(), type);
    say(STRINGS.fileSaved(name));
  }

  function bringIn(text) {
    const { responses, refused, fault } = readAnswers(text, guide, specs);
    if (fault) {
      const words = WORK_STRINGS.importFaults[fault];
      return say(typeof words === "function" ? words(film) : words);
    }
    const ids = Object.keys(responses);
    before = ids.map((id) => [id, ownValue(store.responses(), id) ?? null]);
    const replaced = before.filter(([, response]) => response).length;
    save(Object.entries(responses));
    find("undo").hidden = false;
    say(WORK_STRINGS.imported({ added: ids.length - replaced, replaced, refused }));
  }

  const ACTIONS = {
    export: () =>
      offer(`${guide}-answers.json`, () => responsesFile(guide, store.responses()), "application/json"),
    csv: () => offer(`${guide}-answers.csv`, () => csvOf(table()), "text/csv"),
    print: () => print(),
    import() {
      bringIn(find("import-text").value);
    },
    undo() {
      save(before);
      find("undo").hidden = true;
      find("import-file").focus();
      say(WORK_STRINGS.undone);
    },
    fresh() {
      find("sure-words").textContent = WORK_STRINGS.sure(answered().length);
      find("sure").hidden = false;
      root.querySelector('[data-do="keep"]').focus();
    },
    keep() {
      find("sure").hidden = true;
      root.querySelector('[data-do="fresh"]').focus();
      say(WORK_STRINGS.kept);
    },
    remove() {
      const removed = store.clear();
      find("undo").hidden = true;
      root.querySelector('[data-do="fresh"]').focus();
      say(removed ? WORK_STRINGS.removed : WORK_STRINGS.notRemoved);
    },
  };
  root.addEventListener("click", (event) => ACTIONS[event.target.closest("button[data-do]")?.dataset.do]?.());
  find("import-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const text = file.size <= 4 * LIMITS.store ? await file.text() : " ".repeat(LIMITS.store + 1);
    event.target.value = "";
    bringIn(text);
  });
  find("no-outcomes").addEventListener("change", (event) =>
    root.classList.toggle("sg-no-outcomes", event.target.checked),
  );

  find("without-script").hidden = true;
  find("with-script").hidden = false;
  store.onChange(render);
  render();
  complain(store.problem);
}

for (const root of document.querySelectorAll("[data-my-work]")) startMyWork(root);
