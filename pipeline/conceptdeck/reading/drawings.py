"""Files of SVG that a map names, heard element by element: what no drawing needs is refused, and the way out told."""

from __future__ import annotations

from typing import ClassVar
from xml.parsers import expat

__all__ = ["SVG", "DrawingReader", "Unfit"]

SVG = "http://www.w3.org/2000/svg"


class Unfit(Exception):
    """Tell why a file is of no use: what is wrong, the line and column from 1 (0 for the file), and the way out."""

    def __init__(self, what: str, hint: str, line: int = 0, column: int = 0) -> None:
        super().__init__(what)
        self.what, self.hint, self.line, self.column = what, hint, line, column


class DrawingReader:
    """Hears what the parser of XML finds, and refuses what would fetch something or lead to another program.

    What it refuses is raised as the class `unfit`.
    """

    unfit: ClassVar[type[Unfit]] = Unfit

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def read(self, data: bytes, largest: int, smaller: str) -> None:
        """Hear a document; one of more bytes than the `largest` is refused with the hint `smaller`."""
        if len(data) > largest:
            raise self.unfit(f"has more than {largest:,} bytes", smaller)
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            what = f"is not XML: {expat.ErrorString(error.code)}"
            raise self.unfit(what, "save it as plain SVG", error.lineno, error.offset + 1) from error

    def refused(self, what: str, hint: str) -> Unfit:
        """Return the reason against what was just found."""
        return self.unfit(what, hint, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def no_svg(self, name: str) -> Unfit:
        """Return the reason against a document whose first element has another name."""
        return self.refused(f"is no SVG: it starts with `<{name}>`", "save it as plain SVG")

    def doctype(self, *_: object) -> None:
        """Refuse a document type: it could hold entities, or fetch something."""
        raise self.refused("has a document type", "delete `<!DOCTYPE …>`: no program needs it")

    def instruction(self, *_: object) -> None:
        """Refuse what leads to a style sheet or another program."""
        raise self.refused("has an instruction to programs", "delete `<?…?>` below the first line")

    def start(self, full_name: str, given: dict[str, str]) -> None:
        """Hear the start of an element."""
        raise NotImplementedError

    def end(self, full_name: str) -> None:
        """Hear the end of an element."""
        raise NotImplementedError
