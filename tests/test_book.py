"""The built book as files: links, heads, folds, notebooks, and that a build shows what the sources say now."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import books
import pytest
import yaml
from reading import Page, figure_of

from studyguide import frontend
from studyguide.chapters import checking, notebooks, starting
from studyguide.chapters.book import settings
from studyguide.guide import Guide, GuideError

CHAPTERS = books.chapters()
CITE = re.compile(r"\{cite\}`([^`]+)`")
RAW = re.compile(r"\{[a-z:-]+\}`|^(?::::+|```+|~~~+)\{|^\([a-z0-9-]+\)=$", re.MULTILINE)
STRANGERS = ("widget-state", "widget-view", "html-manager", "require.js", "require.min.js", "cdn.", "unpkg", "mathjax")


@pytest.fixture(scope="module")
def pages(book: Path) -> dict[str, Page]:
    """Every page of the book by its path, save the one that only forwards."""
    return {
        path.relative_to(book).as_posix(): Page(path)
        for path in sorted(book.rglob("*.html"))
        if path.name != "index.html"
    }


def test_every_internal_link_and_every_anchor_leads_somewhere(book: Path, pages: dict[str, Page]) -> None:
    faults = []
    for name, page in pages.items():
        for tag, _, address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or (tag == "form" and not address):
                continue
            target = ((page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path).relative_to(book)
            if not (book / target).is_file():
                faults.append(f"{name}: <{tag}> {address}: no such file")
            elif parts.fragment and target.suffix == ".html":
                ids = pages[target.as_posix()].ids
                if unquote(parts.fragment) not in ids:
                    faults.append(f"{name}: <{tag}> {address}: no such anchor")
    assert not faults, "\n".join(faults)


def test_every_citation_names_a_source_and_every_source_has_an_entry(guide: Guide, pages: dict[str, Page]) -> None:
    for chapter in CHAPTERS:
        text = (books.ROOT / f"{chapter}.md").read_text(encoding="utf-8")
        cited = {key.strip() for keys in CITE.findall(text) for key in keys.split(",")}
        assert cited <= set(guide.sources.ids()), f"{chapter}: {cited - set(guide.sources.ids())}"
    entries = pages["chapters/references.html"].ids
    assert {f"ref-{key}" for key in guide.sources.ids()} <= entries


def test_no_page_loads_anything_from_another_host(book: Path, pages: dict[str, Page]) -> None:
    outside = [
        f"{name}: <{tag}> {address}"
        for name, page in pages.items()
        for tag, attributes, address in page.addresses
        if urlsplit(address).netloc and tag != "a" and attributes.get("rel") != "canonical"
    ]
    assert not outside, "\n".join(outside)
    called = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//")
    styles = {path.name: path.read_text(encoding="utf-8") for path in book.rglob("*.css")}
    assert styles
    assert [name for name, text in styles.items() if called.search(text)] == []


def test_no_page_carries_a_widget_or_its_loader(pages: dict[str, Page]) -> None:
    # Scripts alone: prose may name what it likes, and a link to a source is no loader.
    for name, page in pages.items():
        scripts = " ".join(re.findall(r"<script\b[^>]*>(?:[^<]{0,2000})", page.html)).lower()
        assert [stranger for stranger in STRANGERS if stranger in scripts] == [], name


def test_scripts_and_styles_reach_the_page_without_what_only_their_authors_need(book: Path) -> None:
    sources = {"study.js": frontend.page_script(), "study.css": frontend.page_stylesheet(), **frontend.feature_files()}
    for name, source in sources.items():
        built = (book / "_static" / name).read_text(encoding="utf-8")
        assert len(built) < 0.9 * len(source), name
        assert not re.search(r"(?m)^\s+|^//|/\*", built), name


def test_a_page_loads_the_scripts_of_what_stands_on_it_and_no_others(pages: dict[str, Page]) -> None:
    wanted = {name: set(frontend.features(page.html)) for name, page in pages.items()}
    assert set().union(*wanted.values()) == set(frontend.FEATURES)
    for name, page in pages.items():
        loaded = {address.rpartition("/")[2].partition("?")[0] for _, _, address in page.addresses}
        for feature, kinds in frontend.FEATURES.items():
            there = {f"{feature}.{kind}" for kind in kinds} & loaded
            assert there == ({f"{feature}.{kind}" for kind in kinds} if feature in wanted[name] else set()), name


def test_every_page_offers_to_hide_what_is_not_seen_and_one_asks(pages: dict[str, Page]) -> None:
    offering = {name for name, page in pages.items() if " data-watched=" in page.html}
    assert offering == {name for name in pages if name.startswith("chapters/")} | {"search.html"}
    assert [name for name, page in pages.items() if " data-ask " in page.html] == ["chapters/welcome.html"]


def test_every_section_has_an_opening_step_and_its_entry_in_the_contents_the_same(
    pages: dict[str, Page], guide: Guide
) -> None:
    section = re.compile(r'<section(?: class="([^"]*)")? id="([^"]+)"')
    entry = re.compile(r'<li(?: class="([^"]*)")?><a class="reference internal" href="#([^"]+)"')
    opens = re.compile(r"opens-(\d+)")
    some = set()
    for page in pages.values():
        steps = {
            name: opens.findall(classes or "") for classes, name in section.findall(page.html.partition("<article")[2])
        }
        entries = {name: opens.findall(classes or "") for classes, name in entry.findall(page.html)}
        assert all(steps[name] == found for name, found in entries.items() if steps.get(name))
        some |= {step for found in steps.values() for step in found}
    assert len(some) > 10 and max(map(int, some)) == len(guide.steps)


def test_every_badge_opens_a_text_of_its_own(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        targets = re.findall(r' popovertarget="([^"]+)"', page.html)
        texts = re.findall(r' id="([^"]+)" popover>', page.html)
        assert targets == texts and len(set(texts)) == len(texts), name


def test_all_code_is_folded_but_where_it_is_to_be_read(pages: dict[str, Page]) -> None:
    assert any("cell_input" in page.html for page in pages.values())
    assert [name for name, page in pages.items() if page.unfolded] == ["chapters/minutes.html"]


def test_every_page_has_a_title_an_icon_and_a_description(pages: dict[str, Page]) -> None:
    faults = []
    for name, page in pages.items():
        icon = page.relations.get("shortcut icon") or page.relations.get("icon", "")
        if not (page.path.parent / icon).resolve().is_file() or not icon:
            faults.append(f"{name}: no icon")
        if not page.title.strip():
            faults.append(f"{name}: no title")
        if len(page.metas.get("description", "")) < 40:
            faults.append(f"{name}: no description")
    assert not faults, "\n".join(faults)
    titles = [page.title for page in pages.values()]
    assert len(set(titles)) == len(titles)


def test_every_chapter_that_runs_is_there_as_a_notebook_without_markup_of_the_book(book: Path) -> None:
    runnable = [Path(f"{chapter}.md") for chapter in CHAPTERS if notebooks.is_chapter(books.ROOT / f"{chapter}.md")]
    assert runnable
    built = sorted(path.name for path in (book / "notebooks").iterdir())
    assert built == sorted(f"{path.stem}.ipynb" for path in runnable)
    for name in built:
        notebook = json.loads((book / "notebooks" / name).read_text(encoding="utf-8"))
        texts = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        assert texts
        assert [text for text in texts if RAW.search(text)] == [], name
        links = [link for text in texts for link in re.findall(r"\]\(([\w-]+\.ipynb)", text)]
        assert set(links) <= {*built}, name


# --- building again: the small book of `studyguide new`, with one more chapter ----------------------------------------

# A number that one chapter has in its prose, in a chart, in that chart's finding and in its table.
CHAPTER, CHART = "chapters/money.html", "chart-money"
SITE, REPOSITORY = "https://films.example/guide", "https://code.example/guide"
ROW = "opening,United States,gross,50000,USD,exact,1924-04-21,1924-04-27,,reported,week 1,wikipedia,D,Made up"
MONEY = """# Money

