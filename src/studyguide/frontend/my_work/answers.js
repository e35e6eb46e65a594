// Responses in words, as rows and as a table; and files that come from outside. Nothing here touches the page.

// A usable response as [{ part, answer }], in the words of the item.
function answerRows(item, response, words, certainty) {
  const { names } = words;
  const row = (part, answer) => (answer ? [{ part, answer }] : []);
  const { rounds, parts } = WORK_STRINGS;
  switch (item.type) {
    case "choice":
      return response.choice.map((id) => ({ part: "", answer: names[id] }));
    case "order":
      return response.order.map((id, index) => ({ part: WORK_STRINGS.place(index + 1), answer: names[id] }));
    case "match":
      return item.pairs.flatMap((id) => row(names[id], words.choices[response.match[id]]));
    case "rating":
      return [
        ...["before", "after"].flatMap((round) =>
          item.aspects.flatMap(({ id }) => {
            const value = ownValue(response[round], id);
            return row(`${names[id]}, ${rounds[round]}`, value && WORK_STRINGS.stars(value));
          }),
        ),
        ...row(parts.ideas, response.ideas),
      ];
    case "prompt":
      return row("", response.text);
    case "interpretation":
      return ["first", "second"].flatMap((round) => {
        const { reading, certainty: sure, steps } = response[round] ?? {};
        return [
          ...row(`${rounds[round]}: ${parts.reading}`, names[reading]),
          ...row(`${rounds[round]}: ${parts.certainty}`, certainty[sure]),
          ...row(parts.steps, steps?.map((id) => words.steps[id]).join("; ")),
        ];
      });
    default:
      return [];
  }
}

function outcomeOf(item, response) {
  const outcome = scoreItem(item, response);
  if (outcome.state === "unscored") return "";
  return response.checked ? STRINGS.outcome(outcome) : WORK_STRINGS.unchecked;
}

// One cell of a CSV file. A spreadsheet would run what begins like a formula.
function csvCell(value) {
  const text = String(value);
  const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// With a mark at the start by which spreadsheets know the encoding.
function csvOf(rows) {
  return "\uFEFF" + rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");
}

// The text of an exported file -> { responses, refused } or { fault }.
function readAnswers(text, guide, specs) {
  if (text.length > STORE_LIMIT) return { fault: "large" };
  const file = parsedObject(text);
  if (!file || file.studyguide !== 1 || !parsedObject(JSON.stringify(file.responses ?? null))) return { fault: "json" };
  if (file.guide !== guide) return { fault: "other" };
  const known = new Map(specs.flatMap((spec) => spec.items).map((item) => [item.id, item]));
  const fitting = Object.entries(file.responses).filter(([id]) => known.has(id));
  const { responses, dropped } = soundResponses(known, Object.fromEntries(fitting));
  const refused = Object.keys(file.responses).length - fitting.length + dropped;
  return Object.keys(responses).length ? { responses, refused } : { fault: "empty" };
}
