// Hand-in codes: the responses to one activity as a short text that a chat can carry. The twin of codes.py.
//
//   <activity>.<2 characters of fingerprint><responses as one number>.<4 characters of check>
//
// Numbers are written in Crockford's base 32. Words for each fault stand in STRINGS.code, under the fault's name.
//
//   encodeCode(spec, responses)   -> { code } or { fault, words }
//   decodeCode(specs, text)       -> { activity, responses, code } or { fault, words }
//   findCodes(specs, text)        -> [{ line, text }]: what in a pasted chat is a code, or was meant as one
//
// `specs` is a list of specs, or an object of them. `code` is in its normal form, so equal codes are equal texts.
// Faults: "prompts", "empty", "long" (of encoding); "shape", "activity", "check", "version", "range" (of decoding).

const CODE_LIMIT = 80;
const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function encodeCode(spec, responses) {
  if (spec.items.every((item) => digitBases(item).length === 0)) return codeFault("prompts");
  let value = 0n;
  for (const item of spec.items) {
    const digits = itemDigits(item, usableResponse(item, ownValue(responses, item.id)));
    digitBases(item).forEach((base, place) => {
      value = value * base + digits[place];
    });
  }
  if (value === 0n) return codeFault("empty");
  const body = `${spec.activity}.${fingerprint(spec)}${toBase32(value)}`;
  const code = `${body}.${checkOf(body)}`;
  return code.length > CODE_LIMIT ? codeFault("long") : { code };
}

function decodeCode(specs, text) {
  const given = typeof text === "string" ? text.trim() : "";
  const shape = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([0-9a-z]{3,})\.([0-9a-z]{4})$/i.exec(given);
  if (!shape || given.length > CODE_LIMIT) return codeFault("shape");
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

function codeFault(fault, activity = "") {
  return { fault, words: STRINGS.code?.[fault]?.(activity) ?? fault };
}

// How many values each digit of an item can take. Items without digits travel by file alone.
function digitBases(item) {
  const size = (list) => BigInt(list.length);
  switch (item.type) {
    case "choice":
      return [item.cardinality === "single" ? size(item.options) + 1n : 2n ** size(item.options) + 1n];
    case "order":
      return [item.shown.reduce((product, _, index) => product * BigInt(index + 1), 1n) + 1n];
    case "match":
      return item.pairs.map(() => size(item.choices) + 1n);
    case "rating":
      return [...item.aspects, ...item.aspects].map((aspect) => size(starsOf(aspect)) + 1n);
    case "interpretation": {
      const round = [size(item.readings) + 1n, size(CERTAINTIES) + 1n];
      return [...round, 2n ** size(item.steps), ...round];
    }
    default:
      return [];
  }
}

// A usable response (or null) as digits, each under its base.
function itemDigits(item, response) {
  if (!response) return digitBases(item).map(() => 0n);
  const place = (list, value) => BigInt(list.indexOf(value) + 1);
  const mask = (list, ids = []) => list.reduce((sum, id, bit) => sum + (ids.includes(id) ? 2n ** BigInt(bit) : 0n), 0n);
  switch (item.type) {
    case "choice":
      return [
        item.cardinality === "single" ? place(item.options, response.choice[0]) : 1n + mask(item.options, response.choice),
      ];
    case "order":
      return [1n + rankOf(item.shown, response.order)];
    case "match":
      return item.pairs.map((id) => place(item.choices, ownValue(response.match, id)));
    case "rating":
      return [response.before, response.after].flatMap((given) =>
        item.aspects.map((aspect) => place(starsOf(aspect), ownValue(given, aspect.id))),
      );
    case "interpretation": {
      const { first = {}, second = {} } = response;
      const round = ({ reading, certainty }) => [place(item.readings, reading), place(CERTAINTIES, certainty)];
      return [...round(first), mask(item.steps, first.steps), ...round(second)];
    }
    default:
      return [];
  }
}

// What `itemDigits` made digits of; null where a digit says nothing (a multiple choice of no option).
function itemResponse(item, digits) {
  const at = (list, digit) => list[Number(digit) - 1];
  const unmask = (list, bits) => list.filter((_, bit) => (bits >> BigInt(bit)) & 1n);
  const { version } = item;
  let parts;
  if (item.type === "choice")
    parts = {
      choice: item.cardinality === "single" ? [at(item.options, digits[0])] : unmask(item.options, digits[0] - 1n),
    };
  if (item.type === "order") parts = { order: atRank(item.shown, digits[0] - 1n) };
  if (item.type === "match")
    parts = { match: Object.fromEntries(item.pairs.map((id, place) => [id, at(item.choices, digits[place])])) };
  if (item.type === "rating") {
    const stars = (some) => Object.fromEntries(item.aspects.map((one, place) => [one.id, at(starsOf(one), some[place])]));
    const half = item.aspects.length;
    parts = { before: stars(digits.slice(0, half)), after: stars(digits.slice(half)) };
  }
  if (item.type === "interpretation") {
    const round = ([reading, certainty]) => ({ reading: at(item.readings, reading), certainty: at(CERTAINTIES, certainty) });
    parts = {
      first: { ...round(digits), steps: unmask(item.steps, digits[2]) },
      second: round(digits.slice(3)),
    };
  }
  return usableResponse(item, { version, ...parts });
}

// The place of a permutation among all of `shown`, in lexicographic order, from 0.
function rankOf(shown, order) {
  const left = [...shown];
  return order.reduce((rank, id) => {
    const place = left.indexOf(id);
    left.splice(place, 1);
    return rank * BigInt(left.length + 1) + BigInt(place);
  }, 0n);
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

// Ten bits that change with whatever changes the meaning of the digits.
function fingerprint(spec) {
  const ids = {
    choice: (item) => item.options,
    order: (item) => item.shown,
    match: (item) => [...item.pairs, ...item.choices],
    rating: (item) => item.aspects.map((aspect) => aspect.id),
    prompt: () => [],
    interpretation: (item) => [...item.readings, ...item.steps],
  };
  const canonical = spec.items.map((item) =>
    [item.id, item.version, item.type, ids[item.type](item).join(","), digitBases(item).join(",")].join(":"),
  );
  return toBase32(BigInt(crc32(canonical.join(";")) & 0x3ff)).padStart(2, "0");
}

function checkOf(body) {
  return toBase32(BigInt(crc32(body) & 0xfffff)).padStart(4, "0");
}

// As Crockford reads: any case, and letters that are mistaken for digits.
function readable(text) {
  return text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
}

function toBase32(value) {
  let text = "";
  for (; value > 0n; value /= 32n) text = BASE32[Number(value % 32n)] + text;
  return text;
}

function fromBase32(text) {
  return [...text].reduce((value, character) => value * 32n + BigInt(BASE32.indexOf(character)), 0n);
}

// CRC-32 (as in zip files) of an ASCII text, as a whole number from 0.
function crc32(text) {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
