// What a class handed in: codes out of a pasted chat, and files. Nothing here touches the page.

const CLASS_LIMITS = {
  text: LIMITS.file, // characters in the box
  file: LIMITS.file, // bytes of a file
  files: LIMITS.files,
  broken: 200, // faults told one by one
  brokenOpen: 5, // so many faults stand open at once, more in a fold
  open: 2, // so many activities stand open at once, more folded
  pause: 250, // milliseconds without typing before the box is counted
};

// Everything that was handed in:
//   entries     [{ activity, responses, from: "code" | "file", key, written }]: files first, which hold more than codes
//               do; equal choices have equal keys, and `written` is what no code can hold
//   readers     how many sets of answers came as files
//   broken      [{ where, text, why }]
//   passedOver  how many lines of the text hold no code
//   leftOut     how many answers in files were not counted: { outdated, unknown, unusable }
// `files` is a list of what readClassFile made.
function collectClass(specs, text, files) {
  const entries = [];
  const broken = [];
  let readers = 0;
  const leftOut = { outdated: 0, unknown: 0, unusable: 0 };
  const items = new Map(specs.flatMap((spec) => spec.items).map((item) => [item.id, item]));
  const addCode = (code, where) => {
    const read = decodeCode(specs, code);
    if (read.fault) broken.push({ where, text: code, why: read.words, fault: read.fault });
    else if (Object.keys(read.responses).length) entries.push({ ...read, from: "code", key: read.code, written: "" });
  };
  for (const file of files) {
    const where = CLASS_STRINGS.file(file.name);
    if (file.fault) {
      broken.push({ where, text: "", why: CLASS_STRINGS.fileFaults[file.fault], fault: file.fault });
      continue;
    }
    for (const responses of file.responses) {
      const found = specs.map((spec) => fileEntry(spec, responses)).filter(Boolean);
      entries.push(...found);
      const used = new Set(found.flatMap((entry) => Object.keys(entry.responses)));
      for (const [id, response] of Object.entries(responses))
        if (!used.has(id)) leftOut[whyLeftOut(items.get(id), response)] += 1;
      if (used.size) readers += 1;
      else broken.push({ where, text: "", why: CLASS_STRINGS.fileFaults.empty, fault: "empty" });
    }
    for (const code of file.codes) addCode(code, where);
  }
  const found = findCodes(specs, text);
  for (const { line, text: code } of found) addCode(code, CLASS_STRINGS.line(line));
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => line.trim()).length;
  const passedOver = lines - new Set(found.map((one) => one.line)).size;
  return { entries, readers, broken, passedOver, leftOut };
}

// What of one file's responses belongs to an activity; null if nothing does.
function fileEntry(spec, given) {
  const pairs = spec.items.map((item) => [item.id, usableResponse(item, ownValue(given, item.id))]);
  const answered = pairs.filter(([, response]) => response);
  if (!answered.length) return null;
  const responses = Object.fromEntries(answered);
  // The same choices as a code: so what came as a code and as a file is found to be the same.
  const key = encodeCode(spec, responses).code ?? spec.activity;
  const written = spec.items.flatMap((item) =>
    filledSlots(item, ownValue(responses, item.id)).filter(([slot]) => slot.kind === "text").map(([, text]) => text),
  );
  return { activity: spec.activity, responses, from: "file", key, written: written.join("\n") };
}

function whyLeftOut(item, response) {
  if (!item) return "unknown";
  const version = ownValue(response, "version");
  return Number.isInteger(version) && version !== item.version ? "outdated" : "unusable";
}

// A file's text as { name, codes, responses } or { name, fault }: one reader's export, or what this page saved.
function readClassFile(guide, name, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return { name, fault: "json" };
  }
  if (ownValue(value, "studyguide") !== LIMITS.format) return { name, fault: "json" };
  if (ownValue(value, "guide") !== guide) return { name, fault: "guide" };
  const plain = (one) => typeof one === "object" && one !== null && !Array.isArray(one);
  const list = (one) => (Array.isArray(one) ? one : []);
  const responses = [ownValue(value, "responses"), ...list(ownValue(value, "files"))].filter(plain);
  const codes = list(ownValue(value, "codes")).filter((code) => typeof code === "string");
  return responses.length || codes.length ? { name, codes, responses } : { name, fault: "empty" };
}

// What is saved: the codes and the contents of the files, and nothing of the chat around them.
function classFile(guide, { entries }, files) {
  const codes = entries.filter((entry) => entry.from === "code").map((entry) => entry.key);
  const responses = files.flatMap((file) => file.responses ?? []);
  return JSON.stringify({ studyguide: LIMITS.format, guide, codes, files: responses }, null, 1);
}

// The entries that equal one before them: the same choices, and nothing else written.
function repeatsAmong(entries) {
  const seen = new Set();
  const repeats = new Set();
  for (const entry of entries) {
    const whole = `${entry.key} ${entry.written}`;
    if (seen.has(entry.written ? whole : entry.key)) repeats.add(entry);
    seen.add(entry.key).add(whole);
  }
  return repeats;
}

// The entries of one activity, equal ones only once if `once`.
function entriesOf(entries, activity, once) {
  const own = entries.filter((entry) => entry.activity === activity);
  const repeats = once ? repeatsAmong(own) : new Set();
  return own.filter((entry) => !repeats.has(entry));
}
