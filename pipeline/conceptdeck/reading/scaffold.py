"""A first map: small, complete, and explained part by part, for an author to write over."""

from __future__ import annotations

import unicodedata

from conceptdeck.reading.rules import BAD_ID
from conceptdeck.reading.short import WINDOWS, id_of, slugified
from conceptdeck.values.characters import is_blank, quoted
from conceptdeck.values.diagnostics import Diagnostic

__all__ = ["check_name", "scaffold"]

FORBIDDEN = frozenset('<>:"/\\|?*')  # no file of Windows has them in its name
EDGES = (" ", ".", "-")  # what hides a folder, is lost on Windows, or looks like an option
LONGEST_NAME = 200  # bytes


def scaffold(name: str) -> str:
    """Return the text of a new map's file; `name` is that of its folder."""
    return TEMPLATE.replace("<id>", id_of(name))


def check_name(name: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the name of a new map's folder: some systems could not keep it."""
    slug = slugified(name)
    hints = (f"{quoted(f'{slug}-1' if slug in WINDOWS else slug)} would do",) if slug else ("write a word or two",)
    message = f"{quoted(name)} cannot name a folder everywhere"
    return () if _names_a_folder(name) else (BAD_ID.at(message, hints=hints),)


def _names_a_folder(name: str) -> bool:
    """Tell whether every system keeps a folder of this name."""
    if is_blank(name) or any(char in FORBIDDEN or unicodedata.category(char)[0] == "C" for char in name):
        return False
    is_device = name.partition(".")[0].strip().casefold() in WINDOWS
    return not (is_device or name.startswith(EDGES) or name.endswith(EDGES[:2]) or len(name.encode()) > LONGEST_NAME)


TEMPLATE = """\
# yaml-language-server: $schema=../map.schema.json
# A concept map for conceptdeck. Build its deck with: conceptdeck build <id>

# How to edit this file
#   Change the text after a colon. Leave the words before a colon as they are, but for ids.
#   An id is a short word of a-z, 0-9 and hyphens, such as "first-idea"; other parts refer to it.
#   A text that runs over several lines starts with ">-"; its line breaks become spaces.
#   Put a text in double quotes when it contains a colon followed by a space.
#   A part that you do not need can go: delete it with everything indented below it.
#   When a text is too long for its slide, the build names it and its line.

# The title, the one sentence that the whole map serves, and the concept that it explains ("focus").
# Write the core sentence first. If you cannot say it in one breath, the map is not ready.
language: en
title: Your topic in a few words
subtitle: What the listener gets out of it
core-sentence: Write here the one sentence that your listeners should take home.
focus: main-idea

# Topics of the map. They become keywords of the file.
tags:
  your-field: Your field
  your-topic: Your topic

# The cover. "meta" stands at its foot; "notes" are what the speaker says, here and everywhere below.
cover:
  meta: Event · Place · Date
  notes: >-
    Say who you are and why you are here. Then say the core sentence, slowly.

# Examples: products, people, places, works. Concepts and table cells refer to them by id.
# "by" (who makes it) and "link" (where to read more) may be left out.
systems:
  first-example:
    name: First example
    by: Its maker
    link: https://example.org

  second-example:
    name: Second example

  third-example:
    name: Third example

# Concepts that stand outside the layers: the focus, and others that relations or the hierarchy need.
# Of a concept that needs only a name, write only that: "second-idea: Your second idea".
concepts:
  main-idea:
    name: Your main idea
    icon: lightbulb
    tagline: What it is at heart
    description: Explain your main idea in one or two short sentences.

# The steps from what listeners know to what is new: one slide that looks like a staircase.
# Two to four steps read best. Keep headlines under 40 characters and details under 80.
steps:
  title: Two steps lead from the known to the new
  notes: >-
    Tell the way as a story: where your listeners stand now, and what changes.
  items:
    known:
      name: The known
      headline: Start where your listeners are
      detail: Name what everybody in the room has seen or used.

    new:
      name: The new
      headline: Say what is different now
      detail: Name the one thing that the known cannot do.

# The concept flow: layers with their concepts. Each layer makes a divider, a slide with cards,
# and a slide for each concept. The last layer is the goal.
#   role: the layer in two or three words      summary: its message, the title of the slide with the cards
#   name: its title on the divider             lead: a line under that title
#   opening: what you say on the divider       notes: what you say on the slide with the cards
layers:
  title: Two layers carry the main idea
  notes: >-
    Show the route, so that your listeners know how far it goes.
  items:
    ground:
      role: The ground
      name: What it builds on
      summary: The main idea builds on two things
      lead: Say why this layer comes first.
      opening: >-
        Introduce the layer with a question that it will answer.
      notes: >-
        Name the concepts of this layer, and what they have in common.

      # A concept: "tagline" places it, "description" says what it is, "examples" are ids of systems.
      # "meaning" is its takeaway: it titles the concept’s own slide, so write it as a sentence.
      # "icon" is its sign beside its name; `conceptdeck icons world` finds icons for a word.
      # It may have "points" too (a list of texts), "see" (ids of other concepts) and "link" (where to read more),
      # and what its slide shows very large: "shift" ({from: old, to: new}), "evidence" ({value: 42 %, text: of all}).
      concepts:
        first-concept:
          name: First concept
          icon: puzzle
          tagline: Two or three words
          description: Say in one or two short sentences what it is.
          examples: [first-example, second-example]
          meaning: The first concept hands something on
          notes: >-
            Explain it with one of the examples. Say what it means for the main idea.

        second-concept:
          name: Second concept
          icon: key
          tagline: Two or three words
          description: Say what it is, and how it differs from the first.
          examples: [third-example]
          meaning: The second concept adds what was missing
          notes: >-
            Contrast it with the first concept.

    goal:
      role: The goal
      name: Where it leads
      summary: The goal comes into reach
      lead: Say what becomes possible here.
      opening: >-
        This is the layer that the others lead to. Take your time.
      notes: >-
        Show how both layers meet in this concept.
      concepts:
        third-concept:
          name: Third concept
          icon: mountain
          tagline: Two or three words
          description: Say what it makes possible.
          examples: [second-example, third-example]
          meaning: The third concept completes the main idea
          notes: >-
            Come back to the core sentence.

# How the focus relates to other concepts: one diagram, and a slide for each relation.
#   source, target: where the arrow starts and ends      phrase: what stands on it, three words at most
#   type: an id from "types"                             role: a small line in the box of the other concept
# "labels" are the headings on the slides of the relations.
# All but the ends may be left out. In short, "items" is a list of lists: "- [main-idea, builds on, first-concept]".
relations:
  title: The main idea needs its concepts
  notes: >-
    Read the arrow aloud: source, phrase, target. It should be a sentence.
  labels:
    core: Its core
    limit: Its limit
    adds: What the main idea adds
    evidence: Keep in mind

  # Kinds of relation. "line: dashed" and "directed: false" draw a dashed line without an arrowhead.
  types:
    builds-on:
      name: Builds on

  items:
    first-concept:
      source: main-idea
      target: first-concept
      type: builds-on
      phrase: builds on
      role: The ground
      headline: The main idea goes beyond its ground
      core: What the other concept is at heart.
      limit: What it cannot do alone.
      adds: What the main idea adds to it.
      evidence:
        value: "42"
        text: One figure that your listeners remember, and what it counts.
      notes: >-
        Say where the figure comes from.

    second-concept:
      source: main-idea
      target: second-concept
      type: builds-on
      phrase: needs
      role: The missing part

# The hierarchy, the lowest level first. "members" are ids of concepts, "holds" names what else is there.
strata:
  title: The main idea rests on solid ground
  notes: >-
    Read the picture from the ground up.
  items:
    base:
      name: Base
      holds: What must be there
      does: Carries everything above

    concepts:
      name: Concepts
      members: [first-concept, second-concept]
      does: Give the main idea its parts

    idea:
      name: Idea
      members: [main-idea]
      does: Brings the parts together

# The closing slide repeats the core sentence; "text" stands below it.
closing:
  text: Say what your listeners should do tomorrow.
  notes: >-
    Say the core sentence once more, then stop.

# Where the facts come from: the last slide. "by", "gives" and "link" may be left out.
sources:
  title: The facts come from here
  notes: >-
    Offer to send the sources.
  items:
    first-source:
      title: Title of the source
      by: Who wrote it
      gives: What this map takes from it
      link: https://example.org

# Diagrams: pictures for articles. Draw them with: conceptdeck diagrams <id>
# "kind" says what one shows: hierarchy, relations, categories, flow, groups, bridge, concept or map.
# Without this part there is one of each kind that the map has something for.
diagrams:
  relations:
    kind: relations
    title: The main idea and what it builds on
    caption: Say here what readers should see in the picture.

  hierarchy:
    kind: hierarchy

  map:
    kind: map
"""
