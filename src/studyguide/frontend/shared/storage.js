// One reader's responses to one guide in this browser: read, checked, merged with what other tabs wrote, written.
//
//   responses()     an object by item id; never changed in place
//   save(changes)   [id, response or null] pairs -> whether storage took them; they hold on this page in any case
//   clear()         nothing is left in storage
//   problem         a sentence about what was found here and could not be read, or ""
//   onChange(tell)  after every change, in this tab or another

const ITEM_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function openStore(guide, specs) {
  const key = `studyguide:${guide}:responses`;
  const known = new Map(specs.flatMap((spec) => spec.items).map((item) => [item.id, item]));
  const listeners = new Set();
  const unwritten = new Map();
  let problem = "";

  function load() {
    let text = null;
    try {
      text = localStorage.getItem(key);
    } catch {
      // No storage here. The reader is told when an answer is not kept.
    }
    if (text === null) return {};
    const value = text.length <= LIMITS.store ? parsedObject(text) : null;
    if (!value) {
      problem ||= STRINGS.storeBroken;
      return {};
    }
    const { responses, dropped } = soundResponses(known, value);
    if (dropped) problem ||= STRINGS.storeDropped(dropped);
    return responses;
  }

  // What storage holds, and on top of it what it would not take.
  function merged() {
    const all = load();
    for (const [id, response] of unwritten)
      if (response) all[id] = response;
      else delete all[id];
    return all;
  }

  let responses = merged();
  const tell = () => listeners.forEach((one) => one());
  addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    responses = merged();
    tell();
  });
  return {
    responses: () => responses,
    get problem() {
      return problem;
    },
    onChange: (one) => listeners.add(one),
    save(changes) {
      for (const [id, response] of changes) unwritten.set(id, response);
      responses = merged();
      const text = JSON.stringify(responses);
      let written = false;
      try {
        if (text.length <= LIMITS.store) {
          localStorage.setItem(key, text);
          written = true;
          unwritten.clear();
        }
      } catch {
        // Full or refused: the change stays on this page.
      }
      tell();
      return written;
    },
    clear() {
      unwritten.clear();
      responses = {};
      let removed = true;
      try {
        localStorage.removeItem(key);
      } catch {
        removed = false;
      }
      tell();
      return removed;
    },
  };
}

function parsedObject(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

// Of responses from outside: those to items known here, as far as they are usable; and those that another page of the
// guide or another version of an item may know, if nothing in them is out of size.
function soundResponses(known, value) {
  const entries = Object.entries(value).map(([id, response]) => {
    const item = known.get(id);
    if (item && ownValue(response, "version") === item.version) return [id, usableResponse(item, response)];
    return [id, ITEM_ID.test(id) && Number.isSafeInteger(ownValue(response, "version")) && isSmall(response) ? response : null];
  });
  const sound = entries.filter(([, response]) => response);
  return { responses: Object.fromEntries(sound), dropped: entries.length - sound.length };
}

// No text over the limit, and no deeper than a response goes.
function isSmall(value, depth = 4) {
  if (typeof value === "string") return value.length <= LIMITS.text;
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.entries(value).every(([name, one]) => name.length <= 100 && isSmall(one, depth - 1));
}
