// Hand-in codes: the responses to one activity as a short text that a chat can carry. The twin of codes.py.
//
//   <activity>.<2 characters of fingerprint><responses as one number>.<4 characters of check>
//
// Numbers are written in Crockford's base 32. Words for each fault stand in STRINGS.code, under the fault's name.
//
//   encodeCode(spec, responses)   -> { code } or { fault, words }
//
// Faults: "prompts", "empty", "long". How codes are found and read, which one page alone does, is in codes_read.js.

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

// The place of a permutation among all of `shown`, in lexicographic order, from 0.
function rankOf(shown, order) {
  const left = [...shown];
  return order.reduce((rank, id) => {
    const place = left.indexOf(id);
    left.splice(place, 1);
    return rank * BigInt(left.length + 1) + BigInt(place);
  }, 0n);
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

function toBase32(value) {
  let text = "";
  for (; value > 0n; value /= 32n) text = BASE32[Number(value % 32n)] + text;
  return text;
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
