// Charts are drawn when they come near the viewport: until then a page weighs what its text weighs.

const CHART_CONFIG = { displayModeBar: false, responsive: true, showSendToCloud: false, plotlyServerURL: "" };
// In CSS pixels: what A4 and Letter have between their margins.
const PAPER_WIDTH = 640;

function startCharts(folder) {
  const figures = [...document.querySelectorAll("[data-chart]")];
  if (!figures.length) return;
  let library;
  const load = () =>
    (library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${folder}plotly.min.js`;
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    }));

  // Colours in a figure are names of CSS variables, so that one figure serves day, night and paper.
  function coloured(value, style) {
    if (Array.isArray(value)) return value.map((one) => coloured(one, style));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, coloured(one, style)]));
    const variable = typeof value === "string" && /^var\((--sg-[a-z]+)\)$/.exec(value);
    return variable ? style.getPropertyValue(variable[1]).trim() : value;
  }

  function paint(plotly, figure, width) {
    const plot = figure.querySelector(".sg-plot");
    const spec = JSON.parse(figure.querySelector(".sg-figure").textContent);
    const { data, layout } = coloured(spec, getComputedStyle(figure));
    // On a phone the labels of neighbouring bars would meet: there they stand upright.
    if (plot.clientWidth < 520)
      for (const trace of data) if (trace.type === "bar") trace.textangle = -90;
    return plotly.react(plot, data, { ...layout, width, autosize: !width }, CHART_CONFIG);
  }

  async function draw(figure) {
    const plot = figure.querySelector(".sg-plot");
    try {
      await paint(await load(), figure);
      plot.dataset.drawn = "";
    } catch {
      plot.style.height = "auto";
      plot.textContent = plot.dataset.failed;
    }
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          near.unobserve(target);
          draw(target);
        }
    },
    { rootMargin: "400px 0px" },
  );
  for (const figure of figures) near.observe(figure);

  const drawn = () => figures.filter((figure) => figure.querySelector("[data-drawn]"));
  const redraw = () => drawn().forEach(draw);
  // On paper a chart has the paper's width and the colours of the day, whatever the screen shows.
  addEventListener("beforeprint", () => {
    for (const figure of drawn()) {
      figure.classList.add("sg-paper");
      paint(window.Plotly, figure, PAPER_WIDTH);
    }
  });
  addEventListener("afterprint", () => {
    for (const figure of drawn()) {
      figure.classList.remove("sg-paper");
      paint(window.Plotly, figure);
    }
  });
  new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

// `document.currentScript` finds the static folder over http and from a USB stick alike.
startCharts(document.currentScript.src.replace(/[^/]*$/, ""));
