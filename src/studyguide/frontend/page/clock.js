// A reader's copy of the film may run otherwise. Whoever enters at which times one early and one late line fall there
// gets every time on the page shifted and scaled, on this and every other page of the guide.
//
//   clockOf(cues, given)   -> { scale, shift } or { fault }: from the guide's two times to the reader's, both in seconds

const MOST_SCALE = 0.15; // a copy that runs a seventh faster or slower is another film

function clockOf([early, late], given) {
  if (given.some((one) => one === null)) return { fault: "shape" };
  if (given[1] <= given[0]) return { fault: "order" };
  const scale = (given[1] - given[0]) / (late - early);
  if (Math.abs(scale - 1) > MOST_SCALE) return { fault: "far" };
  return { scale, shift: given[0] - scale * early };
}

function secondsOf(text) {
  const match = /^\s*(\d):([0-5]?\d):([0-5]?\d)\s*$/.exec(text);
  return match ? 3600 * Number(match[1]) + 60 * Number(match[2]) + Number(match[3]) : null;
}

function timeText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (number) => String(number).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

function startClock() {
  const control = document.querySelector("[data-clock]");
  if (!control) return;
  const fields = [...control.querySelectorAll("input")];
  const cues = fields.map((field) => Number(field.dataset.cue));
  const status = control.querySelector("[role=status]");
  const key = `studyguide:${control.dataset.clock}:clock`;
  const times = [...document.querySelectorAll("[data-at]")];
  const say = (text) => {
    status.textContent = text;
  };

  function show(clock) {
    const { scale, shift } = clock ?? { scale: 1, shift: 0 };
    for (const time of times) time.textContent = timeText(scale * Number(time.dataset.at) + shift);
    control.querySelector('[data-do="reset"]').hidden = !clock;
  }

  function keep(given) {
    try {
      if (given) localStorage.setItem(key, JSON.stringify(given));
      else localStorage.removeItem(key);
      return "";
    } catch {
      return CLOCK_STRINGS.thisPageOnly;
    }
  }

  function kept() {
    try {
      const given = JSON.parse(localStorage.getItem(key));
      return Array.isArray(given) && given.length === 2 && given.every(Number.isFinite) ? given : null;
    } catch {
      return null;
    }
  }

  control.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const given = fields.map((field) => secondsOf(field.value));
    const clock = clockOf(cues, given);
    if (clock.fault) {
      fields[clock.fault === "shape" ? given.indexOf(null) : 1].focus();
      return say(CLOCK_STRINGS[clock.fault]);
    }
    show(clock);
    say([CLOCK_STRINGS.shifted(Math.round(clock.shift), clock.scale), keep(given)].filter(Boolean).join(" "));
  });
  control.querySelector('[data-do="reset"]').addEventListener("click", () => {
    show(null);
    for (const field of fields) field.value = "";
    say([CLOCK_STRINGS.reset, keep(null)].filter(Boolean).join(" "));
    fields[0].focus();
  });

  const given = kept();
  const clock = given && clockOf(cues, given);
  if (clock && !clock.fault) {
    given.forEach((one, index) => {
      fields[index].value = timeText(one);
    });
    show(clock);
  }
  control.hidden = false;
}

startClock();
