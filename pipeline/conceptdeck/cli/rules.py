"""Every rule of the project by its code, gathered from the modules that report them: for `check --explain`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from conceptdeck.values.rules import Rule

__all__ = ["HOMES", "every_rule"]

HOMES = (
    "reading.imported.rules",
    "reading.marks",
    "reading.rules",
    "story.dense",
    "story.portfolio",
    "story.own",
    "story.storyboard",
    "story.walks",
    "translation.po",
    "translation.rules",
    "translation.words",
    "importing.rules",
    "layout.graph.ranks",
    "layout.pictures.canvas",
    "layout.rules",
    "layout.zooms",
    "checks.collisions",
    "checks.content",
    "checks.consistency",
    "checks.customs",
    "checks.drawings",
    "checks.frames",
    "checks.marked",
    "checks.package.archive",
    "checks.package.compatibility",
    "checks.package.contents",
    "checks.package.wording",
    "checks.package.targets",
    "checks.package.properties",
    "checks.package.media",
    "checks.package.identities",
    "checks.package.geometry",
    "checks.package.graphics",
    "checks.package.markup",
    "checks.package.masters",
    "checks.package.memory",
    "checks.package.opened",
    "checks.package.presentation",
    "checks.package.rules",
    "checks.package.saved",
    "checks.package.slides",
    "checks.package.ties",
    "checks.pace",
    "checks.rules",
    "checks.svg",
    "checks.translations",
    "workspace.disk",
    "workspace.executors",
    "workspace.graphviz",
    "workspace.places",
    "workspace.sites",
    "workspace.stores",
    "building.asked",
    "building.batch",
    "building.catalogs",
    "building.imports",
    "building.deck",
    "building.diagrams",
    "building.addresses",
    "building.doubling",
    "building.edition",
    "building.exporting",
    "building.editing",
    "building.fleet.running",
    "building.fleet.sources",
    "building.fleet.working",
    "building.fonts",
    "building.housing",
    "building.outputs",
    "building.kept",
    "building.publishing",
    "building.revising",
    "building.rules",
    "building.templates",
    "cli.export",
    "cli.i18n",
    "cli.new",
    "cli.templates",
    "cli.theme",
)
"""The modules that rules stand in, from the lowest room up."""


@cache
def every_rule() -> Mapping[str, Rule]:
    """Return the rules by code; what reports them is imported for it."""
    homes = [vars(import_module(f"conceptdeck.{home}")) for home in HOMES]
    rules = [value for home in homes for value in home.values() if isinstance(value, Rule)]
    return {rule.code: rule for rule in rules}
