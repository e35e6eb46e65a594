// Hand-in codes: the responses to one activity as a short text that a chat can carry. The twin of questions/codes.py.
//
//   <activity>.<2 characters of fingerprint><responses as one number>.<4 characters of check>
//
// Numbers are written in Crockford's base 32. Words for each fault stand in STRINGS.code, under the fault's name.
//
//   encodeCode(spec, responses)   -> { code } or { fault, words }
//
// Faults: "prompts", "empty", "long". How codes are found and read, which one page alone does, is in class_room/codes.js.

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
  return code.length > LIMITS.code ? codeFault("long") : { code };
}

function codeFault(fault, activity = "") {
  return { fault, words: STRINGS.code?.[fault]?.(activity) ?? fault };
}

// The slots that have a digit: all but text, which travels by file alone.
function codedSlots(item) {
  return item.slots.filter((slot) => slot.kind !== "text");
}

// How many values each digit of an item can take.
function digitBases(item) {
  return codedSlots(item).map((slot) => {
    const known = valuesOf(item, slot);
    const size = BigInt(known.length);
    if (slot.kind === "order") return known.reduce((product, _, index) => product * BigInt(index + 1), 1n) + 1n;
    if (slot.kind === "set" && slot.most !== 1) return 2n ** size + (slot.zero ? 1n : 0n);
    return size + 1n;
  });
}

// A usable response (or null) as digits, each under its base.
function itemDigits(item, response) {
  const place = (list, value) => BigInt(list.indexOf(value) + 1);
  const mask = (list, ids) => list.reduce((sum, id, bit) => sum + (ids.includes(id) ? 2n ** BigInt(bit) : 0n), 0n);
  return codedSlots(item).map((slot) => {
    const known = valuesOf(item, slot);
    const value = valueAt(response, slot.path);
    if (value === undefined) return 0n;
    if (slot.kind === "order") return 1n + rankOf(known, value);
    if (slot.kind !== "set") return place(known, value);
    return slot.most === 1 ? place(known, value[0]) : (slot.zero ? 1n : 0n) + mask(known, value);
  });
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
  const canonical = spec.items.map((item) =>
    [item.id, item.version, item.type, item.ids.join(","), digitBases(item).join(",")].join(":"),
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
