// What differs between the types of item. Each kind knows its own markup:
//   read(place)                    what the markup holds, as parts of a response; slots.js takes what is usable of it
//   show(place, item, response)    the markup holds this usable response, or nothing when it is null
// and if the item has a key:
//   reasons(item, response)        the ids whose rationale answers this response
//   marks(item, response)          [id of a row, whether it is right, in words], where the item has rows
// and where there is more to a type:
//   start(place, { keep, say, signal })   what else the reader can do to the markup
//   nothing()                      what is said to who checks without an answer
//   said(place)                    words about a change, after it is kept

const checkedValues = (inputs) => [...inputs].filter((one) => one.checked).map((one) => one.value);
const rowsOf = (place) => [...place.querySelectorAll("[data-row]")];
const wordsOf = (row) => row.querySelector("[data-words]").textContent;

// Written only where it differs: else the cursor would jump in what is being typed.
function setText(field, text) {
  if (field.value !== text) field.value = text;
}

// Rows with a menu each, whose answers stand under `name` in a response.
function paired(name, rightWords, otherWords) {
  const judged = (item, response) =>
    filledSlots(item, response).map(([slot, value]) => [splitPath(slot.path)[1], slot.key.includes(value)]);
  return {
    read: (place) => ({
      [name]: Object.fromEntries(rowsOf(place).map((row) => [row.dataset.row, row.querySelector("select").value])),
    }),
    show(place, _item, response) {
      for (const row of rowsOf(place)) row.querySelector("select").value = response?.[name][row.dataset.row] ?? "";
    },
    reasons: (item, response) => judged(item, response).filter(([, right]) => right).map(([id]) => id),
    marks: (item, response) => judged(item, response).map(([id, right]) => [id, right, right ? rightWords : otherWords]),
  };
}

const KINDS = {
  choice: {
    read: (place) => ({ choice: checkedValues(place.querySelectorAll("input")) }),
    show(place, _item, response) {
      for (const one of place.querySelectorAll("input")) one.checked = Boolean(response?.choice.includes(one.value));
    },
    reasons: (_item, response) => response.choice,
  },

  order: {
    // Until something is moved, or the order said to be the reader's own, nothing is answered.
    read: (place) => (isOrdered(place) ? { order: orderOf(place) } : {}),
    start: startCards,
    nothing: () => STRINGS.nothingMoved,
    show(place, item, response) {
      arrange(place, response?.order ?? item.lists.entries, null);
      numberRows(place, Boolean(response));
    },
    // Each that is misplaced answers for itself; where none is, all do.
    reasons(item, response) {
      const { key } = item.slots[0];
      const misplaced = response.order.filter((id, index) => key[index] !== id);
      return misplaced.length ? misplaced : key;
    },
    marks: (item, response) =>
      response.order.map((id, index) => {
        const right = item.slots[0].key[index] === id;
        return [id, right, right ? STRINGS.rightPlace : STRINGS.otherPlace];
      }),
  },

  match: paired("match", STRINGS.rightPair, STRINGS.otherPair),
  sort: paired("sort", STRINGS.rightPlace, STRINGS.otherPlace),

  rating: {
    read(place) {
      const stars = (round) =>
        Object.fromEntries(
          [...place.querySelectorAll(`[data-round="${round}"] [data-aspect]`)].map((one) => [
            one.dataset.aspect,
            Number(one.value ?? checkedValues(one.querySelectorAll("input"))[0]),
          ]),
        );
      return { before: stars("before"), after: stars("after"), ideas: place.querySelector("textarea").value };
    },
    show(place, item, response) {
      for (const round of ["before", "after"])
        for (const one of place.querySelectorAll(`[data-round="${round}"] [data-aspect]`)) {
          const value = String(response?.[round]?.[one.dataset.aspect] ?? "");
          if (one.matches("select")) one.value = value;
          else for (const star of one.querySelectorAll("input")) star.checked = star.value === value;
        }
      setText(place.querySelector("textarea"), response?.ideas ?? "");
      const { before = {}, after = {} } = response ?? {};
      const both = item.lists.aspects.filter((id) => before[id] && after[id]);
      const up = both.filter((id) => after[id] > before[id]).length;
      const down = both.filter((id) => after[id] < before[id]).length;
      place.querySelector("[data-shift]").textContent =
        both.length ? STRINGS.moves(up, down, both.length - up - down) : "";
    },
  },

  prompt: {
    read: (place) => ({ text: place.querySelector("textarea").value }),
    show: (place, _item, response) => setText(place.querySelector("textarea"), response?.text ?? ""),
  },

  interpretation: {
    said: (place) => place.querySelector("[data-shift]").textContent,
    read(place) {
      const round = (name) => ({
        reading: checkedValues(readingInputs(place, name, "reading"))[0],
        certainty: checkedValues(readingInputs(place, name, "certainty"))[0],
        ...Object.fromEntries(ownFields(place, name).map(([part, field]) => [part, field.value])),
      });
      const steps = checkedValues(place.querySelectorAll("input[type=checkbox]"));
      const weighed = !place.querySelector("[data-cases]").hidden;
      return { first: { ...round("first"), steps }, second: round("second"), weighed };
    },
    show(place, _item, response) {
      for (const round of ["first", "second"]) {
        for (const part of ["reading", "certainty"])
          for (const one of readingInputs(place, round, part)) one.checked = response?.[round]?.[part] === one.value;
        for (const [part, field] of ownFields(place, round)) setText(field, response?.[round]?.[part] ?? "");
      }
      for (const one of place.querySelectorAll("input[type=checkbox]"))
        one.checked = Boolean(response?.first?.steps?.includes(one.value));
      const weighed = Boolean(response?.weighed);
      place.querySelector("[data-cases]").hidden = !weighed;
      place.querySelector('[data-round="second"]').hidden = !weighed;
      place.querySelector("[data-shift]").textContent = readingShift(place, response);
    },
  },
};