It opened with {figure}`opening` {cite}`wikipedia`.

```{code-cell} ipython3
import studyguide
from studyguide import charts, wording

guide = studyguide.load()
charts.panels(
    guide,
    "money",
    title="Money",
    finding=f"It opened with {wording.amount_value(guide.box_office['opening'])}.",
    panels=[charts.Panel("Gross", guide.box_office.where(id="opening"))],
)
```
"""


@dataclass(frozen=True)
class Build:
    """One build: what it printed and every file it made, by path."""

    log: str
    files: dict[str, bytes]
    page: Page
    """The chapter with the number."""


@dataclass(frozen=True)
class Builds:
    """What one author built in a row, in one folder; and once more elsewhere."""

    chapters: list[str]
    elsewhere: Build
    first: Build
    unchanged: Build
    number: Build
    code: Build
    blank: Build


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """From scratch; again; after changing a number; template, package and addresses; addresses unset.

    The package is a copy too, so that it can be changed.
    """
    folder, other = (small_book(tmp_path_factory.mktemp(name)) for name in ("author", "other"))
    package = shutil.copytree(books.ROOT / "src" / "studyguide", folder / "src" / "studyguide")
    config, figures = folder / "_config.yml", folder / "data" / "box_office.csv"

    def build(folder: Path = folder) -> Build:
        log = books.build(folder, PYTHONPATH=str(package.parent))
        out = books.html(folder)
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        return Build(log, files, Page(out / CHAPTER))

    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert re.search(old, text, re.MULTILINE), f"{path.name}: {old}"
        path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")

    elsewhere, first, unchanged = build(other), build(), build()
    edit(figures, ",50000,", ",57007,")
    number = build()
    edit(package / "page" / "templates" / "chart.html", r"\Z", '<p class="changed-template"></p>')
    edit(package / "guide" / "wording.py", r"\Z", '\nSYMBOLS["USD"] = "US-DOLLARS "\n')
    for key, address in (("site", SITE), ("repository", REPOSITORY)):
        edit(config, rf"^( *studyguide_{key}_url:).*$", rf"\1 {address}")
    code = build()
    for key in ("site", "repository"):
        edit(config, rf"^( *studyguide_{key}_url:).*$", r'\1 ""')
    names = [path.relative_to(folder).with_suffix("").as_posix() for path in checking.contents(folder)]
    return Builds(names, elsewhere, first, unchanged, number, code, build())


def small_book(folder: Path) -> Path:
    """The book that `studyguide new` writes, with a chapter on money."""
    starting.start(folder, starting.Film())
    with (folder / "data" / "box_office.csv").open("a", encoding="utf-8") as file:
        file.write(ROW + "\n")
    head = (folder / "chapters" / "story.md").read_text(encoding="utf-8").partition("\n---\n")[0]
    (folder / "chapters" / "money.md").write_text(f"{head}\n---\n\n{MONEY}", encoding="utf-8")
    contents = folder / "_toc.yml"
    listed = contents.read_text(encoding="utf-8").replace(
        "chapters/people\n", "chapters/people\n      - file: chapters/money\n"
    )
    contents.write_text(listed, encoding="utf-8")
    return folder


def swap(path: Path, old: str, new: str) -> None:
    """Put new words in the place of old ones that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.xdist_group("builds")
