// The front end without a page, under node, against the tables of cases that the Python twins pass too. test_frontend.py
// joins the sources to a module and names it in FRONT_END; a file of more codes may be given.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const front = await import(process.env.FRONT_END);
const { STRINGS, scoreItem, usableResponse, encodeCode, decodeCode, findCodes } = front;
const cases = (name) => JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), "utf8"));

const table = cases("scoring");
const STAND_INS = {
  nan: NaN,
  infinity: Infinity,
  long: "long ".repeat(20_000),
  deep: Array.from({ length: 10_000 }).reduce((inner) => [inner], []),
};

// JSON.parse makes `__proto__` a key like any other; so does this.
function filled(value) {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, "$")) return STAND_INS[value.$];
  const copy = {};
  for (const [key, inner] of Object.entries(value))
    Object.defineProperty(copy, key, { value: filled(inner), enumerable: true, writable: true, configurable: true });
  return copy;
}

const specOf = (items) => ({ activity: "class-1", title: "", check: "each", items: items.map((id) => table.items[id]) });

for (const [name, item, response, state, points, best, usable] of table.cases)
  test(name, () => {
    const spec = table.items[item];
    const given = filled(response);
    assert.deepEqual(scoreItem(spec, given), { state, points, best });
    assert.deepEqual(usableResponse(spec, given), usable);
    assert.deepEqual(usableResponse(spec, usableResponse(spec, given)), usable, "twice is as good as once");
  });

test("a response leaves the prototype of all objects alone", () => {
  const hostile = JSON.parse('{"version":1,"match":{"__proto__":{"polluted":"x"},"constructor":"x"}}');
  usableResponse(table.items.match, hostile);
  assert.equal({}.polluted, undefined);
});

for (const [name, items, responses, code] of table.codes)
  test(`a code: ${name}`, () => {
    assert.deepEqual(encodeCode(specOf(items), responses), { code });
    assert.deepEqual(decodeCode([specOf(items)], code), { activity: "class-1", responses, code });
    assert.deepEqual(decodeCode({ one: specOf(items) }, ` ${code.toLowerCase()} `).responses, responses);
    for (const [zero, one] of ["oi", "OI", "ol", "OL"]) {
      const misread = code.slice(8).replace(/0/g, zero).replace(/1/g, one);
      assert.equal(decodeCode([specOf(items)], `class-1.${misread}`).code, code);
    }
  });

test("every fault has a name and words of its own", () => {
  const spec = specOf(["single", "order"]);
  const { code } = encodeCode(spec, { single: { version: 1, choice: ["a"] } });
  const again = { ...spec, items: spec.items.map((item) => ({ ...item, version: item.version + 1 })) };
  const long = specOf(Array(90).fill("order"));
  const order = { order: { version: 1, order: ["first", "second", "third", "constructor"] } };
  const slip = code.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  const faults = [
    ["prompts", "", encodeCode(specOf(["prompt"]), { prompt: { version: 1, text: "x" } })],
    ["empty", "", encodeCode(spec, { single: { version: 9, choice: ["a"] } })],
    ["long", "", encodeCode(long, order)],
    ["shape", "", decodeCode([spec], "hello")],
    ["activity", "class-2", decodeCode([spec], code.replace("class-1", "class-2"))],
    ["check", "class-1", decodeCode([spec], slip)],
    ["version", "class-1", decodeCode([again], code)],
  ];
  for (const [fault, activity, answer] of faults) {
    assert.deepEqual(answer, { fault, words: STRINGS.code[fault](activity) });
    assert.match(answer.words, /^[A-Z].*\.$/);
  }
  assert.ok(STRINGS.code.range("class-1"));
});

test("an answer that does not exist is told apart from a slip", () => {
  const [, , , code] = table.codes[0];
  for (const digits of ["4", "ZZ", "02"])
    assert.equal(decodeCode([specOf(["single"])], forged(code, digits)).fault, "range", digits);
  assert.equal(decodeCode([specOf(["single"])], forged(code, "2")).code, code, "the forger's own check is right");
});

