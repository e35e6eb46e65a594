// Responses in words, as rows and as a table; and files that come from outside. Nothing here touches the page.

// A usable response as [{ part, answer }], in the words of the item.
function answerRows(item, response, { texts, labels }) {
  return filledSlots(item, response).flatMap(([slot, value]) => {
    const part = labels[slot.path] ?? "";
    const said = (one) => texts[slot.of]?.[one] ?? String(one);
    if (slot.kind === "order") return value.map((id, index) => ({ part: WORK_STRINGS.place(index + 1), answer: said(id) }));
    if (slot.kind !== "set") return [{ part, answer: slot.kind === "text" ? value : said(value) }];
    return part ? [{ part, answer: value.map(said).join("; ") }] : value.map((id) => ({ part, answer: said(id) }));
  });
}

// What a response to another version of the item holds, as far as its words are still known.
function outdatedRows(response, { texts }) {
  const known = Object.assign({}, ...Object.values(texts));
  const leaves = (value) => (value && typeof value === "object" ? Object.values(value).flatMap(leaves) : [value]);
  const { version, ...parts } = response;
  const said = leaves(parts).filter((one) => typeof one !== "boolean");
  return said.map((one) => ({ part: "", answer: ownValue(known, one) ?? String(one) }));
}

// Whether this answers another version of the item: it is kept and shown, and not counted.
function isOutdated(item, response) {
  const version = ownValue(response, "version");
  return Number.isSafeInteger(version) && version !== item.version;
}

function outcomeOf(item, response) {
  const outcome = scoreItem(item, response);
  if (outcome.state === "unscored") return "";
  return response.checked ? STRINGS.outcome(outcome) : WORK_STRINGS.unchecked;
}

// The text of an exported file -> { responses, refused } or { fault }.
function readAnswers(text, guide, specs) {
  if (text.length > LIMITS.store) return { fault: "large" };
  const file = parsedObject(text);
  if (!file || file.studyguide !== LIMITS.format || !parsedObject(JSON.stringify(file.responses ?? null)))
    return { fault: "json" };
  if (file.guide !== guide) return { fault: "other" };
  const known = new Map(specs.flatMap((spec) => spec.items).map((item) => [item.id, item]));
  const fitting = Object.entries(file.responses).filter(([id]) => known.has(id));
  const { responses, dropped } = soundResponses(known, Object.fromEntries(fitting));
  const refused = Object.keys(file.responses).length - fitting.length + dropped;
  return Object.keys(responses).length ? { responses, refused } : { fault: "empty" };
}
