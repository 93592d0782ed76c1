"""Formulas as native equations (OMML, shared-math.xsd of ECMA-376), with their plain text for programs without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conceptdeck.render.escape import escape
from conceptdeck.values.formula import ACCENTS, BIG, Formula, Kind, Node, in_italics

__all__ = ["equation"]

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
POWERPOINT_2010 = "http://schemas.microsoft.com/office/drawing/2010/main"
POWERPOINT_2014 = "http://schemas.microsoft.com/office/drawing/2014/main"
SPACES = ((0.9, "\u2003"), (0.4, "\u2002"), (0.25, "\u2005"), (0.0, "\u2009"))  # from a width in ems on
SCRIPTS = {
    Kind.LOW: ("sSub", ("e", "sub")), Kind.HIGH: ("sSup", ("e", "sup")), Kind.BOTH: ("sSubSup", ("e", "sub", "sup")),
    Kind.BELOW: ("limLow", ("e", "lim")), Kind.ABOVE: ("limUpp", ("e", "lim")),
}  # fmt: skip
LIMITS = (Kind.BELOW, Kind.AROUND)


def equation(formula: Formula, look: tuple[str, str], fallback: str) -> str:
    """Return a formula as it stands in a paragraph, and `fallback` in its place for programs that know no formulas.

    `look` are the attributes and the content of its run properties. LibreOffice knows what this asks for first, yet
    shows nothing of a formula within a text; so something is asked for that it does not know.
    """
    pen = _Pen(*look)
    return (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice xmlns:a14="{POWERPOINT_2010}" '
        f'xmlns:a16="{POWERPOINT_2014}" Requires="a14 a16"><a14:m><m:oMath xmlns:m="{MATH}">{pen.written(formula.root)}'
        f"</m:oMath></a14:m></mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


class _Pen:
    """Writes nodes in one look."""

    def __init__(self, attributes: str, content: str) -> None:
        """Take the attributes of run properties, and what stands in them."""
        self.upright = f'<a:rPr{attributes} i="0">{content}</a:rPr>'
        self.italic = f'<a:rPr{attributes} i="1">{content}</a:rPr>'
        self.control = f"<m:ctrlPr>{self.italic}</m:ctrlPr>"

    def written(self, node: Node) -> str:
        """Return a node, the parts of a row one after the other."""
        parts = node.parts
        match node.kind:
            case Kind.ROW:
                return "".join(self.beside(parts))
            case Kind.FRACTION | Kind.STACK:
                kind = '<m:type m:val="noBar"/>' if node.kind is Kind.STACK else ""
                return self.element("f", kind, ("num", "den"), parts)
            case Kind.ROOT:
                hidden = '<m:degHide m:val="1"/>' if len(parts) == 1 else ""
                degree = self.written(parts[1]) if len(parts) > 1 else ""
                return (
                    f"<m:rad><m:radPr>{hidden}{self.control}</m:radPr><m:deg>{degree}</m:deg>{self.e(parts[0])}</m:rad>"
                )
            case Kind.AROUND:
                return self.written(Node(Kind.ABOVE, parts=(Node(Kind.BELOW, parts=parts[:2]), parts[2])))
            case Kind.ACCENT:
                sign = f'<m:chr m:val="{ACCENTS[node.text]}"/>'
                return self.element("acc", sign, ("e",), parts)
            case Kind.BAR | Kind.UNDERBAR:
                place = f'<m:pos m:val="{"top" if node.kind is Kind.BAR else "bot"}"/>'
                return self.element("bar", place, ("e",), parts)
            case Kind.FENCE:
                ends = "".join(
                    f'<m:{name} m:val="{escape(sign.strip())}"/>'
                    for name, sign in zip(("begChr", "endChr"), node.text, strict=True)
                )
                return self.element("d", ends, ("e",), parts)
            case Kind.TABLE:
                return self.table(parts)
            case _ if node.kind in SCRIPTS:
                tag, names = SCRIPTS[node.kind]
                return self.element(tag, "", names, parts)
            case _:
                return self.run(node)

    def element(self, tag: str, properties: str, names: Sequence[str], parts: Sequence[Node]) -> str:
        """Return an element with its properties, and each part within one of its own."""
        inner = "".join(f"<m:{name}>{self.written(part)}</m:{name}>" for name, part in zip(names, parts, strict=True))
        return f"<m:{tag}><m:{tag}Pr>{properties}{self.control}</m:{tag}Pr>{inner}</m:{tag}>"

    def e(self, node: Node) -> str:
        """Return what something is done to."""
        return f"<m:e>{self.written(node)}</m:e>"

    def beside(self, parts: Sequence[Node]) -> Iterator[str]:
        """Yield parts; a sum takes what follows it along."""
        waiting = iter(parts)
        for part in waiting:
            base = part.parts[0] if part.parts else part
            follows = next(waiting, None) if _is_sum(part) else None
            if follows is None:
                yield self.written(part)
            else:
                yield self.sum(base.text, part, follows)

    def sum(self, sign: str, node: Node, follows: Node) -> str:
        """Return a sum, a product or an integral with its limits."""
        low = node.parts[1] if node.kind in (Kind.LOW, Kind.BOTH, *LIMITS) else None
        high = node.parts[-1] if node.kind in (Kind.HIGH, Kind.BOTH, Kind.ABOVE, Kind.AROUND) else None
        place = "undOvr" if node.kind in (*LIMITS, Kind.ABOVE) else "subSup"
        hidden = '<m:subHide m:val="1"/>' * (low is None) + '<m:supHide m:val="1"/>' * (high is None)
        limits = "".join(
            f"<m:{name}>{self.written(part) if part else ''}</m:{name}>" for name, part in (("sub", low), ("sup", high))
        )
        return (
            f'<m:nary><m:naryPr><m:chr m:val="{sign}"/><m:limLoc m:val="{place}"/>{hidden}{self.control}</m:naryPr>'
            f"{limits}{self.e(follows)}</m:nary>"
        )

    def table(self, lines: Sequence[Node]) -> str:
        """Return a matrix."""
        columns = max(len(line.parts) for line in lines)
        count = f'<m:mcs><m:mc><m:mcPr><m:count m:val="{columns}"/><m:mcJc m:val="center"/></m:mcPr></m:mc></m:mcs>'
        rows = "".join(
            f"<m:mr>{''.join(map(self.e, line.parts))}{'<m:e/>' * (columns - len(line.parts))}</m:mr>" for line in lines
        )
        return f"<m:m><m:mPr>{count}{self.control}</m:mPr>{rows}</m:m>"

    def run(self, node: Node) -> str:
        """Return a text: letters in italics as the signs that mathematics has for them, as PowerPoint writes them."""
        text, properties, look = node.text, '<m:rPr><m:sty m:val="p"/></m:rPr>', self.upright
        if node.kind is Kind.LETTER:
            text, properties, look = in_italics(text), "", self.italic
        elif node.kind is Kind.TEXT:
            properties = "<m:rPr><m:nor/></m:rPr>"
        elif node.kind is Kind.SPACE:
            text = next((sign for width, sign in SPACES if float(node.text) > width), "")
        elif node.kind is Kind.NUMBER or not node.text.isalpha():
            properties = ""
        return f"<m:r>{properties}{look}<m:t>{escape(text)}</m:t></m:r>" if text else ""


def _is_sum(node: Node) -> bool:
    """Tell whether a node is a large sign, alone or with limits."""
    base = node.parts[0] if node.parts and node.kind in (*SCRIPTS, Kind.AROUND) else node
    return base.kind is Kind.SIGN and base.text in BIG
