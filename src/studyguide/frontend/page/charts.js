// A chart is a picture. Whoever asks to explore it gets Plotly's figure of the same rows in its place: the library and
// the figure are fetched only then, as classic scripts, which load from `file://` too.

const CHART_CONFIG = { displayModeBar: false, responsive: true, showSendToCloud: false, plotlyServerURL: "" };

function startCharts(folder) {
  const scripts = {};
  const load = (name) =>
    (scripts[name] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${folder}${name}`;
      script.onload = resolve;
      script.onerror = () => {
        delete scripts[name];
        reject();
      };
      document.head.append(script);
    }));

  // Colours in a figure are names of CSS variables, so that one figure serves day and night.
  function coloured(value, style) {
    if (Array.isArray(value)) return value.map((one) => coloured(one, style));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, coloured(one, style)]));
    const variable = typeof value === "string" && /^var\((--sg-[a-z]+)\)$/.exec(value);
    return variable ? style.getPropertyValue(variable[1]).trim() : value;
  }

  function explorable(place) {
    const figure = place.closest(".sg-chart");
    const picture = figure.querySelector(".sg-picture");
    const [button, status, plot] = ["button", "span", "div"].map((tag) => document.createElement(tag));
    button.type = "button";
    button.textContent = CHART_STRINGS.explore;
    status.setAttribute("role", "status");
    plot.className = "sg-plot";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", picture.getAttribute("aria-label"));
    plot.hidden = true;
    place.append(button, " ", status);
    picture.after(plot);

    const { explore } = place.dataset;
    const paint = () => {
      const { data, layout } = coloured(window.studyguideFigures[explore], getComputedStyle(figure));
      return window.Plotly.react(plot, data, { ...layout, autosize: true }, CHART_CONFIG);
    };
    button.addEventListener("click", async () => {
      const exploring = !plot.hidden;
      status.textContent = "";
      if (!exploring) {
        status.textContent = CHART_STRINGS.loading;
        try {
          await Promise.all([load("plotly.min.js"), load(explore)]);
        } catch {
          status.textContent = CHART_STRINGS.failed;
          return;
        }
        status.textContent = "";
      }
      plot.hidden = exploring;
      picture.hidden = !exploring;
      button.textContent = exploring ? CHART_STRINGS.explore : CHART_STRINGS.back;
      if (!exploring) await paint();
      plot.toggleAttribute("data-drawn", !exploring);
    });
    return () => plot.hidden || paint();
  }

  const paints = [...document.querySelectorAll("[data-explore]")].map(explorable);
  const repaint = () => paints.forEach((paint) => paint());
  new MutationObserver(repaint).observe(document.body, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
}

// `document.currentScript` finds the static folder over http and from a USB stick alike.
startCharts(document.currentScript.src.replace(/[^/]*$/, ""));
