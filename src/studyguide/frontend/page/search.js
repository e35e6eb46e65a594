// Search for places: sections, steps, terms, claims, questions, facts and charts, each with its anchor and an excerpt. A
// word in a title counts more than one in the chapter's, and that more than one in the text. What a chapter's author calls
// its keywords counts almost as its title.

// How much a kind of place counts.
const WEIGHTS = { chapter: 1.5, section: 1.3, step: 1.2, term: 1.2, claim: 1.1, fact: 1, chart: 0.9, line: 0.9, item: 0.8 };
const COMMON = new Set("a an and are as at by did do does for from how in is it its of on or that the this to was what who with".split(" "));
const SHOWN = 40;
const AROUND = 90; // characters of an excerpt on each side of a hit

// Small letters without accents; what joins words becomes a space. As long as the text, so that places stay places.
function folded(text) {
  const plain = (one) => {
    const bare = one.normalize("NFD").replace(/\p{M}/gu, "");
    return bare.length === one.length ? bare : one;
  };
  return text.toLowerCase().replace(/[\u00c0-\u024f]/g, plain).replace(/[-‐–—’'"“”.,;:!?()/·*]/g, " ");
}

function tokensOf(query) {
  const all = folded(query).split(/\s+/).filter(Boolean);
  const rare = all.filter((word) => !COMMON.has(word));
  return rare.length ? rare : all;
}

// A word as it is looked for: from its beginning, and without an ending that only grammar gave it.
const stemOf = (token) => (token.length > 5 ? token.replace(/(?:ings?|ed|es|s)$/, "") : token);

function patternOf(token) {
  const escaped = stemOf(token).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // Writing without spaces has no beginnings of words.
  return new RegExp(/^[\x20-\x7e\u00c0-\u024f]+$/.test(token) ? `(?<![\\p{L}\\p{N}])${escaped}` : escaped, "gu");
}

const count = (pattern, text) => (text.match(pattern) ?? []).length;

function rated(place, patterns, query) {
  const found = patterns.map((pattern) => {
    const text = Math.min(6, count(pattern, place.folded.text));
    const heading = count(pattern, place.folded.heading) ? (place.kind === "chapter" ? 36 : 8) : 0;
    const title = count(pattern, place.folded.title) ? 40 + 20 / Math.max(1, place.folded.title.trim().split(/\s+/).length) : 0;
    return title + heading + text;
  });
  const hits = found.filter(Boolean).length;
  const whole = place.folded.about.trim() === query ? 60 : 0;
  const phrase = query.includes(" ") && place.folded.text.includes(query) ? 12 : 0;
  const score = (found.reduce((sum, one) => sum + one, 0) + whole + phrase) * WEIGHTS[place.kind];
  return { place, hits, score };
}

function searched(places, query) {
  const patterns = tokensOf(query).map(patternOf);
  if (!patterns.length) return [];
  const said = folded(query).trim().replace(/\s+/g, " ");
  const found = places.map((place) => rated(place, patterns, said)).filter((one) => one.hits);
  const most = Math.max(0, ...found.map((one) => one.hits));
  const best = found.filter((one) => one.hits === most).sort((one, other) => other.score - one.score);
  // Parts of a place that open at different steps are one place.
  const known = new Set();
  return best.filter(({ place }) => !known.has(place.href) && known.add(place.href));
}

// The text around the first hit, as nodes, with every hit marked.
function excerptOf(text, patterns) {
  const plain = folded(text);
  const hits = patterns.flatMap((pattern) => [...plain.matchAll(pattern)].map((one) => [one.index, one.index + one[0].length]));
  hits.sort(([one], [other]) => one - other);
  const first = hits[0]?.[0] ?? 0;
  const start = first > AROUND ? text.indexOf(" ", first - AROUND) + 1 : 0;
  const cut = text.lastIndexOf(" ", first + 1.6 * AROUND);
  const end = text.length <= first + 1.6 * AROUND || cut <= first ? text.length : cut;
  const nodes = [start ? "… " : ""];
  let at = start;
  for (const [from, to] of hits) {
    if (from < at || to > end) continue;
    let until = to;
    while (until < end && /[\p{L}\p{N}]/u.test(text[until]) && /[\x20-\u024f]/.test(text[until])) until += 1;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, until);
    nodes.push(text.slice(at, from), mark);
    at = until;
  }
  nodes.push(text.slice(at, end), end < text.length ? " …" : "");
  return nodes;
}

function startSearch(root, folder) {
  const field = root.querySelector("input");
  const [status, list] = [root.querySelector("[role=status]"), root.querySelector("ol")];
  const base = root.dataset.search;
  let loading;
  let waiting;

  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${folder}places.js`;
      script.onload = () => resolve(window.studyguidePlaces.flatMap(placesOf));
      script.onerror = reject;
      document.head.append(script);
    }));

  function placesOf({ page, keywords, places }) {
    const chapter = places[0][2];
    return places.map(([kind, anchor, title, text, opens]) => {
      const heading = kind === "chapter" ? keywords : chapter;
      // A section "Misaki, who knows by ear" is about Misaki.
      const subject = kind === "section" ? title.split(",")[0] : title;
      const [one, two, three, about] = [title, heading, text, subject].map(folded);
      const href = `${base}${page}.html${anchor ? `#${anchor}` : ""}`;
      return { kind, title, text, opens, chapter, href, folded: { title: one, heading: two, text: three, about } };
    });
  }

  function entry({ place }, patterns) {
    const made = (tag, name, ...content) => {
      const one = document.createElement(tag);
      if (name) one.className = name;
      one.append(...content);
      return one;
    };
    const link = made("a", "", ...excerptOf(place.title, patterns));
    link.href = place.href;
    const kind = SEARCH_STRINGS.kinds[place.kind];
    const where = place.kind === "chapter" ? kind : `${kind} · ${place.chapter}`;
    return made("li", "", made("p", "", link), made("p", "sg-where", where), made("p", "", ...excerptOf(place.text, patterns)));
  }

  async function run() {
    const query = field.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    list.replaceChildren();
    if (!query) {
      status.textContent = "";
      return;
    }
    status.textContent = SEARCH_STRINGS.loading;
    let places;
    try {
      places = await load();
    } catch {
      status.textContent = SEARCH_STRINGS.failed;
      return;
    }
    if (field.value.trim() !== query) return;
    const seen = Number(document.documentElement.dataset.seen ?? Infinity);
    const found = searched(places.filter((place) => place.opens <= seen), query);
    const patterns = tokensOf(query).map(patternOf);
    list.replaceChildren(...found.slice(0, SHOWN).map((one) => entry(one, patterns)));
    status.textContent = SEARCH_STRINGS.found(found.length, Math.min(found.length, SHOWN), query);
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, 150);
  });
  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    run();
  });
  root.querySelector("form").hidden = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  addEventListener("studyguide-seen", run);
  if (field.value) run();
  else field.focus();
}

{
  const root = document.querySelector("[data-search]");
  if (root) startSearch(root, document.currentScript.src.replace(/[^/]*$/, ""));
}
