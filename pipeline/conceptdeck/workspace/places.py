"""Places: the files of maps, stories, themes, catalogs, fonts and of the program itself, found in a house by name."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from conceptdeck.values.diagnostics import Failure, Span
from conceptdeck.values.languages import spelled
from conceptdeck.values.regex import regex
from conceptdeck.values.rules import ERROR, Rule
from conceptdeck.values.value import frozen
from conceptdeck.workspace.disk import is_file, names, read_bytes, shown
from conceptdeck.workspace.house import TERMS, THEMES, House, house, project_of, shipped
from conceptdeck.workspace.links import DATA, MAP_FILE, PACKAGE

if TYPE_CHECKING:
    from conceptdeck.reading.excerpts import SourceText

__all__ = [
    "MAP_FILE",
    "PACKAGE",
    "REPORT",
    "Asked",
    "asked_theme",
    "base_path",
    "catalog_path",
    "catalogs_beside",
    "find_map",
    "find_maps",
    "find_theme",
    "glossaries_beside",
    "house",
    "icon_set",
    "import_taste",
    "is_theme_path",
    "known_theme",
    "libraries",
    "library",
    "maps_folder",
    "own_terms_beside",
    "own_terms_path",
    "packaged_font",
    "page_assets",
    "shipped",
    "stories_beside",
    "template_path",
    "terms_path",
    "theme_base",
    "theme_path",
    "themes",
]


CATALOGS, CATALOG, TEMPLATE = "locales", ".po", ".pot"  # the folder beside a map, and how its files end


GLOSSARIES, GLOSSARY = "glossary", ".yaml"  # as above


REPORT = ("report",)  # the part of pages that tell what came of something
PAGES, SHARED_TEMPLATES = "render/web", ("page.html", "language.html", "seen.html")


ICONS = "icons/lucide.txt"  # below the themes


IMPORT_TASTE = "templates/import.yaml"  # as above


THEME = ".yaml"  # how the file of a theme ends


THEME_BASE = "base"  # what the other themes extend


LONGEST_GUESS = 64  # letters of a name that a known one is compared with


THEME_NAME = regex(r"(?!(?:con|prn|aux|nul|(?:com|lpt)[1-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")  # not a device of Windows


NO_MAP = Rule("no-map", "theme and files", ERROR, "no map to choose").because("""
    Without a name, commands take the maps of the project: the folders of `./data` with a `map.yaml`. There is none
    yet. `conceptdeck new` starts one, `conceptdeck import` makes one of what you have. Shipped maps go by their names.
""")


def find_maps(name: str | None) -> tuple[Path, ...]:
    """Return the file of the map called `name`, or of every map of the project.

    Raises Failure if there is none.
    """
    if name is not None:
        return (find_map(name),)
    if found := tuple(sorted((project_of() / DATA).glob(f"*/{MAP_FILE}"))):
        return found
    ways = (
        "start a first map: conceptdeck new my-map",
        "make one of what you have, such as a mind map or an outline: conceptdeck import FILE",
        f"look at one that is shipped: conceptdeck build {_maps()[0]}",
    )
    where = "here" if project_of() == Path() else f"in {shown(project_of() / DATA)}"
    raise Failure([NO_MAP.at(f"there is no map {where} yet", hints=ways[: 2 + bool(_maps())])])


UNKNOWN_MAP = Rule("unknown-map", "theme and files", ERROR, "no map of this name").because("""
    A map is a folder of `./data`, a shipped map, or a path to a folder or file. The id that was made from the name of
    its folder names it too, if it does so alone.
""")


def find_map(name: str) -> Path:
    """Return the file of the map called `name`: a path, or a folder of `./data`, or a shipped one.

    Raises Failure if there is no such map.
    """
    for path in (Path(name), project_of() / DATA / name, shipped(DATA) / name) if name else ():
        if is_file(path):
            return path
        if is_file(path / MAP_FILE):
            return path / MAP_FILE
    if len(alike := _maps_called(name)) == 1:
        return alike[0]
    hint = f"the maps here: {', '.join(_maps()) or 'none'}"
    raise Failure([UNKNOWN_MAP.at(f"there is no map {_quoted(name)}", hints=(hint,))])


def stories_beside(map_file: Path) -> tuple[Path, ...]:
    """Return the files of stories that a map can use, the shipped one first and the map's own last."""
    return house(map_file).stories()


DUPLICATE_CATALOG = Rule("duplicate-catalog", "theme and files", ERROR, "two catalogs of one language").because("""
    `pt_BR.po` and `pt-BR.po` spell one tag in two ways, so nobody could tell which one holds. Keep one of them.
""")


def catalog_path(map_file: Path, tag: str) -> Path:
    """Return where the map's catalog for a language is, or would be; its name may spell the tag as gettext does.

    Raises Failure if there are two.
    """
    folder = map_file.parent / CATALOGS
    found = _catalogs(map_file).get(tag, (f"{tag}{CATALOG}",))
    if len(found) > 1:
        message = f"there are two catalogs for `{tag}`: {' and '.join(found)}"
        hints = ("keep one of them: move what only the other has into it, and delete that one",)
        raise Failure([DUPLICATE_CATALOG.at(message, Span(shown(folder)), hints=hints)])
    return folder / found[0]


