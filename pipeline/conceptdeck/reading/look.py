"""What a theme says becomes values: lengths in EMU, sizes from the wanted one down to the floor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace

from conceptdeck.reading.brand import brand_of
from conceptdeck.reading.design import (
    Design,
    Family,
    Furniture,
    LayoutForm,
    Palette,
    PictureForm,
    PlaceholderForm,
    RoleForm,
    Script,
)
from conceptdeck.reading.sizes import fitted
from conceptdeck.reading.templates import template_of
from conceptdeck.values.colour import plain
from conceptdeck.values.template import Template
from conceptdeck.values.theme import (
    FIRST_INDEX,
    FURNITURE,
    FontFiles,
    Layout,
    Pictures,
    PlaceholderSpec,
    Role,
    ScriptFont,
    TableHead,
    Theme,
)
from conceptdeck.values.units import Box, Length, Size, inches, pixels

__all__ = ["theme_of"]

TITLE, TITLES = "title", ("title", "ctrTitle")


def theme_of(key: str, design: Design, own: Mapping[str, FontFiles]) -> Theme:
    """Return the theme called `key`, with the families of `own` fonts before those of the same name."""
    design = fitted(design)
    decorative = tuple(f"accent{number:g}" for number in design.accents.decorative or ())
    roles = _legible(_roles(design.roles, design.scale), decorative)
    return Theme(
        key=key,
        name=design.name,
        dark=design.dark,
        colours=_colours(design.colours),
        opposite=_colours(design.opposite),
        readable=design.contrast,
        major=design.fonts.major,
        minor=design.fonts.minor,
        mono=design.fonts.mono,
        math=design.fonts.math,
        size=Size(*map(inches, design.size)),
        roles=roles,
        layouts=_layouts(design, roles, decorative),
        furniture=_furniture(design.furniture, roles),
        rail=asdict(design.furniture.rail),
        tracker=asdict(design.furniture.tracker),
        rings=(design.rings.outer, design.rings.inner),
        strokes=design.strokes,
        tints=design.tints,
        signs=design.signs,
        grid={name: value for name, value in asdict(design.grid).items() if name != "content"},
        spare=design.spare,
        ease=design.ease,
        second=design.second,
        least=design.least,
        content=(inches(design.grid.content[0]), inches(design.grid.content[1])),
        sides=_sides(design),
        goal=int(design.accents.goal),
        table=TableHead(design.table.ground or "", design.table.text or ""),
        decorative=decorative,
        brand=brand_of(design),
        logo=_box(design.furniture.logo),
        others=tuple(map(int, design.accents.others)),
        families=tuple({**{name: _family(name, form) for name, form in design.families.items()}, **own}.values()),
        fallbacks=tuple(design.fallbacks),
        scripts=tuple(_script(name, form) for name, form in design.scripts.items()),
        pictures=_pictures(design.pictures, decorative),
        handout=_handout(design.handout, decorative),
        template=_template(design),
    )


def _layouts(design: Design, roles: Mapping[str, Role], decorative: Collection[str]) -> dict[str, Layout]:
    """Return the layouts by name."""
    template, top = _template(design), inches(design.grid.content[0])
    return {
        name: _tied(_with_room(_unread(_layout(name, form, roles), decorative), design), template, top)
        for name, form in design.layouts.items()
    }


def _handout(form: PictureForm, decorative: Collection[str]) -> Pictures:
    """Return the look of hand-outs, whose lengths and type sizes are given in points."""
    return Pictures(_legible(_roles(form.roles, form.scale), decorative), form.lengths)


def _sides(design: Design) -> tuple[Length, Length]:
    """Return what stays free at the left and the right of the content."""
    if design.template is None:
        return inches(design.grid.margin), inches(design.grid.margin)
    left, _, width, _ = design.template.area.content
    return inches(left), inches(design.size[0] - left - width)


def _tied(layout: Layout, template: Template | None, top: Length) -> Layout:
    """Return a layout with the placeholders of a template, if there is one; what that lacks are text boxes.

    The content of slides begins at `top`.
    """
    if template is None:
        return layout
    holders = template.tie(layout.key).holders

    def tied(name: str, spec: PlaceholderSpec) -> PlaceholderSpec:
        titled = spec.type in TITLES
        made = spec.tied(holders.get(TITLE if titled else name), spec.role)
        if titled and spec.box.bottom > top and layout.key not in template.ties:  # it is said alone, at its own place
            return replace(made, box=spec.box, role=spec.role, anchor=spec.anchor, first=False)
        return made

    return replace(layout, placeholders={name: tied(name, spec) for name, spec in layout.placeholders.items()})


def _template(design: Design) -> Template | None:
    """Return the template of others that decks are built on, None if they are not."""
    return template_of(design.template) if design.template else None


def _colours(palette: Palette) -> dict[str, str]:
    """Return the colours by slot."""
    slots = {"page": palette.page, "card": palette.card, "ink": palette.ink, "secondary": palette.secondary}
    slots |= {f"accent{number}": colour for number, colour in enumerate(palette.accents, start=1)}
    return {slot: plain(colour) for slot, colour in slots.items()}


def _legible(roles: dict[str, Role], decorative: Collection[str]) -> dict[str, Role]:
    """Return roles in which no text has the colour of an accent for decoration."""
    return {name: replace(role, colour="ink") if role.colour in decorative else role for name, role in roles.items()}


def _roles(forms: Mapping[str, RoleForm], scale: Iterable[float]) -> dict[str, Role]:
    """Return the roles by name, their sizes taken from a scale."""
    return {name: _role(name, form, scale) for name, form in forms.items()}


def _role(name: str, form: RoleForm, scale: Iterable[float]) -> Role:
    size, floor = form.size, form.floor
    steps = sorted({step for step in scale if floor <= step < size} | {size, min(size, floor)}, reverse=True)
    return Role(
        name=name,
        major=form.face == "major",
        bold=form.bold,
        sizes=tuple(steps),
        leading=form.leading,
        colour=form.colour,
        avoid_orphans=form.orphans is not None,
        single=form.single,
    )


def _unread(layout: Layout, decorative: Collection[str]) -> Layout:
    """Return a layout in which no text has the colour of an accent for decoration."""
    named = layout.placeholders.items()
    placeholders = {name: replace(spec, colour="ink") if spec.colour in decorative else spec for name, spec in named}
    return replace(layout, placeholders=placeholders) if decorative else layout


def _pictures(form: PictureForm, decorative: Collection[str]) -> Pictures:
    """Return the look of pictures, whose type sizes are given in CSS pixels."""
    roles = {
        name: replace(role, sizes=tuple(pixels(size).pt for size in role.sizes))
        for name, role in _legible(_roles(form.roles, form.scale), decorative).items()
    }
    return Pictures(roles, form.lengths)


def _layout(key: str, form: LayoutForm, roles: Mapping[str, Role]) -> Layout:
    placeholders: dict[str, PlaceholderSpec] = {}
    for index, (name, each) in enumerate(form.placeholders.items(), start=FIRST_INDEX):
        found = _placeholder(name, index, each, roles)
        first = all(other.type != found.type for other in placeholders.values())
        placeholders[name] = replace(found, first=first)
    return Layout(key, form.name, placeholders, {name: _box(box) for name, box in form.boxes.items()}, form.lengths)


def _with_room(layout: Layout, design: Design) -> Layout:
    """Return a layout whose placeholders know how far they may grow: up to tracker, content, and what it holds."""
    rail, tracker, clear = design.furniture.rail, design.furniture.tracker, inches(design.grid.clearance)
    top, bottom = map(inches, design.grid.content)
    boxes = [*(spec.box for spec in layout.placeholders.values()), *layout.boxes.values()]

    def roomy(spec: PlaceholderSpec) -> PlaceholderSpec:
        box = spec.box
        beside = [each for each in boxes if each.x < box.right and box.x < each.right]
        above = (each.bottom for each in beside if each.bottom <= box.y)
        below = (each.y for each in beside if each.y >= box.bottom)
        highest = max((inches(rail.y + rail.h), inches(tracker.y + tracker.h), *above)) + clear
        lowest = min((top if box.bottom <= top else bottom, *below)) - clear
        return replace(spec, room=(Length(min(box.y, highest)), Length(max(box.bottom, lowest))))

    return replace(layout, placeholders={name: roomy(spec) for name, spec in layout.placeholders.items()})


def _furniture(form: Furniture, roles: Mapping[str, Role]) -> dict[str, PlaceholderSpec]:
    return {name: _placeholder(name, index, getattr(form, name), roles) for name, index in FURNITURE.items()}


def _placeholder(name: str, idx: int, form: PlaceholderForm, roles: Mapping[str, Role]) -> PlaceholderSpec:
    role = roles[form.role]
    return PlaceholderSpec(
        name=name,
        type=form.type,
        idx=idx,
        role=role,
        colour=form.colour or role.colour,
        box=_box(form.box),
        anchor=form.anchor,
        align=form.align,
        prompt=form.prompt,
    )


def _family(name: str, form: Family) -> FontFiles:
    return FontFiles(
        name,
        form.regular,
        form.bold,
        tuple(form.instead),
        form.outlines or "",
        form.italic or "",
        form.bold_italic or "",
        form.width,
    )


def _script(name: str, form: Script) -> ScriptFont:
    return ScriptFont(
        script=name,
        slot=form.slot,
        name=form.font or "",
        measure=form.measure or "",
        leading=form.leading,
        plain=form.plain,
    )


def _box(numbers: Iterable[float]) -> Box:
    return Box(*map(inches, numbers))
