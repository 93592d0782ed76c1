"""The DrawingML of charts: bars, lines and dots with their data, in colours of the theme, named where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from conceptdeck.render.escape import escape
from conceptdeck.render.powerpoint.markup import NAMESPACES, colour, non_visual, outline
from conceptdeck.render.powerpoint.page import Page
from conceptdeck.render.powerpoint.speech import direction, spoken
from conceptdeck.render.powerpoint.workbook import EXTENSION, SHEET, cell
from conceptdeck.values.chart import ChartData, ChartKind, Series, SeriesName
from conceptdeck.values.frame import Chart, Fill, Frame, Stroke
from conceptdeck.values.units import EMU_PER_POINT
from conceptdeck.values.value import frozen

__all__ = ["CHART_TYPE", "WORKBOOK", "Parts", "chart_frame", "chart_part", "parts_of"]

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK = "rId1"  # the relation of a chart to its data
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
KEPT = "\N{NO-BREAK SPACE}"
NO_LEADERS = (  # lines from labels that were moved to what they are of
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
NO_DOT = '<c:marker><c:symbol val="none"/></c:marker>'
AXES = ("1", "2")  # of categories and of numbers
LINES = (ChartKind.LINE, ChartKind.DOT)
LEAST_DOT, MOST_DOT = 2, 72  # ST_MarkerSize, in points


@frozen
class Parts:
    """The parts that a chart is written as, and the id of the relation of its slide to it."""

    id: str
    chart: str
    workbook: str


def parts_of(frames: Iterable[Frame], template: Mapping[str, bytes]) -> dict[tuple[str, str], Parts]:
    """Return the parts of all charts by slide and name, under numbers that a template does not use."""
    charts = [(frame.key, item.name) for frame in frames for item in frame.items if isinstance(item, Chart)]
    made = (_parts(number) for number in count(1))
    free = (parts for parts in made if template.keys().isdisjoint((parts.chart, parts.workbook)))
    return dict(zip(charts, free, strict=False))


def _parts(number: int) -> Parts:
    book = f"ppt/embeddings/Microsoft_Excel_Sheet{number}.{EXTENSION}"
    return Parts(f"chart{number}", f"ppt/charts/chart{number}.xml", book)


def chart_frame(item: Chart, page: Page, relation: str) -> str:
    """Return the frame of a chart on its slide (CT_GraphicalObjectFrame)."""
    named, box = non_visual(page, item), item.box
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{named}<p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" r:id="{page.use(relation)}"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def chart_part(item: Chart, language: str) -> str:
    """Return a chart (CT_ChartSpace): its plot stands where it was laid out, and there is nothing else."""
    made = _Writer(item, language)
    names = NAMESPACES.rpartition(" ")[0]  # charts know nothing of presentations
    return (
        f'<c:chartSpace xmlns:c="{CHART}" {names}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{made.place()}{made.plot()}{made.axes()}'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{made.text('ink')}"
        f'<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


class _Writer:
    """Writes the parts of one chart."""

    def __init__(self, item: Chart, language: str) -> None:
        """Write a chart in a language."""
        self.item, self.language, self.data = item, language, item.data
        self.form = escape(_form(item.data))

    def place(self) -> str:
        """Return where the plot stands within the chart (CT_Layout), in shares of its box."""
        box, plot = self.item.box, self.data.plot
        shares = {"x": (plot.x - box.x) / box.w, "y": (plot.y - box.y) / box.h}
        shares |= {"w": plot.w / box.w, "h": plot.h / box.h}
        places = "".join(f'<c:{key} val="{share:.6f}"/>' for key, share in shares.items())
        return (
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f"{places}</c:manualLayout></c:layout>"
        )

    def plot(self) -> str:
        """Return the series in their kind of chart."""
        kind = self.data.kind
        series = "".join(self.series(at, each) for at, each in enumerate(self.data.series))
        axes = "".join(f'<c:axId val="{axis}"/>' for axis in AXES)
        if kind in LINES:
            return (
                '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
                f'{series}<c:marker val="1"/>{axes}</c:lineChart>'
            )
        stacked = kind is ChartKind.STACKED
        way, grouping = ("col", "stacked") if stacked else ("bar", "clustered")
        overlap = 100 if stacked else 0
        return (
            f'<c:barChart><c:barDir val="{way}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
            f'<c:gapWidth val="{round(self.data.gap * 100)}"/><c:overlap val="{overlap}"/>{axes}</c:barChart>'
        )

    # -- series

    def series(self, at: int, series: Series) -> str:
        """Return a series (CT_BarSer, CT_LineSer)."""
        rows, column = len(self.data.categories), at + 1
        name = f"{SHEET}!{cell(column, 0, '$')}"
        head = (
            f'<c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>{name}</c:f><c:strCache>'
            f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        )
        names = "".join(
            f'<c:pt idx="{i}"><c:v>{escape(text)}</c:v></c:pt>' for i, text in enumerate(self.data.categories)
        )
        values = "".join(f'<c:pt idx="{i}"><c:v>{value:.15g}</c:v></c:pt>' for i, value in enumerate(series.values))
        counted = f'<c:ptCount val="{rows}"/>'
        data = (
            f"<c:cat><c:strRef><c:f>{self.range(0)}</c:f><c:strCache>{counted}{names}</c:strCache></c:strRef></c:cat>"
            f"<c:val><c:numRef><c:f>{self.range(column)}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
            f"{counted}{values}</c:numCache></c:numRef></c:val>"
        )
        if self.data.kind in LINES:
            return f'<c:ser>{head}{self.line(series)}{self.labels(series)}{data}<c:smooth val="0"/></c:ser>'
        return f"<c:ser>{head}{self.bars(series)}{self.labels(series)}{data}</c:ser>"

    def range(self, column: int) -> str:
        """Return the cells of a column below its heading."""
        return f"{SHEET}!{cell(column, 1, '$')}:{cell(column, len(self.data.categories), '$')}"

    def bars(self, series: Series) -> str:
        """Return how the bars of a series look, and those of another colour."""
        lit = "".join(
            f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{_ground(fill)}</c:dPt>'
            for at, fill in series.grounds
        )
        return f'{_ground(series.fill)}<c:invertIfNegative val="0"/>{lit}'

    def line(self, series: Series) -> str:
        """Return how a line looks, which has dots where it has labels, or the dots that stand for it."""
        is_line = self.data.kind is ChartKind.LINE
        size = min(MOST_DOT, max(LEAST_DOT, round(self.data.dot / EMU_PER_POINT)))
        look = Fill(series.slot, series.fill.alpha)
        dot = f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/>{_ground(look)}</c:marker>'
        if not is_line:
            return f"{_way(None)}{dot}"
        way = _way(series.stroke)
        shown = sorted({*series.told, len(series.values) - 1})
        points = "".join(f'<c:dPt><c:idx val="{at}"/>{dot}<c:bubble3D val="0"/>{way}</c:dPt>' for at in shown)
        return f"{way}{NO_DOT}{points}"

    # -- labels

    def labels(self, series: Series) -> str:
        """Return the labels of a series (CT_DLbls): some have none, one has its name too."""
        shown = "".join(self._labels(series))
        return (
            f"<c:dLbls>{shown}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f"{_shows(number=False, name=False)}{NO_LEADERS}</c:dLbls>"
        )

    def _labels(self, series: Series) -> Iterator[str]:
        """Yield the label of each point that has one."""
        named = series.named
        for at in range(len(series.values)):
            if named and at == named.at:
                yield self._label(at, series.slot, self._side(series.values[at], named=True), named)
            elif at in series.told:
                slot = series.inner if self.data.kind is ChartKind.STACKED else series.slot
                yield self._label(at, slot, self._side(series.values[at]), None)

    def _side(self, value: float, *, named: bool = False) -> str:
        """Return where programs put a label (ST_DLblPos)."""
        if self.data.kind in LINES:
            return ("l" if self.data.rtl else "r") if named else "t"
        return "ctr" if self.data.kind is ChartKind.STACKED else "outEnd"

    def _label(self, at: int, slot: str, side: str, named: SeriesName | None) -> str:
        """Return a label (CT_DLbl), moved if it has another place than programs give it."""
        moved = ""
        if named and (named.across or named.down):
            across = (-named.across if self.data.rtl else named.across) / self.item.box.w
            moved = (
                f'<c:layout><c:manualLayout><c:x val="{across:.6f}"/><c:y val="{named.down / self.item.box.h:.6f}"/>'
                "</c:manualLayout></c:layout>"
            )
        shows = _shows(number=True, name=named is not None)
        gap = "<c:separator> </c:separator>" if named else ""
        return (
            f'<c:dLbl><c:idx val="{at}"/>{moved}<c:numFmt formatCode="{self.form}" sourceLinked="0"/>'
            f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{self.text(slot, wrap=False)}"
            f'<c:dLblPos val="{side}"/>{shows}{gap}</c:dLbl>'
        )

    def text(self, slot: str, *, wrap: bool = True) -> str:
        """Return how texts look (CT_TextBody)."""
        body = "<a:bodyPr/>" if wrap else '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        faces = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
        return (
            f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr{direction(self.language)}>"
            f'<a:defRPr sz="{round(self.data.size * 100)}" b="0"><a:solidFill>{colour(slot)}</a:solidFill>{faces}</a:defRPr>'
            f"</a:pPr><a:endParaRPr {spoken(self.language)}/></a:p></c:txPr>"
        )

    # -- axes

    def axes(self) -> str:
        """Return the axis of categories, and that of numbers, which is not seen."""
        data, (across, along) = self.data, AXES
        rows = data.kind is ChartKind.BAR
        turned = rows or data.rtl
        side = ("r" if data.rtl else "l") if rows else "b"
        categories = (
            f'<c:catAx><c:axId val="{across}"/><c:scaling><c:orientation val="{"maxMin" if turned else "minMax"}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f'{_way(data.axis)}{self.text("ink")}<c:crossAx val="{along}"/><c:crosses val="autoZero"/>'
            '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        )
        way = "maxMin" if rows and data.rtl else "minMax"
        numbers = (
            f'<c:valAx><c:axId val="{along}"/><c:scaling><c:orientation val="{way}"/>'
            f'<c:max val="{data.high:.15g}"/><c:min val="{data.low:.15g}"/></c:scaling><c:delete val="1"/>'
            f'<c:axPos val="{"t" if rows else "l"}"/><c:numFmt formatCode="{self.form}" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
            f'<c:crossAx val="{across}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
        )
        return categories + numbers


def _form(data: ChartData) -> str:
    """Return the code of the form of numbers, with their unit in quotes."""
    form = "#,##0." + "0" * data.decimals if data.decimals else "#,##0"
    unit = data.unit.replace('"', "”")
    end = RIGHT_TO_LEFT if data.rtl else ""  # so that the unit stays beside its number
    return f'{form}"{KEPT}{unit}{end}"' if unit else form


def _shows(*, number: bool, name: bool) -> str:
    """Return what a label shows."""
    shown = {
        "LegendKey": False,
        "Val": number,
        "CatName": False,
        "SerName": name,
        "Percent": False,
        "BubbleSize": False,
    }
    return "".join(f'<c:show{what} val="{int(is_shown)}"/>' for what, is_shown in shown.items())


def _ground(fill: Fill) -> str:
    """Return the colour of bars or dots, which have no outline (CT_ShapeProperties)."""
    return f"<c:spPr><a:solidFill>{colour(fill.slot, fill.alpha)}</a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>"


def _way(stroke: Stroke | None) -> str:
    """Return how a line looks, None if it is not seen (CT_ShapeProperties)."""
    return f"<c:spPr>{outline(stroke)}</c:spPr>"
