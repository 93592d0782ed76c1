"""What all tests share: goldens, LibreOffice, Chromium, gettext, and the rule that CI skips nothing."""

from __future__ import annotations

import difflib
import io
import os
import re
import shutil
import site
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock
from xml.sax.saxutils import escape

import pypdfium2
import pytest
from hypothesis import HealthCheck, settings
from PIL import Image

from conceptdeck.checks.package.gate import check_written
from conceptdeck.checks.package.parts import check_parts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from conceptdeck.values.diagnostics import Diagnostic
    from conceptdeck.values.facts import Facts, Written

ROOT = Path(__file__).resolve().parents[1]
GOLDENS = ROOT / "tests" / "golden"
FONTS = ROOT / "themes" / "fonts"

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFFICE_SECONDS = 180
STAND_INS = {
    "Georgia": "Gelasio",
    "Calibri": "Carlito",
    "Arial": "Arimo",
    "Courier New": "Cousine",
    "Yu Gothic": "Noto Sans CJK JP",
    "Microsoft YaHei": "Noto Sans CJK SC",
    "serif": "Gelasio",
    "sans-serif": "Noto Sans",
    "system-ui": "Noto Sans",
    "monospace": "Noto Sans",
}
"""Fonts that decks and pages name, and the free fonts that are drawn in their place: the first four are as wide."""
CJK_FONTS = "noto_cjk_sans_otc"  # a package with outlines for what `metrics-*` only measure


settings.register_profile("no-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-clock")  # a busy machine makes no example wrong


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the goldens with what the code makes now")


# --- goldens -------------------------------------------------------------------------------------


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return `golden(name, text)`: `text` must be what `tests/golden/<name>` holds.

    `pytest --accept` (or `make golden`) writes the file instead.
    """

    def compare(name: str, text: str) -> None:
        __tracebackhide__ = True
        path = GOLDENS / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        accept = f"to accept: make golden ARGS='{request.node.nodeid}'"
        if not path.exists():
            pytest.fail(f"tests/golden/{name} does not exist yet; {accept}", pytrace=False)
        expected = path.read_bytes().decode("utf-8")
        if text != expected:
            pytest.fail(f"{difference(name, expected, text)}\n{accept}", pytrace=False)

    return compare


def difference(name: str, expected: str, text: str) -> str:
    """Return how `text` differs from the golden, as a unified diff."""
    lines = difflib.unified_diff(
        expected.splitlines(), text.splitlines(), f"tests/golden/{name}", "made now", lineterm=""
    )
    return "\n".join(lines) or f"tests/golden/{name}: only the line ends differ"


# --- a machine of their own ----------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the tests, and each program that they start, their own fonts and an empty home; return the home."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONUSERBASE", site.getuserbase())  # packages that were installed there are still found
        patch.setenv("HOME", str(home))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        for name in ("FONTCONFIG_PATH", "FONTCONFIG_SYSROOT"):
            patch.delenv(name, raising=False)
        patch.setenv("FONTCONFIG_FILE", str(write_fonts_conf(home)))
        yield home


def write_fonts_conf(home: Path) -> Path:
    """Write a fontconfig file that knows the repository's fonts, those of East Asia, and their stand-in names.

    No other file is a font to it, not even one that a program brings along and adds by itself.
    """
    folders = [FONTS, *_folders_of(CJK_FONTS)]
    holders = sorted({each.parent for folder in folders for each in folder.rglob("*.[ot]t[fc]")})
    outlines = [each for each in holders if not each.name.startswith("metrics-")]
    if not outlines:
        pytest.fail("themes/fonts holds no font to draw with", pytrace=False)
    accepted = "".join(f"<glob>{escape(str(each))}/*</glob>" for each in outlines)
    smoothly = '<edit name="hintstyle"><const>hintslight</const></edit>'  # else widths are rounded to whole pixels
    lines = [
        f'<match target="pattern">{smoothly}</match>',
        *(f"<dir>{escape(str(each))}</dir>" for each in outlines),
        f"<selectfont><acceptfont>{accepted}</acceptfont><rejectfont><glob>*</glob></rejectfont></selectfont>",
        f"<cachedir>{escape(str(home / 'fontcache'))}</cachedir>",
        *(
            f'<alias binding="same"><family>{wanted}</family><accept><family>{ours}</family></accept></alias>'
            for wanted, ours in STAND_INS.items()
        ),
    ]
    path = home / "fonts.conf"
    body = "".join(f"  {each}\n" for each in lines)
    path.write_text(
        f'<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n{body}</fontconfig>\n',
        encoding="utf-8",
    )
    return path


def _folders_of(package: str) -> list[Path]:
    """Return the folders of an installed package, none if it is not installed."""
    found = find_spec(package)
    return [Path(each) for each in (found and found.submodule_search_locations) or ()]


# --- whole checks --------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def parsed() -> Iterator[None]:
    """Let every build within this process parse the deck that it has written, besides judging it by facts."""

    def judged(written: Written, template: Facts, path: str) -> tuple[Diagnostic, ...]:
        whole, found = check_parts(written.parts, path), check_written(written, template, path)
        assert {each.code for each in found} <= {each.code for each in whole}, "the gate blames a sound deck"
        return whole

    with mock.patch("conceptdeck.building.deck.check_written", judged):
        yield


# --- LibreOffice ---------------------------------------------------------------------------------


@pytest.fixture
def soffice() -> str:
    """Return the program of LibreOffice, for tests that drive it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice: soffice is not on PATH")
    return program


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return `convert(pptx)`: the PDF that LibreOffice makes of a deck, with the repository's fonts only.

    More decks may be given, which costs less than a run for each; their PDFs lie beside the first one's. With `to`, it
    saves them as files of another kind.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("needs LibreOffice: soffice is not on PATH")
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    profile = f"-env:UserInstallation={(tmp_path_factory.mktemp('office') / 'profile').as_uri()}"

    def convert(*decks: Path, to: str = "pdf") -> Path:
        out = tmp_path_factory.mktemp(to)
        options = ["--headless", "--norestore", "--convert-to", to, "--outdir", str(out)]
        command = [soffice, profile, *options, *map(str, decks)]
        patience = OFFICE_SECONDS * len(decks)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=patience)
        pdfs = [out / f"{deck.stem}.{to}" for deck in decks]
        for pdf in pdfs:
            if not pdf.exists():
                pytest.fail(f"LibreOffice made no {pdf.name}:\n{done.stdout}{done.stderr}", pytrace=False)
        return pdfs[0]

    return convert