// --- order ---------------------------------------------------------------------------------------------------------

const orderOf = (place) => rowsOf(place).map((row) => row.dataset.row);

// Put the rows into this order. `held` stays where it is in the document and the others move around it, so that it
// keeps the focus.
function arrange(place, order, held) {
  if (orderOf(place).join() === order.join()) return;
  const rows = new Map(rowsOf(place).map((row) => [row.dataset.row, row]));
  const still = held ?? rows.get(order[0]);
  const at = order.indexOf(still.dataset.row);
  still.before(...order.slice(0, at).map((id) => rows.get(id)));
  still.after(...order.slice(at + 1).map((id) => rows.get(id)));
}

// Whether the order that is shown is an answer.
const isOrdered = (place) => rowsOf(place)[0].querySelector("select").value !== "";

// The menus, which only paper and a page without script show, stand on the places of an answer.
function numberRows(place, answered) {
  const rows = rowsOf(place);
  rows.forEach((row, index) => {
    row.querySelector("select").value = answered ? String(index + 1) : "";
    row.querySelector('[data-do="up"]').ariaDisabled = String(index === 0);
    row.querySelector('[data-do="down"]').ariaDisabled = String(index === rows.length - 1);
  });
}

// Move a row to a place counted from 0, and say where it is.
function moveRow(place, row, to) {
  const order = orderOf(place).filter((id) => id !== row.dataset.row);
  order.splice(to, 0, row.dataset.row);
  arrange(place, order, row);
  numberRows(place, true);
  return STRINGS.placed(wordsOf(row), to + 1, order.length);
}

// --- interpretation ------------------------------------------------------------------------------------------------

function readingInputs(place, round, part) {
  return [...place.querySelectorAll(`[data-round="${round}"] input[name$="-${round}-${part}"]`)];
}

// Where a reader writes a reading of their own, and the reason: [part, field], by names that end in `-own` and `-reason`.
const ownFields = (place, round) =>
  [...place.querySelectorAll(`[data-round="${round}"] textarea`)].map((field) => [field.name.split("-").pop(), field]);

function readingShift(place, response) {
  const { first, second } = response ?? {};
  if (!first?.reading || !second?.reading || !second?.certainty) return "";
  const words = (round, part) => {
    const chosen = readingInputs(place, round, part).find((one) => one.value === response[round][part]);
    const label = chosen?.closest("label");
    return (label?.querySelector("strong") ?? label)?.textContent.trim().replace(/\.$/, "") ?? "";
  };
  const [before, after] = [words("first", "certainty"), words("second", "certainty")];
  return first.reading === second.reading
    ? STRINGS.stayed(words("second", "reading"), before, after)
    : STRINGS.moved(words("first", "reading"), before, words("second", "reading"), after);
}
