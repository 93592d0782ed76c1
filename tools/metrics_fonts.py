"""Make the metrics-only faces in themes/fonts: what HarfBuzz needs to measure text, without outlines.

Run by hand, with fonttools installed, after a new version of a source package:

    npm install --prefix DIR @expo-google-fonts/noto-sans-{sc,jp,kr}
    python tools/metrics_fonts.py DIR/node_modules/@expo-google-fonts
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "themes" / "fonts"
KEPT_TABLES = {"GDEF", "GPOS", "GSUB", "OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name"}
KEPT_NAMES = {0, 5, 13, 14}  # copyright, version, licence, licence address
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
SOURCES = {
    "metrics-sc": ("Metrics SC", "noto-sans-sc", "NotoSansSC"),
    "metrics-jp": ("Metrics JP", "noto-sans-jp", "NotoSansJP"),
    "metrics-kr": ("Metrics KR", "noto-sans-kr", "NotoSansKR"),
}


def strip_outlines(font: TTFont) -> None:
    """Drop every table that does not take part in measuring."""
    for tag in list(font.keys()):
        if tag not in KEPT_TABLES and tag != "GlyphOrder":
            del font[tag]


def rename(font: TTFont, family: str, weight: str) -> None:
    """Give the modified face a name of its own and keep the notices of the original."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in KEPT_NAMES]
    full = f"{family} {weight}"
    names = {1: family, 2: weight, 3: f"{full} (no outlines)", 4: full, 6: full.replace(" ", "")}
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)


def make_face(source: Path, target: Path, family: str, weight: str) -> None:
    """Write the metrics-only form of the face at `source` to `target`."""
    font = TTFont(source, recalcBBoxes=False, recalcTimestamp=False)
    strip_outlines(font)
    rename(font, family, weight)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    print(f"{target}: {target.stat().st_size} bytes")


def main() -> None:
    """Make every metrics-only face from the packages below the folder given."""
    parser = argparse.ArgumentParser(description="Make the metrics-only faces in themes/fonts.")
    parser.add_argument("packages", type=Path, help="the folder node_modules/@expo-google-fonts")
    packages = parser.parse_args().packages
    for folder, (family, package, stem) in SOURCES.items():
        for weight, style in WEIGHTS.items():
            source = packages / package / style / f"{stem}_{style}.ttf"
            make_face(source, FONTS / folder / f"{family.replace(' ', '')}-{weight}.ttf", family, weight)
        shutil.copyfile(packages / package / "LICENSE_FONT", FONTS / folder / "OFL.txt")


if __name__ == "__main__":
    main()
