// Cards to put in order: dragged by their handle, moved by buttons, or from the keyboard. Enter or Space lifts a card,
// the arrows move it, Enter or Space puts it down, Escape takes it back. Only the reader moves a card.
//
//   startCards(place, { keep, say, signal })   `keep()` stores the order that is shown, `say(words)` tells of a move

function startCards(place, { keep, say, signal }) {
  let lifted = null; // { row, order, answered, pointer }
  const listen = (name, tell) => place.addEventListener(name, tell, { signal });
  const handleOf = (row) => row.querySelector("[data-handle]");
  const where = (row) => [wordsOf(row), rowsOf(place).indexOf(row) + 1, rowsOf(place).length];

  function lift(row, pointer = null) {
    lifted = { row, pointer, order: orderOf(place), answered: isOrdered(place) };
    row.classList.add("sg-lifted");
    handleOf(row).ariaPressed = "true";
  }

  function putDown({ back = false } = {}) {
    const { row, order, answered } = lifted;
    lifted = null;
    row.classList.remove("sg-lifted");
    handleOf(row).ariaPressed = "false";
    if (back) {
      arrange(place, order, row);
      numberRows(place, answered);
      return say(STRINGS.putBack(...where(row)));
    }
    if (order.join() !== orderOf(place).join()) keep();
    say(STRINGS.putDown(...where(row)));
  }

  listen("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button || lifted) return;
    handle.setPointerCapture(event.pointerId);
    lift(handle.closest("[data-row]"), event.pointerId);
  });
  listen("pointermove", (event) => {
    if (lifted?.pointer !== event.pointerId) return;
    const rows = rowsOf(place);
    const to = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    if (to >= 0 && rows[to] !== lifted.row) moveRow(place, lifted.row, to);
  });
  for (const [name, back] of [["pointerup", false], ["pointercancel", true]])
    listen(name, (event) => {
      if (lifted?.pointer === event.pointerId) putDown({ back });
    });

  listen("keydown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle) return;
    const row = handle.closest("[data-row]");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      if (lifted) putDown();
      else {
        lift(row);
        say(STRINGS.lifted(...where(row)));
      }
    } else if (lifted && event.key === "Escape") putDown({ back: true });
    else if (lifted && by) {
      const to = rowsOf(place).indexOf(row) + by;
      if (to >= 0 && to < rowsOf(place).length) say(moveRow(place, row, to));
      else say(by < 0 ? STRINGS.atTheTop : STRINGS.atTheBottom);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  listen("focusout", (event) => {
    if (lifted && lifted.pointer === null && event.target.matches("[data-handle]")) putDown();
  });
}
