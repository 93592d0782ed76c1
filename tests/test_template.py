"""The template: what python-pptx contributes is up to date, and what is written around it holds together."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from support import ROOT, THEMES

from pipeline import files
from pipeline.render import skeleton
from pipeline.render.template import make_template
from pipeline.theme import load_theme

MODULE = ROOT / "pipeline" / "render" / "skeleton.py"
KEPT = ("ppt/notesMasters/notesMaster1.xml", "ppt/presProps.xml", "ppt/presentation.xml", "ppt/viewProps.xml")
HEAD = '''"""The parts of a presentation that no theme and no language changes, as python-pptx makes them.

Kept here, since importing python-pptx takes as long as building a deck of thirty slides. Made by
tests/test_template.py, which fails when python-pptx makes something else: `make golden` writes this file anew.
"""

__all__ = ["MASTER_ID", "NOTES_MASTER_ID", "SKELETON", "SLIDE_SIZE"]
'''
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PRESENTATION = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def made_by_pptx() -> str:
    """Return the module that holds what python-pptx makes."""
    presentation = Presentation()
    notes = presentation.part.relate_to(presentation.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    root = presentation.part._element
    for empty in root.findall(f"{PRESENTATION}sldIdLst"):
        root.remove(empty)
    masters, size = root.find(f"{PRESENTATION}sldMasterIdLst"), root.find(f"{PRESENTATION}sldSz")
    listed = masters.makeelement(f"{PRESENTATION}notesMasterIdLst")  # python-pptx does not list the notes master
    listed.append(masters.makeelement(f"{PRESENTATION}notesMasterId", {f"{R}id": notes}))
    masters.addnext(listed)
    del size.attrib["type"]  # screen4x3, which no theme is
    buffer = io.BytesIO()
    presentation.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name).decode().partition("?>")[2].strip() for name in KEPT}
    lines = [
        HEAD,
        f'MASTER_ID = "{masters[0].get(f"{R}id")}"',
        f'NOTES_MASTER_ID = "{notes}"',
        f'SLIDE_SIZE = \'<p:sldSz cx="{size.get("cx")}" cy="{size.get("cy")}"/>\'',
        "SKELETON = {",
        *(f"    {quoted(name)}: {quoted(xml)}," for name, xml in parts.items()),
        "}",
        "",
    ]
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return `text` as the formatter writes it."""
    return f'"{text}"' if '"' not in text else f"'{text}'"


def test_the_skeleton_is_what_python_pptx_makes(request):
    if request.config.getoption("--accept"):
        MODULE.write_text(made_by_pptx(), encoding="utf-8", newline="\n")
    assert MODULE.read_text(encoding="utf-8") == made_by_pptx(), "to accept: make golden ARGS=tests/test_template.py"


def test_the_slide_size_stands_once_in_the_skeleton():
    assert "".join(skeleton.SKELETON.values()).count(skeleton.SLIDE_SIZE) == 1


@pytest.mark.parametrize("language", ["en", "ja", "pt-BR"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_template_is_well_formed_and_names_every_part(theme, language):
    parts = make_template(load_theme(theme, files.find_theme), language)
    assert list(parts) == sorted(parts)
    for xml in parts.values():
        ElementTree.fromstring(xml)
    named = {each.get("PartName") for each in ElementTree.fromstring(parts["[Content_Types].xml"])} - {None}
    written_later = {f"/docProps/{name}.xml" for name in ("app", "core", "custom")}
    assert (
        named == {f"/{name}" for name in parts if not name.endswith((".rels", "[Content_Types].xml"))} | written_later
    )


@pytest.mark.parametrize("theme", THEMES)
def test_every_relationship_of_the_template_leads_to_a_part(theme):
    parts = make_template(load_theme(theme, files.find_theme), "en")
    for name, xml in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = Path("/") / Path(name).parent.parent
        for each in ElementTree.fromstring(xml):
            target = (folder / each.get("Target")).resolve()
            assert str(target)[1:] in parts or target.parent.name == "docProps", (name, target)


def test_a_build_does_without_python_pptx():
    code = "import sys, pipeline.build; sys.exit('pptx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