def test_two_builds_from_scratch_give_the_same_bytes(builds: Builds) -> None:
    others = builds.elsewhere.files
    assert sorted(others) == sorted(builds.first.files)
    # .buildinfo is Sphinx's own note; it holds a hash over settings, one of which is where the cache lies.
    differ = [name for name, content in others.items() if content != builds.first.files[name] and name != ".buildinfo"]
    assert differ == []


@pytest.mark.xdist_group("builds")
def test_a_build_with_nothing_changed_runs_no_chapter_and_changes_no_byte(builds: Builds) -> None:
    assert "executed" in builds.first.log
    assert "executed" not in builds.unchanged.log
    assert builds.unchanged.files == builds.first.files


@pytest.mark.xdist_group("builds")
def test_one_changed_number_shows_in_prose_chart_finding_and_table_after_an_ordinary_build(builds: Builds) -> None:
    before, after = builds.first.page, builds.number.page
    assert "$50,000" in before.prose
    assert "$57,007" in after.prose
    assert "50,000" not in after.html
    chart_before, chart_after = before.charts[CHART], after.charts[CHART]
    assert "$50,000" in chart_before.table
    assert "$57,007" in chart_after.table
    assert (chart_before.values, chart_after.values) == (["$50,000"], ["$57,007"])
    assert chart_before.explore != chart_after.explore, "no browser keeps the old one"
    for build, number in ((builds.first, 50000), (builds.number, 57007)):
        script = build.files[f"_static/{build.page.charts[CHART].explore.partition('?')[0]}"]
        assert figure_of(script.decode())["data"][0]["y"] == [number]
    assert chart_after.finding != chart_before.finding


@pytest.mark.xdist_group("builds")
def test_one_changed_number_makes_only_those_chapters_run_again_that_read_its_table(builds: Builds) -> None:
    ran = {name for name in builds.chapters if re.search(rf"executed \d+ of \d+: {name} ", builds.number.log)}
    assert ran == {"chapters/money"}
    assert (
        len(re.findall(r"executed \d+ of \d+: ", builds.first.log)) == len(builds.chapters) - 1
    )  # all but the sources


@pytest.mark.xdist_group("builds")
def test_a_changed_template_and_a_changed_package_show_after_an_ordinary_build(builds: Builds) -> None:
    assert "changed-template" not in builds.number.page.html
    assert "changed-template" in builds.code.page.html
    assert "US-DOLLARS" in builds.code.page.prose
    assert "US-DOLLARS" in builds.code.page.charts[CHART].table


