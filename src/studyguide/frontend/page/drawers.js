// The theme opens its drawers with labels of hidden checkboxes, which no keyboard reaches. Here they become buttons.

function startDrawers() {
  const drawers = [
    ["__navigation", ".nav-overlay-icon", ".sidebar-drawer", PAGE_STRINGS.bookContents],
    ["__toc", ".toc-overlay-icon", ".toc-drawer", PAGE_STRINGS.pageContents],
  ];
  for (const [id, handle, drawer, name] of drawers) {
    const box = document.getElementById(id);
    const content = document.querySelector(drawer);
    if (!box || !content) continue;
    const buttons = [...document.querySelectorAll(handle)].map((label) => asButton(label, name));
    const tell = () => buttons.forEach((button) => button.setAttribute("aria-expanded", String(box.checked)));
    let opener = buttons[0];
    const toggle = () => {
      box.checked = !box.checked;
      tell();
      if (box.checked) content.querySelector("a, input, button")?.focus();
      else opener?.focus();
    };
    for (const button of buttons)
      button.addEventListener("click", () => {
        opener = button;
        toggle();
      });
    content.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.checked) toggle();
    });
    box.addEventListener("change", tell);
    tell();
  }
}

function asButton(label, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = label.className;
  button.setAttribute("aria-label", name);
  button.append(...label.childNodes);
  label.replaceWith(button);
  return button;
}
