// All sources of a page at once, for teachers and checkers: a switch beside the one for day and night, remembered by the
// browser. The page's head has set it already, so that nothing moves.

function startSources() {
  if (!document.querySelector(".sg-proof")) return;
  const open = () => document.documentElement.classList.contains("sg-all-sources");
  const buttons = [...document.querySelectorAll(".theme-toggle-container")].map((place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sg-all";
    button.textContent = "\u00a7";
    button.title = PAGE_STRINGS.allSources;
    button.setAttribute("aria-label", PAGE_STRINGS.allSources);
    place.prepend(button);
    return button;
  });
  const tell = () => buttons.forEach((button) => button.setAttribute("aria-pressed", String(open())));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      document.documentElement.classList.toggle("sg-all-sources");
      tell();
      try {
        localStorage.setItem("studyguide:all-sources", open() ? "1" : "");
      } catch {
        // A browser that keeps nothing shows them on this page alone.
      }
    });
  }
  tell();
}