def template_path(map_file: Path, map_id: str) -> Path:
    """Return where the template of a map's catalogs is, or would be."""
    return map_file.parent / CATALOGS / f"{map_id}{TEMPLATE}"


def catalogs_beside(map_file: Path) -> tuple[str, ...]:
    """Return the languages that a map has catalogs for, their tags in standard form."""
    return tuple(sorted(_catalogs(map_file)))


def _catalogs(map_file: Path) -> dict[str, tuple[str, ...]]:
    """Return the names of the map's catalogs by the tag that they are for: `pt_BR.po` is for `pt-BR`.

    Names that start with a dot are those of editors and systems: locks of Emacs, resource forks of macOS.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names(map_file.parent / CATALOGS)):
        if _is_catalog(name):
            tag = spelled(name.removesuffix(CATALOG))
            found[tag] = (*found.get(tag, ()), name)
    return found


def _is_catalog(name: str) -> bool:
    """Tell whether a file is a catalog by its name; those of editors and systems begin with a dot."""
    return name.endswith(CATALOG) and not name.startswith(".")


def glossaries_beside(map_file: Path) -> dict[str, Path]:
    """Return the files of a map's glossaries by the tag that they are for, as those of its catalogs."""
    folder = map_file.parent / GLOSSARIES
    found = sorted(name for name in names(folder) if name.endswith(GLOSSARY) and not name.startswith("."))
    return {spelled(name.removesuffix(GLOSSARY)): folder / name for name in found}


def icon_set() -> str:
    """Return the text of the shipped set of icons."""
    return read_bytes(shipped(THEMES) / ICONS).decode("utf-8")


def import_taste() -> SourceText:
    """Return what is aimed at when a template becomes a theme."""
    return _source_text(shipped(THEMES) / IMPORT_TASTE)


def terms_path(tag: str) -> Path | None:
    """Return the catalog of the program's own words in a language, None if there is none."""
    path = PACKAGE / "translation" / "terms" / f"{tag}{CATALOG}"
    return path if is_file(path) else None


def own_terms_path(map_file: Path, tag: str) -> Path:
    """Return where words of the program that the user supplies are, or would be: `terms/TAG.po` beside the maps.

    As with catalogs, the name of the file may spell the tag as gettext does.
    """
    there = own_terms_beside(map_file)
    return there.get(tag) or map_file.resolve().parent.parent / TERMS / f"{tag}{CATALOG}"


def own_terms_beside(map_file: Path) -> dict[str, Path]:
    """Return the files with words that the user supplies, by the language that they are for.

    They are sought beside the maps, then in the project and in the user's configuration.
    """
    found: dict[str, Path] = {}
    beside = map_file.resolve().parent.parent
    for folder in dict.fromkeys((beside, *(each.resolve() for each in house(map_file).data[1:-1]))):
        for name in sorted(filter(_is_catalog, names(folder / TERMS))):
            found.setdefault(spelled(name.removesuffix(CATALOG)), folder / TERMS / name)
    return found


UNKNOWN_THEME = Rule("unknown-theme", "theme and files", ERROR, "no theme of this name").because("""
    A theme is a file of a folder `themes`: beside the map, in the project, in the user's configuration, or among the
    shipped ones. The path of a file, or of a folder with one theme in it, names a theme too.
""")


@frozen
class Asked:
    """A theme that is asked for: its name, and where it and all that it needs are sought."""

    name: str
    house: House


def asked_theme(theme: str, around: House | None = None) -> Asked:
    """Return what a name or a path asks for; raises Failure if there is no such theme."""
    around = around or house()
    if not is_theme_path(theme):
        if THEME_NAME.fullmatch(theme) and theme != THEME_BASE and around.theme(theme):
            return Asked(theme, around)
        raise _no_theme(theme, around)
    path = _theme_file(Path(theme), around)
    if not THEME_NAME.fullmatch(path.stem) or path.stem == THEME_BASE:
        message = f"{_quoted(path.name)} cannot name a theme: its name becomes that of files"
        raise Failure([UNKNOWN_THEME.at(message, hints=("name the file in a-z, 0-9 and hyphens, such as acme.yaml",))])
    return Asked(path.stem, around.beside(path))


def is_theme_path(theme: str) -> bool:
    """Tell whether what names a theme is a path: it ends as the file of one, or leads into a folder."""
    return theme.endswith(THEME) or bool({*theme} & {*"/\\"}) or theme in (".", "..")


