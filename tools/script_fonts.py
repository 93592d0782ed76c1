"""Make the faces of further scripts in themes/fonts: outlines without hints, of the script's own letters only.

Run by hand, with fonttools installed, after a new version of a source package:

    apt-get download fonts-noto-core && dpkg -x fonts-noto-core_*.deb DIR
    npm install --prefix DIR @expo-google-fonts/noto-emoji
    python tools/script_fonts.py DIR/usr/share/fonts/truetype/noto DIR/node_modules/@expo-google-fonts
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "themes" / "fonts"
WEIGHTS = ("Regular", "Bold")
SHARED = " \u00a0\u0964\u0965\u200b\u200c\u200d\u25cc"  # spaces, dandas, and what joins, parts or bears marks
SCRIPTS = {  # the family's own word, and the letters that are kept of it
    "Armenian": "0530-058F FB13-FB17",
    "Bengali": "0980-09FF 1CD0-1CFA",
    "Devanagari": "0900-097F A8E0-A8FF 1CD0-1CFA 20B9",
    "Ethiopic": "1200-139F 2D80-2DDF AB00-AB2F",
    "Georgian": "10A0-10FF 1C90-1CBF 2D00-2D2F",
    "Gujarati": "0A80-0AFF",
    "Gurmukhi": "0A00-0A7F",
    "Hebrew": "0590-05FF FB1D-FB4F 20AA",
    "Kannada": "0C80-0CFF",
    "Khmer": "1780-17FF 19E0-19FF",
    "Lao": "0E80-0EFF",
    "Malayalam": "0D00-0D7F",
    "Myanmar": "1000-109F",
    "Oriya": "0B00-0B7F",
    "Sinhala": "0D80-0DFF",
    "Tamil": "0B80-0BFF",
    "Telugu": "0C00-0C7F",
    "Thaana": "0780-07BF",
    "Thai": "0E00-0E7F",
}
SIGNS = "0020 00A0 2070-209F 20A0-20BF 2100-23FF 2460-24FF 2500-27FF 2900-2BFF"
EMOJI = (  # shown as pictures even where nobody asks for it (Emoji_Presentation in Unicode's emoji-data.txt)
    "231A-231B 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 2648-2653 267F 2693 26A1 26AA-26AB 26BD-26BE 26C4-26C5 26CE "
    "26D4 26EA 26F2-26F3 26F5 26FA 26FD 2705 270A-270B 2728 274C 274E 2753-2755 2757 2795-2797 27B0 27BF 2B1B-2B1C "
    "2B50 2B55"
)
OPEN_FONT_LICENCE = FONTS / "noto-sans" / "OFL.txt"


def characters(ranges: str) -> set[int]:
    """Return the characters of ranges such as `0980-09FF 20B9`."""
    bounds = ([int(end, 16) for end in each.split("-")] for each in ranges.split())
    return {code for ends in bounds for code in range(ends[0], ends[-1] + 1)}


def make_face(source: Path, target: Path, wanted: Iterable[int] | None) -> str:
    """Write what is `wanted` of the face at `source` to `target`, all of it if that is None; return its copyright."""
    font = TTFont(source, recalcBBoxes=False, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=["*"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
    options.glyph_names = False
    options.drop_tables += ["FFTM", "STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if wanted is None else wanted)
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    print(f"{target.name}: {target.stat().st_size} bytes, {font['name'].getDebugName(5)}")
    return str(font["name"].getDebugName(0))


def write_licence(folder: Path, copyrights: Iterable[str]) -> None:
    """Write the licence beside faces, under the copyright that is in them."""
    body = OPEN_FONT_LICENCE.read_text(encoding="utf-8")
    start = re.search(r"^This Font Software is licensed", body, re.MULTILINE)
    assert start, "the licence of Noto Sans begins otherwise"
    notice = "\n".join(dict.fromkeys(copyrights))
    (folder / "OFL.txt").write_text(f"{notice}\n\n{body[start.start() :]}", encoding="utf-8")


def main() -> None:
    """Make every face from the packages."""
    parser = argparse.ArgumentParser(description="Make the faces of further scripts in themes/fonts.")
    parser.add_argument("noto", type=Path, help="the folder of fonts in Debian's package fonts-noto-core")
    parser.add_argument("packages", type=Path, help="the folder node_modules/@expo-google-fonts")
    given = parser.parse_args()
    for word, ranges in SCRIPTS.items():
        folder = FONTS / f"noto-sans-{word.lower()}"
        stem = f"NotoSans{word}"
        wanted = characters(ranges) | {*map(ord, SHARED)}
        names = [f"{stem}-{weight}.ttf" for weight in WEIGHTS]
        write_licence(folder, [make_face(given.noto / name, folder / name, wanted) for name in names])
    signs = characters(SIGNS) - characters(EMOJI)
    for folder, stem in ((FONTS / "noto-sans-math", "NotoSansMath"), (FONTS / "noto-sans-symbols", "NotoSansSymbols2")):
        name = f"{stem}-Regular.ttf"
        write_licence(folder, [make_face(given.noto / name, folder / name, signs)])
    emoji, folder = given.packages / "noto-emoji" / "400Regular" / "NotoEmoji_400Regular.ttf", FONTS / "noto-emoji"
    write_licence(folder, [make_face(emoji, folder / "NotoEmoji-Regular.ttf", None)])


if __name__ == "__main__":
    main()
