"""A template of others, as python-pptx brings it along, and a theme of ours that decks on it are built in."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from pptx import Presentation

from conceptdeck.building.housing import Housing, housing_for
from conceptdeck.values.theme import Theme
from conceptdeck.workspace.house import House
from conceptdeck.workspace.loading import read_theme

__all__ = ["THEME", "housed", "write_house"]

THEME = Path(__file__).resolve().parents[1] / "houses" / "acme.yaml"


def write_house(folder: Path) -> Path:
    """Write the template and the theme `acme` into the `themes` of a folder; return the theme's file."""
    themes = folder / "themes"
    themes.mkdir()
    Presentation().save(str(themes / "acme.pptx"))
    file = themes / "acme.yaml"
    shutil.copy(THEME, file)
    return file


@cache
def housed() -> tuple[Theme, Housing]:
    """Return the theme and the template, read once."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_house(Path(folder))
        theme = read_theme(str(file))
        found = housing_for(theme, House(Path(folder), (file.parent, file.parent), ()))
    assert found
    return theme, found