// The code with other digits and a check that fits them, as nobody's slip would make it.
function forged(code, digits) {
  const [activity, payload] = code.split(".");
  const body = `${activity}.${payload.slice(0, 2)}${digits}`;
  let crc = 0xffffffff;
  for (const character of body) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const check = [15, 10, 5, 0].map((shift) => alphabet[((~crc >>> 0) >>> shift) & 31]).join("");
  return `${body}.${check}`;
}

test("what is no code is refused without an exception", () => {
  const spec = specOf(["single"]);
  const hostile = [undefined, null, NaN, {}, [], 7, "", ".", "..", "a.b.c", "class-1", "class-1.000.0000", "__proto__.000.0000"];
  hostile.push(STAND_INS.long, "-".repeat(100_000), "a-".repeat(50_000), "clasſ-1.K12.1234", "class-1.0U0.0000", "constructor.123.1234");
  for (const text of hostile) assert.ok(["shape", "activity", "check"].includes(decodeCode([spec], text).fault), String(text).slice(0, 40));
});

test("codes are found between names, times, addresses and emoji", () => {
  const [, items, , code] = table.codes[6];
  const chat = [
    `10:42 Ana: ${code} 🎬`,
    "Ben (10:43): hi Ms. Smith, see https://abc.example.info or mail ana@class.abc.defg",
    `*${code}*, (${code.toLowerCase()}). "${code}"`,
    `[22/11/26, 10:44] Zoë:${code.slice(0, 9)}\u200b${code.slice(9)}\u200b`,
    `Cleo: ${code.slice(0, -5)}`,
    "I liked class-1.The end",
  ].join("\r\n");
  assert.deepEqual(
    findCodes([specOf(items)], chat).map(({ line, text }) => `${line} ${text}`),
    [1, 3, 3, 3, 4].map((line, place) => `${line} ${place === 2 ? code.toLowerCase() : code}`).concat(`5 ${code.slice(0, -5)}`),
  );
});

test("a long line without an end is passed over at once", () => {
  const start = performance.now();
  for (const piece of ["a", "a-", "a.", "-", ".", "a.b", "\u200b"]) findCodes([specOf(["single"])], piece.repeat(100_000));
  assert.ok(performance.now() - start < 2000);
});

for (const [text, cell] of cases("csv").cells)
  test(`a cell of a table: ${JSON.stringify(text)}`, () => {
    const quoted = front.csvCell(text);
    assert.equal(quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted, cell);
  });

const counting = cases("counting");
for (const { name, text, files, expected } of counting.cases)
  test(`a class: ${name}`, () => {
    const read = files.map((file, index) => front.readClassFile(counting.guide, `${index}.json`, file));
    const { entries, broken, leftOut } = front.collectClass(counting.specs, text, read);
    const counts = {};
    for (const spec of counting.specs)
      for (const item of spec.items) {
        const own = entries.filter((one) => one.activity === spec.activity).map((one) => one.responses[item.id]);
        const answered = own.filter(Boolean);
        for (const [part, given] of answered.length ? front.countAnswers(item, answered) : [])
          for (const [answer, count] of given)
            if (count) counts[`${spec.activity} ${item.id}: ${part} = ${answer}`] = count;
      }
    assert.deepEqual(
      {
        handedIn: entries.map((one) => one.activity),
        repeats: front.repeatsAmong(entries).size,
        broken: broken.map((one) => one.fault),
        leftOut,
        counts,
      },
      expected,
    );
  });

for (const { name, item, response, words, rows } of cases("rows").cases)
  test(`rows of My work: ${name}`, () => {
    const spec = table.items[item];
    const usable = usableResponse(spec, response);
    const made = usable ? front.answerRows(spec, usable, words) : front.outdatedRows(response, words);
    assert.deepEqual(made.map(({ part, answer }) => [part, answer]), rows);
  });

// More codes than the table has: [{ spec, responses, code }], made in Python.
const [, , more] = process.argv;
if (more)
  test("every code that Python made is made and read alike", () => {
    const batch = JSON.parse(readFileSync(more, "utf8"));
    assert.ok(batch.length > 100);
    for (const { spec, responses, code, decoded } of batch) {
      assert.deepEqual(encodeCode(spec, responses), { code });
      assert.deepEqual(decodeCode([spec], code), { activity: spec.activity, responses: decoded, code });
    }
  });
