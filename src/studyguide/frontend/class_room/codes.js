// Hand-in codes: back from a text to the responses that codes.js wrote.
//
//   decodeCode(specs, text)   -> { activity, responses, code } or { fault, words }
//   findCodes(specs, text)    -> [{ line, text }]: what in a pasted chat is a code, or was meant as one
//
// `specs` is a list of specs, or an object of them. `code` is in its normal form, so equal codes are equal texts.
// Faults: "shape", "activity", "check", "version", "range".

Object.assign(STRINGS.code, {
  shape: () => "This is not a code, or a part of it is missing.",
  activity: (activity) => `This book has no activity “${activity}”.`,
  check: (activity) => `A code for “${activity}” with a slip in it: compare it with the original, letter by letter.`,
  version: (activity) => `This code comes from another version of “${activity}”.`,
  range: (activity) => `This code for “${activity}” holds answers that do not exist.`,
});

function decodeCode(specs, text) {
  const given = typeof text === "string" ? text.trim() : "";
  const shape = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([0-9a-z]{3,})\.([0-9a-z]{4})$/i.exec(given);
  if (!shape || given.length > LIMITS.code) return codeFault("shape");
  const activity = shape[1].toLowerCase();
  const [payload, check] = [readable(shape[2]), readable(shape[3])];
  if ([...payload, ...check].some((character) => !BASE32.includes(character))) return codeFault("shape");
  const spec = Object.values(specs).find((one) => one.activity === activity);
  if (!spec) return codeFault("activity", activity);
  if (check !== checkOf(`${activity}.${payload}`)) return codeFault("check", activity);
  if (payload.slice(0, 2) !== fingerprint(spec)) return codeFault("version", activity);
  let value = fromBase32(payload.slice(2));
  const responses = {};
  for (const item of [...spec.items].reverse()) {
    const digits = digitBases(item)
      .reverse()
      .map((base) => {
        const digit = value % base;
        value /= base;
        return digit;
      })
      .reverse();
    const response = digits.some((digit) => digit > 0n) ? itemResponse(item, digits) : null;
    if (response) responses[item.id] = response;
  }
  if (value !== 0n || payload[2] === "0") return codeFault("range", activity);
  const inOrder = spec.items.filter((item) => Object.hasOwn(responses, item.id));
  return {
    activity,
    responses: Object.fromEntries(inOrder.map((item) => [item.id, responses[item.id]])),
    code: `${activity}.${payload}.${check}`,
  };
}

// Names, times, addresses and emoji around a code are passed over; a code that was cut short is not.
function findCodes(specs, text) {
  const activities = Object.values(specs).map((spec) => spec.activity);
  const visible = String(text).replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, "");
  return visible.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line, index) =>
    (line.match(/[A-Za-z0-9.@/-]+/g) ?? [])
      .map((run) => run.replace(/^[.-]+|[.-]+$/g, ""))
      .filter((run) => meantAsCode(activities, run))
      .map((run) => ({ line: index + 1, text: run })),
  );
}

function meantAsCode(activities, run) {
  if (/[@/]/.test(run)) return false;
  const [activity, payload, check, ...more] = run.split(".");
  if (payload === undefined) return false;
  if (check !== undefined && more.length === 0 && payload.length >= 3 && check.length === 4) return true;
  const codelike = payload.length >= 3 && (/[0-9]/.test(payload) || payload === payload.toUpperCase());
  return codelike && activities.includes(activity.toLowerCase());
}

// What `itemDigits` made digits of; null where a digit says nothing (a multiple choice of no option).
function itemResponse(item, digits) {
  const at = (list, digit) => list[Number(digit) - 1];
  const unmask = (list, bits) => list.filter((_, bit) => (bits >> BigInt(bit)) & 1n);
  const parts = { version: item.version };
  codedSlots(item).forEach((slot, index) => {
    const known = valuesOf(item, slot);
    const digit = digits[index];
    if (digit === 0n) return;
    let value = at(known, digit);
    if (slot.kind === "order") value = atRank(known, digit - 1n);
    if (slot.kind === "set") value = slot.most === 1 ? [at(known, digit)] : unmask(known, digit - (slot.zero ? 1n : 0n));
    putAt(parts, slot.path, value);
  });
  return usableResponse(item, parts);
}

function atRank(shown, rank) {
  const places = [];
  for (let size = 1n; size <= BigInt(shown.length); size++) {
    places.unshift(Number(rank % size));
    rank /= size;
  }
  const left = [...shown];
  return places.map((place) => left.splice(place, 1)[0]);
}

// As Crockford reads: any case, and letters that are mistaken for digits.
function readable(text) {
  return text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
}

function fromBase32(text) {
  return [...text].reduce((value, character) => value * 32n + BigInt(BASE32.indexOf(character)), 0n);
}
