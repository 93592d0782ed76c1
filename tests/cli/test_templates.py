"""`theme import` and `theme check`, as people use them: in an empty folder, with commands alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conceptdeck.cli import main
from support.templates import made

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("plain.pptx", "untitled.pptx", "template-type.potx"):
        (tmp_path / name).write_bytes(made(name))
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


def test_an_import_writes_a_theme_and_copies_the_template_beside_it(run: Run, tmp_path: Path) -> None:
    result = run("theme", "import", "template-type.potx", "-o", "acme")
    assert result.exit_code == 0, result.output
    assert "“Title Slide” (title, subtitle" in result.output
    assert (tmp_path / "themes/acme.potx").read_bytes() == made("template-type.potx")
    assert "file: acme.potx" in (tmp_path / "themes/acme.yaml").read_text()
    assert (tmp_path / "themes/theme.schema.json").exists()


def test_a_theme_is_called_as_its_template_unless_a_name_or_a_file_is_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Große Vorlage 2024.pptx").write_bytes(made("plain.pptx"))
    assert run("theme", "import", "Große Vorlage 2024.pptx").exit_code == 0
    assert [path.suffix for path in sorted((tmp_path / "themes").glob("gro*"))] == [".pptx", ".yaml"]
    assert run("theme", "import", "plain.pptx", "-o", "house/acme.yaml").exit_code == 0
    assert (tmp_path / "house/acme.pptx").exists()


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes/acme.pptx").write_bytes(b"mine")
    refused = run("theme", "import", "plain.pptx", "-o", "acme")
    assert refused.exit_code == 1 and "[template-exists]" in refused.output
    assert not (tmp_path / "themes/acme.yaml").exists()
    assert run("theme", "import", "plain.pptx").exit_code == 0
    again = run("theme", "import", "plain.pptx")
    assert again.exit_code == 1 and "[theme-exists]" in again.output and "-o plain-2" in again.output
    assert "[theme-exists]" in run("theme", "import", "plain.pptx", "-o", "atlas").output


def test_what_is_no_template_is_refused_with_a_way_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.odp").write_bytes(b"PK")
    refused = run("theme", "import", "deck.odp")
    assert refused.exit_code == 1 and "[not-a-template]" in refused.output and ".potx" in refused.output
    (tmp_path / "deck.pptx").write_bytes(b"PK")
    assert "[not-a-package]" in run("theme", "import", "deck.pptx").output


def test_a_check_of_a_template_tells_what_it_lacks(run: Run, tmp_path: Path) -> None:
    result = run("theme", "check", "untitled.pptx")
    assert result.exit_code == 0
    assert "[untitled-layout]" in result.output and "3 findings" in result.output
    assert not (tmp_path / "themes").exists()


def test_a_check_of_a_theme_compares_it_with_its_template(run: Run, tmp_path: Path) -> None:
    assert run("theme", "import", "plain.pptx", "-o", "acme").exit_code == 0
    assert "[changed-accents]" in run("theme", "check", "themes/acme.yaml").output
    file = tmp_path / "themes/acme.yaml"
    file.write_text(
        file.read_text().replace("layout: slideLayout6", "layout: slideLayout66").replace("idx: 1,", "idx: 9,")
    )
    result = run("theme", "check", "themes/acme.yaml")
    assert result.exit_code == 1
    assert "[missing-layout]" in result.output and "[missing-placeholder]" in result.output
    (tmp_path / "plain.yaml").write_text("extends: atlas\n")
    assert "sound" in run("theme", "check", "plain.yaml").output
