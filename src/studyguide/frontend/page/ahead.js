// What opens later than the step a reader has seen is not shown, wherever it stands: `opens-22` opens with step 22.
// This runs in the page before its content, so that nothing is seen and then taken away; spine.js calls it again.
function studyguideHide(seen, last) {
  const id = "studyguide-ahead";
  const style =
    document.getElementById(id) ?? document.head.appendChild(Object.assign(document.createElement("style"), { id }));
  const later = Array.from({ length: Math.max(0, last - seen) }, (_, index) => `.opens-${seen + 1 + index}`);
  style.textContent = later.length ? `:is(${later}):not(.sg-shown) { display: none !important; }` : "";
  document.documentElement.dataset.seen = seen;
  dispatchEvent(new Event("studyguide-seen"));
}

// How far a reader is, by what the browser keeps: all of it, unless they said otherwise.
function studyguideSeen(guide, last) {
  try {
    const kept = localStorage.getItem(`studyguide:${guide}:seen`) ?? "";
    return /^\d+$/.test(kept) && Number(kept) < last ? Number(kept) : last;
  } catch {
    return last;
  }
}
