"""The properties of a deck: what the file says about itself."""

from __future__ import annotations

from collections.abc import Sequence

from conceptdeck.render.escape import escape
from conceptdeck.values.embedded import EmbeddedFont
from conceptdeck.values.memory import Origin
from conceptdeck.values.value import frozen

__all__ = ["Properties", "app", "core", "custom"]


@frozen
class Properties:
    """What the file says about itself."""

    map_id: str
    language: str
    title: str
    subject: str
    keywords: tuple[str, ...]
    theme: str
    generator: str
    author: str = ""
    event: str = ""
    origin: Origin | None = None


def core(properties: Properties) -> str:
    """Return the core properties; no dates, so that the same input gives the same bytes."""
    more = f"<dc:creator>{escape(properties.author)}</dc:creator>" if properties.author else ""
    more += f"<dc:description>{escape(properties.event)}</dc:description>" if properties.event else ""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>{more}"
        f"<dc:identifier>{escape(properties.map_id)}</dc:identifier><dc:language>{properties.language}</dc:language>"
        f"<cp:keywords>{escape(', '.join(properties.keywords))}</cp:keywords></cp:coreProperties>"
    )


def app(slides: int, properties: Properties) -> str:
    """Return what programs count."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{escape(properties.generator)}</Application><Slides>{slides}</Slides><Notes>{slides}</Notes>"
        "</Properties>"
    )


def custom(properties: Properties, memory: str, fonts: Sequence[EmbeddedFont] = ()) -> str:
    """Return the custom properties: what the deck was made from, and whose its fonts are, survives other editors here.

    The digest of its `memory` tells whether the same can be made anew.
    """
    values = {"conceptdeck.map": properties.map_id, "conceptdeck.language": properties.language}
    values |= {"conceptdeck.values.theme": properties.theme}
    if origin := properties.origin:
        values |= {"conceptdeck.story": origin.story, "conceptdeck.memory": memory}
    values |= {f"{font.family} ({key})": said for font in fonts for key, said in font.notices.items()}
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), start=2)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{made}</Properties>'
    )
