"""Decks edited in LibreOffice through its own interface: a macro loads one, edits it, and saves it for PowerPoint."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["OfficeEdits"]

MACRO = """\
Function Found(oDoc, nPage, sText)
  Dim oPage, oShape, i
  oPage = oDoc.DrawPages.getByIndex(nPage)
  For i = 0 To oPage.Count - 1
    oShape = oPage.getByIndex(i)
    If oShape.supportsService("com.sun.star.drawing.Text") Then
      If InStr(oShape.String, sText) > 0 Then
        Found = oShape
        Exit Function
      End If
    End If
  Next
  Found = Null
End Function

Sub Typed(oDoc, nPage, sText, sSign)
  Dim oShape, oCursor
  oShape = Found(oDoc, nPage, sText)
  If IsNull(oShape) Then Exit Sub
  oCursor = oShape.createTextCursor()
  oCursor.gotoEnd(False)
  oShape.insertString(oCursor, " " & sSign, False)
End Sub

Sub Broken(oDoc, nPage, sText, sSign, nKind)
  Dim oShape, oCursor
  oShape = Found(oDoc, nPage, sText)
  If IsNull(oShape) Then Exit Sub
  oCursor = oShape.createTextCursor()
  oCursor.gotoEnd(False)
  oShape.insertControlCharacter(oCursor, nKind, False)
  oShape.insertString(oCursor, sSign, False)
End Sub

Sub Emphasised(oDoc, nPage, sText, nLetters)
  Dim oShape, oCursor
  oShape = Found(oDoc, nPage, sText)
  If IsNull(oShape) Then Exit Sub
  oCursor = oShape.createTextCursor()
  oCursor.gotoStart(False)
  oCursor.goRight(nLetters, True)
  oCursor.CharWeight = 150
End Sub

Sub Restyled(oDoc, nPage, sText)
  Dim oShape
  oShape = Found(oDoc, nPage, sText)
  If Not IsNull(oShape) Then oShape.CharHeight = 33
End Sub

Sub Moved(oDoc, nPage, sText)
  Dim oShape
  Dim oPlace As New com.sun.star.awt.Point
  oShape = Found(oDoc, nPage, sText)
  If IsNull(oShape) Then Exit Sub
  oPlace.X = oShape.Position.X + 900
  oPlace.Y = oShape.Position.Y + 900
  oShape.setPosition(oPlace)
End Sub

Sub Noted(oDoc, nPage, sSign)
  Dim oPage, oShape, oCursor, i
  oPage = oDoc.DrawPages.getByIndex(nPage).NotesPage
  For i = 0 To oPage.Count - 1
    oShape = oPage.getByIndex(i)
    If oShape.supportsService("com.sun.star.presentation.NotesShape") Then
      oCursor = oShape.createTextCursor()
      oCursor.gotoEnd(False)
      oShape.insertString(oCursor, " " & sSign, False)
    End If
  Next
End Sub

Sub Celled(oDoc, nPage, nRow, nColumn, sSign)
  Dim oPage, oShape, oCell, i
  oPage = oDoc.DrawPages.getByIndex(nPage)
  For i = 0 To oPage.Count - 1
    oShape = oPage.getByIndex(i)
    If oShape.supportsService("com.sun.star.drawing.TableShape") Then
      oCell = oShape.Model.getCellByPosition(nColumn, nRow)
      oCell.String = oCell.String & " " & sSign
    End If
  Next
End Sub

Sub Doubled(oDoc, nPage)
  oDoc.duplicate(oDoc.DrawPages.getByIndex(nPage))
End Sub

Sub Edit()
  Dim oDoc
  Dim aLoad(0) As New com.sun.star.beans.PropertyValue
  Dim aSave(0) As New com.sun.star.beans.PropertyValue
  aLoad(0).Name = "Hidden"
  aLoad(0).Value = True
  oDoc = StarDesktop.loadComponentFromURL(ConvertToURL("{source}"), "_blank", 0, aLoad())
{edits}
  aSave(0).Name = "FilterName"
  aSave(0).Value = "Impress MS PowerPoint 2007 XML"
  oDoc.storeToURL(ConvertToURL("{target}"), aSave())
  oDoc.close(True)
End Sub
"""
HEAD = '<?xml version="1.0"?>\n<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
LIBRARY = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
SECONDS = 240


class OfficeEdits:
    """Edits that LibreOffice makes in a deck, one after the other."""

    def __init__(self, soffice: str, profile: Path) -> None:
        """Use a program with a profile of its own, into which the macro is written."""
        self.soffice, self.profile = soffice, profile
        self.lines: list[str] = []

    def add(self, name: str, *arguments: object) -> None:
        """Add an edit by the name of its procedure."""
        said = ", ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in arguments)
        self.lines.append(f"  {name}(oDoc, {said})")

    def save(self, source: Path, target: Path) -> None:
        """Edit a deck and save it as another file."""
        if not self.profile.exists():  # a first start makes the profile, and forgets the macros in it
            self._run("--terminate_after_init")
        text = MACRO.replace("{source}", str(source)).replace("{target}", str(target))
        self._write(text.replace("{edits}", "\n".join(self.lines)))
        self._run("macro:///Standard.Module1.Edit")
        assert target.exists(), "LibreOffice saved nothing"

    def _run(self, what: str) -> None:
        where = f"-env:UserInstallation={self.profile.as_uri()}"
        command = [self.soffice, where, "--headless", "--norestore", what]
        environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
        subprocess.run(command, env=environment, capture_output=True, check=False, timeout=SECONDS)

    def _write(self, text: str) -> None:
        folder = self.profile / "user" / "basic" / "Standard"
        folder.mkdir(parents=True, exist_ok=True)
        module = 'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic"'
        head = HEAD.format("script:module", "module")
        (folder / "Module1.xba").write_text(f"{head}<script:module {module}>{escape(text)}</script:module>", "utf-8")
        for name, held in (("script", '<library:element library:name="Module1"/>'), ("dialog", "")):
            head = HEAD.format("library:library", "library")
            flags = 'library:name="Standard" library:readonly="false" library:passwordprotected="false"'
            library = f"{head}<library:library {LIBRARY} {flags}>{held}</library:library>"
            (folder / f"{name}.xlb").write_text(library, "utf-8")
            head = HEAD.format("library:libraries", "libraries")
            link = f'xlink:href="$(USER)/basic/Standard/{name}.xlb/" xlink:type="simple" library:link="false"'
            held = f'<library:library library:name="Standard" {link}/>'
            libraries = f"{head}<library:libraries {LIBRARY}>{held}</library:libraries>"
            (folder.parent / f"{name}.xlc").write_text(libraries, "utf-8")