# --- Chromium ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Return what starts the Chromium of this machine, without a window, in an environment of its own if need be.

    Playwright drives it and downloads none; it runs once a process.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("needs Chromium: chromium is not on PATH")
    from playwright.sync_api import sync_playwright  # here: it has no wheel for some systems, such as Alpine

    with sync_playwright() as driver:
        yield partial(driver.chromium.launch, executable_path=program)


@pytest.fixture(scope="session")
def browser(chromium: Callable[..., Browser]) -> Iterator[Browser]:
    """Return a Chromium with the tests' own fonts."""
    browser = chromium()
    yield browser
    browser.close()


# --- librsvg -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def librsvg() -> Callable[[str], Image.Image]:
    """Return `drawn(svg)`: a picture as librsvg draws it, with the repository's fonts only."""
    program = shutil.which("rsvg-convert")
    if program is None:
        pytest.skip("needs librsvg: rsvg-convert is not on PATH")

    def drawn(svg: str) -> Image.Image:
        done = subprocess.run([program], input=svg.encode(), capture_output=True, check=True, timeout=60)
        return Image.open(io.BytesIO(done.stdout)).convert("RGBA")

    return drawn


# --- CairoSVG, WeasyPrint, svglib -------------------------------------------------------------------

# Each reads a picture and writes a PNG or a PDF: as a program of its own, since a process chooses its fonts only once.
DRAWERS = {
    "cairosvg": "from cairosvg import svg2png\nwrite(svg2png(bytestring=svg, background_color='white'))",
    "weasyprint": """from base64 import b64encode
from weasyprint import HTML
style = '@page { size: %s; margin: 0 } body { margin: 0 } img { display: block }' % size
image = '<img src="data:image/svg+xml;base64,%s">' % b64encode(svg).decode()
write(HTML(string=f'<style>{style}</style>{image}').write_pdf())""",
    "svglib": """import io
from reportlab.graphics.renderPDF import drawToString
from svglib.svglib import svg2rlg
write(drawToString(svg2rlg(io.BytesIO(svg))))""",
}
DRAWER = "import re, sys\nsvg, write, size = sys.stdin.buffer.read(), sys.stdout.buffer.write, sys.argv[1]\n"


def drawer(name: str, home: Path) -> Callable[[str], Image.Image]:
    """Return `drawn(svg)`: a picture on white as a Python library draws it, with the repository's fonts only."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(write_fonts_conf(home))}

    def run(script: str, svg: str, size: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", f"{DRAWER}{script}", size]
        return subprocess.run(command, input=svg.encode(), env=environment, capture_output=True, check=False)

    if run(DRAWERS[name].partition("\nw")[0], "", "").returncode:
        pytest.skip(f"needs the system's libraries for {name}: libcairo2, libpango")

    def drawn(svg: str) -> Image.Image:
        width, height = re.findall(r'(?:width|height)="([\d.]+)"', svg)[:2]
        done = run(DRAWERS[name], svg, f"{width}px {height}px")
        assert done.returncode == 0, done.stderr.decode()
        if done.stdout.startswith(b"%PDF"):
            (page,) = pypdfium2.PdfDocument(done.stdout)
            return page.render(scale=float(width) / page.get_width()).to_pil().convert("RGB")
        return Image.open(io.BytesIO(done.stdout)).convert("RGB")

    return drawn


@pytest.fixture(scope="session")
def cairosvg(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Image.Image]:
    """Return `drawn(svg)`: a picture as CairoSVG draws it."""
    return drawer("cairosvg", tmp_path_factory.mktemp("cairosvg"))


@pytest.fixture(scope="session")
def weasyprint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Image.Image]:
    """Return `drawn(svg)`: a picture as WeasyPrint draws it."""
    return drawer("weasyprint", tmp_path_factory.mktemp("weasyprint"))


@pytest.fixture(scope="session")
def svglib(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Image.Image]:
    """Return `drawn(svg)`: a picture as svglib draws it, in Helvetica and Times."""
    return drawer("svglib", tmp_path_factory.mktemp("svglib"))


# --- gettext -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def gettext() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return `run(program, *arguments)`, which runs one of gettext's programs, such as msgfmt."""
    if not all(map(shutil.which, ("msgfmt", "msgcat"))):
        pytest.skip("needs gettext: msgfmt and msgcat are not on PATH")

    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(each) for each in command], capture_output=True, encoding="utf-8", check=False)

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that asks for a program, so that `-m 'not office'` leaves it out."""
    for item in items:
        for program in {"office", "browser", "librsvg", "cairosvg", "weasyprint"} & {
            *getattr(item, "fixturenames", ())
        }:
            item.add_marker(program)


# --- CI skips nothing ----------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one in CI."""
    report = yield
    if not hasattr(report, "wasxfail"):
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped test file into a failed one in CI."""
    report = yield
    refuse_skip(report)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a skip a failure if this is CI, where a test that does not run hides what it would find."""
    if report.skipped and os.environ.get("CI"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and CI skips nothing. {reason}"