def _theme_file(path: Path, around: House) -> Path:
    """Return the file of a theme by its path, or by that of a folder with one theme in it."""
    if is_file(path):
        return path
    found = sorted(name for name in names(path) if name.endswith(THEME) and not name.startswith("."))
    if len(found) == 1:
        return path / found[0]
    what = (
        f"there are {len(found)} themes in {_quoted(str(path))}" if found else f"there is no theme {_quoted(str(path))}"
    )
    way = f"name one of them: {', '.join(found)}" if found else "name a file that ends in .yaml, or its folder"
    hints = (way, f"the themes here: {', '.join(themes(around))}")
    raise Failure([UNKNOWN_THEME.at(what, hints=hints)])


def known_theme(name: str, around: House | None = None) -> str:
    """Return `name` if a deck can be built in the theme of that name or path; raises Failure if not."""
    asked_theme(name, around)
    return name


def find_theme(name: str, around: House | None = None) -> SourceText:
    """Return the text of a theme file and the path that messages show.

    Raises Failure if there is none, naming the themes that there are, and if it is not text.
    """
    return _source_text(theme_path(name, around))


def theme_path(name: str, around: House | None = None) -> Path:
    """Return where a theme file is: in the nearest folder that has it; raises Failure if there is none."""
    around = around or house()
    stem = name.removesuffix(THEME)
    path = around.theme(stem) if THEME_NAME.fullmatch(stem) else None
    if path is None:
        raise _no_theme(stem, around)
    return path


def theme_base() -> SourceText:
    """Return the shipped theme that has all the names which themes may use, and the path that messages show."""
    return _source_text(base_path())


def base_path() -> Path:
    """Return where the shipped theme is that has all the names which themes may use."""
    return shipped(THEMES) / f"{THEME_BASE}.yaml"


def _source_text(path: Path) -> SourceText:
    from conceptdeck.reading.excerpts import SourceText
    from conceptdeck.reading.source import decode  # names of maps are completed without the parser

    text, problems = decode(read_bytes(path), shown(path))
    if text is None:
        raise Failure(problems)
    return SourceText(text, shown(path))


def _no_theme(name: str, around: House) -> Failure:
    from difflib import get_close_matches

    there = themes(around)
    near = get_close_matches(name[:LONGEST_GUESS], there, n=1)
    hints = (*(f"did you mean `{each}`?" for each in near), f"the themes here: {', '.join(there)}")
    return Failure([UNKNOWN_THEME.at(f"there is no theme {_quoted(name)}", hints=hints)])


def page_assets(
    name: str, package: str = PAGES, parts: tuple[str, ...] = ()
) -> tuple[tuple[tuple[str, str], ...], str, str]:
    """Return the templates of a page by name, its style sheet and its script, from beside the code that uses them.

    Its `parts` have a style sheet and a script each, which come before the page's own.
    """
    files = {"document": (package, f"{name}.html"), **{each: (PAGES, each) for each in SHARED_TEMPLATES}}
    templates = tuple((key, _asset(*where)) for key, where in files.items())
    style, script = ("".join(_asset(package, f"{each}{end}") for each in (*parts, name)) for end in (".css", ".js"))
    return templates, style, script


def _asset(package: str, name: str) -> str:
    return read_bytes(PACKAGE / package / name).decode("utf-8")


def themes(around: House | None = None) -> list[str]:
    """Return the names of the themes that a deck can be built in."""
    stems = {path.stem for folder in (around or house()).themes for path in folder.glob(f"*{THEME}")}
    return sorted(stem for stem in stems if stem != THEME_BASE and THEME_NAME.fullmatch(stem))


def maps_folder() -> Path:
    """Return the folder with the project's maps, or with the shipped ones if it has none."""
    own = project_of() / DATA
    return own if own.is_dir() else shipped(DATA)


def _maps() -> list[str]:
    return sorted(path.parent.name for path in maps_folder().glob(f"*/{MAP_FILE}"))


def _maps_called(name: str) -> list[Path]:
    """Return the files of the maps with the id that a name stands for, of `./data` before those that are shipped."""
    from conceptdeck.reading.short import id_of  # names of maps are completed without the parser

    found: list[Path] = []
    for folder in (project_of() / DATA, shipped(DATA)) if name and not {*name} & {*"/\\"} else ():
        there = sorted(folder.glob(f"*/{MAP_FILE}"))
        found = found or [path for path in there if id_of(path.parent.name) == id_of(name) and is_file(path)]
    return found


def packaged_font(name: str) -> Callable[[], bytes] | None:
    """Return what reads the font `package/file`, None if no such package is installed; its code is not run."""
    package, _, file = name.partition("/")
    spec = importlib.util.find_spec(package)
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []
    path = next((folder / file for folder in folders if is_file(folder / file)), None)
    return cache(partial(read_bytes, path)) if path else None


def _quoted(text: str) -> str:
    """Return a text as messages show it."""
    from conceptdeck.values.characters import quoted

    return quoted(text)


def library(name: str) -> Path:
    """Return the file that an installed library starts from, without running it; it says the library's version."""
    found = find_spec(name)
    assert found and found.origin  # a library that the package requires
    return Path(found.origin)


def libraries() -> Path:
    """Return the folder of the installed libraries."""
    return library("click").parent.parent
