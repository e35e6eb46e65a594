"""The named colours, by day and by night: the one source of the stylesheet's variables and of charts in Jupyter."""

from __future__ import annotations

from collections.abc import Mapping

ACCENT = {"day": "#2f5d8a", "night": "#8fbce8"}
"""The one colour beside paper and ink, for a guide that names none of its own in film.yaml."""
DAY = {
    "ink": "#1d1b19",
    "muted": "#655e55",
    "right": "#2b6a45",
    "line": "#d9cfbf",
    "paper": "#faf6ee",
    "wash": "#f1eadc",
    # For drawings: a dark plane, a light in it, a pale one, a warm one.
    "deep": "#1f2a3d",
    "light": "#f2c14e",
    "pale": "#fdfbf7",
    "warm": "#d9b793",
}
NIGHT = {
    "ink": "#ebe5d9",
    "muted": "#aaa396",
    "right": "#86cf9f",
    "line": "#353d4d",
    "paper": "#12161f",
    "wash": "#1b2130",
    "deep": "#0c1018",
    "light": "#ffd27a",
    "pale": "#a3aec0",
}
NAMES = ("accent", *DAY)
_BY_DAY = ":root,\n.sg"
_BY_NIGHT = 'html body[data-theme="dark"],\nhtml body[data-theme="dark"] .sg,\nbody[data-jp-theme-light="false"] .sg'
_BY_SYSTEM = (
    'html body:not([data-theme="light"], [data-jp-theme-light]),\n'
    'html body:not([data-theme="light"], [data-jp-theme-light]) .sg'
)


def variable(name: str) -> str:
    """How a chart or drawing names a colour: `var(--sg-accent)`."""
    return f"var(--sg-{name})"


def day(accent: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every colour by day, by name."""
    return {"accent": (accent or ACCENT)["day"], **DAY}


def stylesheet(accent: Mapping[str, str] | None = None) -> str:
    """The palette as CSS: on the document for pages and on .sg for notebooks, where there is no such page."""
    night = {"accent": (accent or ACCENT)["night"], **NIGHT}
    dark = f"{_variables(night)}\n  color-scheme: dark;"
    return (
        f"{_BY_DAY} {{\n{_variables(day(accent))}\n}}\n"
        f"@media not print {{\n{_BY_NIGHT} {{\n{dark}\n}}\n"
        f"@media (prefers-color-scheme: dark) {{\n{_BY_SYSTEM} {{\n{dark}\n}}\n}}\n}}\n"
    )


def _variables(colours: Mapping[str, str]) -> str:
    return "\n".join(f"  --sg-{name}: {colour};" for name, colour in colours.items())