@pytest.mark.xdist_group("builds")
def test_with_addresses_there_are_sitemap_canonical_link_and_source_link(builds: Builds) -> None:
    page, files = builds.code.page, builds.code.files
    url = f"{SITE}/{CHAPTER}"
    assert page.relations["canonical"] == url
    assert page.metas["og:url"] == url
    assert page.metas["og:title"] in page.title
    assert any(tag == "a" and address.startswith(REPOSITORY) for tag, _, address in page.addresses)
    listed = re.findall("<loc>([^<]*)</loc>", files["sitemap.xml"].decode())
    assert sorted(listed) == sorted(f"{SITE}/{chapter}.html" for chapter in builds.chapters)


@pytest.mark.xdist_group("builds")
def test_without_addresses_there_is_none_of_them(builds: Builds) -> None:
    page = builds.blank.page
    assert "sitemap.xml" not in builds.blank.files
    assert "canonical" not in page.relations
    assert [name for name in page.metas if name.startswith(("og:", "twitter:"))] == []
    assert not any(".example" in address for _, _, address in page.addresses)


# --- a build that has something to say --------------------------------------------------------------------------------


MISTAKES = {
    "{wrong}`x`": r"the role `wrong`, which has no form in a notebook",
    ":::{drawing} gone\n:::": r"no drawing at `drawings/gone\.svg`",
    "[x](gone.md)": r"a link to `gone\.md`, which is no chapter",
    "{fact}`gone`": r"\{fact\}`gone`: no `gone` among fact records",
}


def test_mistakes_end_a_build_in_one_line_each_and_before_a_page_is_written(tmp_path: Path) -> None:
    folder = small_book(tmp_path)
    with (folder / "chapters" / "story.md").open("a", encoding="utf-8") as story:
        story.write("\n" + "\n\n".join(MISTAKES) + "\n")
    log = books.failing(folder)
    for told in MISTAKES.values():
        assert re.search(rf"^story\.md:\d+: -: {told}", log, re.MULTILINE), log[-2000:]
    assert "4 faults in the chapters" in log and "Traceback" not in log
    assert not list(books.html(folder).glob("chapters/*.html"))


def test_a_failing_cell_shows_its_own_last_line(tmp_path: Path) -> None:
    folder = small_book(tmp_path)
    story = folder / "chapters" / "story.md"
    story.write_text(
        story.read_text("utf-8").replace('page.steps(guide, "Awake")', 'page.steps(guide, "Awaken")'), "utf-8"
    )
    log = books.failing(folder)
    assert re.search(r"chapters/story \(failed: .*no steps in the part `Awaken`; the parts are Awake and Asleep", log)


def test_a_link_that_leads_nowhere_is_a_warning_and_so_a_failure(tmp_path: Path) -> None:
    folder = small_book(tmp_path)
    swap(folder / "_config.yml", "glossary: chapters/glossary", "glossary: chapters/people")
    told = r"chapters/glossary\.md: WARNING: a link to `people\.html#term-intertitle`, where no such place is"
    assert re.search(told, books.failing(folder))


SETTINGS = {
    "bibtex left out": ("sphinxcontrib.bibtex, ", "", "`extensions` lacks sphinxcontrib.bibtex; write [myst_nb, "),
    "an unknown part": ("ledger: chapters", "ledgers: chapters", "no part `ledgers`; did you mean `ledger`?"),
    "an unknown page": ("story: chapters/story", "story: chapters/plot", "story: `chapters/plot` is not in _toc.yml"),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_wrong_setting_is_met_in_words(tmp_path: Path, setting: str) -> None:
    folder = small_book(tmp_path)
    old, new, told = SETTINGS[setting]
    swap(folder / "_config.yml", old, new)
    config = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))["sphinx"]["config"]
    with pytest.raises(GuideError) as caught:
        settings.check(folder, SimpleNamespace(**config))
    assert told in str(caught.value)


def test_a_book_without_a_bibliography_or_with_folders_of_chapters_is_met_in_words(tmp_path: Path) -> None:
    folder = small_book(tmp_path)
    config = SimpleNamespace(**yaml.safe_load((folder / "_config.yml").read_text("utf-8"))["sphinx"]["config"])
    settings.check(folder, config)
    swap(folder / "chapters" / "references.md", "```{bibliography}\n:all:\n```", "None.")
    with pytest.raises(GuideError, match=r"no chapter holds the directive \{bibliography\}"):
        settings.check(folder, config)
    swap(folder / "_toc.yml", "chapters/people", "more/people")
    with pytest.raises(GuideError, match="put them side by side in one folder"):
        settings.check(folder, config)
