"""The second opinion on decks is heard of every part that was not found sound before."""

import re
import zipfile

from support.audit import audited
from support.decks import build_map, write_map


def test_a_fault_is_found_each_time_and_also_beside_parts_that_are_known(tmp_path):
    path = build_map(
        write_map(tmp_path / "small", {"title": "Tides", "concepts": ["Ebb"]}), "atlas", tmp_path / "out"
    ).path
    assert audited(path) == audited(path) == []
    broken = tmp_path / "broken.pptx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as damaged:
        for name in whole.namelist():
            data = whole.read(name)
            slide = name == "ppt/slides/slide1.xml"
            damaged.writestr(name, re.sub(rb"<p:cSld[ >]", b"<p:odd/>\\g<0>", data, count=1) if slide else data)
    assert audited(broken) == audited(broken) != []
