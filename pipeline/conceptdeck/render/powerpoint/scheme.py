"""Our colours on a template of others: what they are in its scheme."""

from __future__ import annotations

from typing import Any

from conceptdeck.render.powerpoint.markup import SLOTS
from conceptdeck.values.regex import regex
from conceptdeck.values.template import SchemeColour, Template

__all__ = ["recoloured"]

OURS = {name: slot for slot, name in SLOTS.items()}
SCHEME = regex(r'<a:schemeClr val="(\w+)"(/?)>')


def recoloured(xml: str, template: Template) -> str:
    """Return the XML of a slide of ours in the colours of a template's scheme."""

    def replaced(match: Any) -> str:
        slot = OURS.get(match[1], match[1])
        found = template.scheme.get(slot, SchemeColour(match[1]))
        change = f'<a:lumMod val="{round(found.mod * 1000)}"/>' if found.mod != 100 else ""
        change += f'<a:lumOff val="{round(found.off * 1000)}"/>' if found.off else ""
        begun = f'<a:schemeClr val="{found.name}"'
        if match[2]:
            return f"{begun}>{change}</a:schemeClr>" if change else f"{begun}/>"
        return f"{begun}>{change}"

    return SCHEME.sub(replaced, xml)
