"""Every rule of the project by its code: what it finds, how much that weighs, and why it matters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from conceptdeck.values.diagnostics import Severity

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `elsewhere` is its weight in decks that other programs wrote, if that differs."""

    code: str
    severity: Severity
    title: str
    explanation: str
    area: str
    elsewhere: Severity | None = None

    @property
    def can_be_silenced(self) -> bool:
        """Tell whether one place may be excused from the rule."""
        return self.area in ("frames", "content") or self.severity is Severity.WARNING


RULES: Mapping[str, Rule]
"""The rules by code."""


# --- silencing -----------------------------------------------------------------------------------


# --- the rules -----------------------------------------------------------------------------------
# One rule a paragraph: code, weight (`error`, `warning`, or `error/warning` where the second is for decks of
# other programs), title; then the explanation.

_CATALOGUE = {
    "source": """
not-utf-8 error: a byte that is not part of UTF-8 text
Maps are read as UTF-8, the encoding of nearly all text. Save the file as UTF-8 in your editor.

too-large error: a file beyond the size that is read
A map of more than 8 million bytes is refused before the parser sees it, so that no file can fill the memory. Split
the map.

too-deep error: values nested too deep
More than forty levels are refused, so that no file can exhaust the parser. A map needs about eight.

too-many-nodes error: more values than are read
A map of more than 400,000 values is refused. Split the map.

too-many-mistakes error: more findings than help
After two hundred findings the rest of the file is not looked at. Mend the first ones and run again.

forbidden-character error: a character that no slide can show
Control characters, noncharacters, halves of surrogate pairs and stray byte order marks cannot be kept in a slide, or
make PowerPoint repair it. Delete the character.

unbalanced-direction error: a bidirectional control without its partner
Embeddings, overrides and isolates of text direction must be closed in the text that opens them, or they turn what
follows.

syntax error: text that is not YAML
The parser cannot go on at the place shown. Often a colon, a quote or the indentation is missing there or one line
above.

empty-file error: a file without content
The file holds nothing but comments. A map needs at least a title and a core sentence.

multiple-documents error: a second document in the file
A `---` starts a second YAML document; a map is one. Delete the line, or split the file.

alias error: an anchor, an alias or a merge key
Anchors and aliases let a small file expand without bound, and hide where a text comes from. Write the value out.

tag error: a YAML tag
Every value is text or a structure, so that `no` and `012` stay what was typed; tags have no use here. Delete the tag,
or quote the text.

duplicate-key error: a key twice in one mapping
YAML would keep the last and lose the first without a word. Rename or delete one of them.

key-not-text error: a list or a mapping as a key
Keys are words. Often a `?` or a bracket got to the front of a line.

empty-key error: a key without a visible character
Give the key a name, or quote the text if it is none.
""",
    "reader": """
unknown-key error: a key that its mapping does not have
A key that nobody reads is most often misspelt, and its text would be missing from the deck. The message names the
nearest known key.

missing-key error: a key that its mapping must have
Without this key the slide could not be told. Add it.

wrong-kind error: a value of the wrong kind
A list stands where text is meant, text where a mapping is meant, and so on. What is inside is not read.

empty-text error: a text without a visible character
A text that is there must say something. Fill it, or delete its key if it is optional.

long-text error: a text of more characters than are read
A text that long fits no slide. Shorten it.

empty-collection error: a list or mapping with nothing in it
Where a collection is optional, leave its key out; otherwise put something in.

bad-id error: an id that is not a plain slug
Ids become names of shapes, files and translation keys: small letters, digits and single hyphens, and none of the
names that Windows reserves.

reserved-id error: an id that is a key of its parent
Texts are named by their way through the map; this id would give two texts the same name. Choose another.

duplicate-id error: an id that another element has
References to it would mean two things. Rename one of them.

dangling-reference error: an id that nothing has
The id that is referred to is not declared where it should be. The message names the nearest known one.

duplicate-reference error: an id twice in one list
The slide would show the same thing twice. Delete one.

self-relation error: a relation from a concept to itself
A relation joins two concepts. Name another concept at one of its ends.

bad-choice error: a word that is not among the choices
The message lists the words that are.

bad-flag error: neither `true` nor `false`
Flags are these two words and nothing else.

bad-link error: an address that is not safe to open
Links start with https, http or mailto: others could run programs or read files on the machine of who clicks them.

bad-language error: not a language tag
Languages are BCP 47 tags such as `en`, `de` or `zh-Hans`.

unknown-column error: a cell in a column that the table does not have
The cell would not be shown. The message names the nearest known column.

missing-column error: a row without a cell for each column
A row with too few cells makes PowerPoint repair the file. Give the row a cell for each column.
""",
    "theme and files": """
theme-cycle error: a theme that extends itself
A theme builds on another, and that on this one. Cut the circle.

bad-colour error: a colour that is not six hexadecimal digits
PowerPoint repairs files with other colours: no `#`, no names, no three digits.

bad-number error: a number that is none, or out of range
PowerPoint repairs files whose lengths have decimals or are beyond their range. Lengths are whole EMU: 914,400 to the
inch.

bad-font-name error: a font name that could be markup
Letters, digits, spaces and hyphens make a font name; all else could break out of the file that names it.

unknown-map error: no map of this name
A map is a folder of `./data`, a shipped map, or a path to a folder or file.

which-map error: no single map to choose
Without a name, the only map there is gets built. Name one.

no-map error: no map to choose
There is neither a `./data` with maps nor a shipped map. Write `data/<name>/map.yaml`, or start with `conceptdeck new`.

map-exists error: a map of this name is there already
A new map never overwrites one. Choose another name.

unknown-story error: no story of this name
A story is shipped, or stands beside the map in `stories.yaml`. The message names those there are.

unknown-slide error: a story names a slide that the map does not have
The name is misspelt, or the map lacks what the slide shows.

unknown-theme error: no theme of this name
A theme is a file of `./themes`, or a shipped one.

cannot-read error: a file that cannot be read
The operating system gives the reason that is shown.

cannot-write error: a file that cannot be written
What was there before is untouched: new output replaces old only when it is whole.

duplicate-catalog error: two catalogs of one language
`pt_BR.po` and `pt-BR.po` spell one tag in two ways, so nobody could tell which one holds. Keep one of them.

changed-output warning: an output file that is kept, since somebody has changed it
Somebody has worked on it since it was built, or conceptdeck never built it: it is not replaced, and the command ends
with exit code 3. `--force` replaces it and keeps a copy; `--out` builds into another folder.

fault error: a fault of the program
It should not happen. Nothing was written; please report it with what `CONCEPTDECK_DEBUG=1` shows.

engine-missing error: Graphviz is not there
Diagrams are laid out by Graphviz, which comes with the installation. Install again.

engine-failed error: Graphviz refused the graph
Please report the map that did it.
""",
    "frames": """
empty-title error/warning: a slide without a title
Screen readers, the outline and the list of slides name a slide by its title; 166 of 270 real decks lack one
somewhere.

duplicate-title error/warning: a title that an earlier slide has
Whoever moves by titles cannot tell the two slides apart. Word them differently.

duplicate-name error: a name that two items of a slide share
Links, connectors and translations find an item by its name.

reading-order error/warning: a title that is not read first
Screen readers read a slide from back to front. The title tells the listener where they are, so it comes first.

no-alt-text error/warning: a graphic that says nothing to who cannot see it
Pictures, groups, tables, charts and connectors need a description, or the mark of decoration. 117 of 270 real decks
lack one.

off-slide error: something reaches beyond the slide
What is beyond the edge is not shown. Decoration without text may bleed off.

text-overflow error: text larger than the room it has
PowerPoint shrinks text only when somebody edits it, so what overflows is shown overflowing. Shorten the text.

text-too-small error: text below the smallest size of the theme
The theme's floor is what the last row can read. Shorten the text, or split the slide.

missing-glyph warning: a character that no font covers
Another font stands in on each machine, or an empty box. Use other characters, or add a fallback font to the theme.

diagram-fallback warning: a diagram laid out in the plainer way
Graphviz found no arrangement in time or in the room there is, so the diagram is drawn by ranks.

no-zoom warning: zooms were asked for, and there is none to make
Zooms stand on the agenda, one for each layer that has slides of its own in the story.

orphan-word warning: a title whose last line is nearly empty
A single short word on the last line looks like a mistake. Shorten or lengthen the title by a word.

low-contrast error: text too close in colour to what it stands on
WCAG 2.2 asks for 4.5:1, and 3:1 from 18 points, or 14 points bold. A projector in a lit room takes more away. A theme
that promises 7:1 is held to that, and to 4.5:1 for large text; so are the tints of its accents that areas are filled
with.

text-overlap error: text that runs into other text
Neither can be read where they meet. Shorten the text, or move one of them.

text-across-edge error: text partly on a shape that it does not belong to
The edge runs through the letters. Keep the text within the shape, or clear of it.

label-on-line error: text that a connector runs through
The line crosses the letters out. Move the label off it.

edge-through-node error: a connector through a node that is neither of its ends
It reads as a relation that is not there.

overlapping-nodes error: nodes that lie partly on each other
One hides a part of the other. Move them apart.

loose-connector error: a connector that does not end where it is glued
It jumps when somebody moves one of its shapes. Ends are at connection sites of shapes on the slide.

misaligned-siblings warning: shapes of one kind that are almost in line
Cards, steps, levels or nodes of one size whose tops or left edges differ by less than an eighth of an inch look like a
mistake. Give them the same edge, or move them clearly apart.
""",
    "content": """
unused-system warning: a system that no slide shows
A system is declared and neither a concept nor a table names it: often the example was forgotten, or renamed.

orphan-concept warning: a concept that nothing refers to
A concept outside the layers appears on slides only where something refers to it.

unused-relation-type warning: a kind of relation that no relation has
It still stands in the legend of the author's mind, not of the deck. Use it or delete it.

duplicate-label warning: two elements of a kind with one name
On a slide nobody sees ids: the audience takes the two for one.

repeated-text warning: the same text for two concepts
Often copied to be rewritten later. Say of each concept what is its own.

repeated-relation warning: a relation that is there already
Two relations of one type join the same concepts in the same direction: two arrows on each other.

relation-cycle warning: directed relations that lead in a circle
A builds on B builds on A explains nothing, unless feedback is what is meant: then allow it.

missing-notes warning: a slide without notes among slides with notes
If the speaker has notes for some slides, a slide without is most often forgotten. A map without any notes is not
judged.
""",
}
_CATALOGUE["package"] = """
not-a-package error: not a whole Office file
A .pptx file is a zip archive that lists its content types. This one is cut off, is of an older kind, is locked, or is
something else.

too-large-package error: more than is looked at
A file that unpacks to a multiple of its size could fill memory and disk, so it is not unpacked.

too-large-part error: is larger than is looked at
A part with more than 250,000 tags, or a file with 2.5 million, is not read further, so that no file can
fill the memory.

damaged-part error: a part that cannot be unpacked
Its checksum is wrong, or it is encrypted or packed in an unknown way. PowerPoint refuses such a file.

duplicate-part error: two parts of one name
Which of the two is read depends on the program; PowerPoint calls the file damaged.

bad-part-name error: a name that no part may have
Names with `..`, backslashes, colons or control characters could lead out of the folder that the file is unpacked in.

doctype error: has a document type declaration
Office files have none. It can make a reader fetch files or expand text without bound, so the part is not read.

not-well-formed error: a part that is not XML
A character such as `&` or `<` was not escaped, or a tag is not closed. PowerPoint refuses or repairs the file.

illegal-character error: a character that XML forbids
Control characters cannot be written in XML, not even escaped. They come with text copied from elsewhere.

missing-content-type error: a part of no known type
`[Content_Types].xml` says what each part holds, by its name or its extension. PowerPoint refuses files with parts it
says nothing about.

wrong-content-type error: a part of another type than it is used as
The relationship says one thing, the content type another. PowerPoint repairs the file.

phantom-content-type error: a type for a part that is not there
Left over from a part that was removed; PowerPoint repairs the file.

duplicate-content-type error: two types for one part or extension
PowerPoint refuses such a file.

bad-relationship error: a relationship without id, type or target
Nothing can be found by it; PowerPoint repairs the file.

duplicate-relationship error: a relationship id given twice
It is open which of the two is meant; PowerPoint repairs the file.

dangling-relationship error: a relationship to a part that is not there
The part was removed or renamed and the relationship stayed. PowerPoint repairs the file and may drop the slide.

dangling-relationship-id error: a relationship id that its part does not have
A picture, link or chart names an id that no relationship has. PowerPoint repairs the file and drops it.

missing-relationship error: a part without the part that it builds on
A slide needs a layout, a layout a master, a master a theme, notes a notes master.

unreferenced-part warning: a part that nothing leads to
It makes the file larger and is lost when PowerPoint saves. It may hold what somebody believed deleted.

unsafe-target error: a link that is not safe to open
Links to `file:`, `javascript:` and the like read files or run programs on the machine of who clicks them.

outside-content warning: content fetched from elsewhere
The deck is not whole without its network, and whoever runs the other end learns who opens it.

active-content error: a program in the file
Macros, controls and links that start programs run on the machine of who opens the deck.

no-presentation error: no presentation in the package
The package's relationships name no presentation part, so there is nothing to open.

slide-id-range error: a slide id out of its range
Slide ids count from 256 to 2147483647; PowerPoint repairs files with others.

duplicate-slide-id error: a slide id given twice
Links, sections and zooms find a slide by its id; PowerPoint repairs the file.

dangling-slide error: the list of slides names none
An entry leads to no slide. PowerPoint repairs the file and drops the entry.

repeated-slide error: a slide twice in the list
A slide part may be shown once; PowerPoint repairs the file.

unlisted-slide warning: a slide that is not in the list
It is never shown, and may hold what somebody believed deleted.

master-id-range error: an id of a master or layout out of its range
These ids count from 2147483648; PowerPoint repairs files with others.

duplicate-master-id error: an id of a master or layout given twice
Masters and layouts share one range of ids, each of its own; PowerPoint repairs the file.

dangling-master error: a list that names a master or layout which is not there
PowerPoint repairs the file and may replace the design.

no-master error: a presentation without a slide master
Every presentation has at least one; PowerPoint repairs files without.

master-placeholders error/warning: a slide master without one of its five placeholders
Title, text, date, footer and slide number stand on the master, so that every layout can offer them. What it lacks
cannot be switched on under Insert, Header & Footer.

slide-size error/warning: a presentation without a slide size, or with one that no screen has
The size of slides is in `sldSz`, from 1 to 56 inches a side. PowerPoint falls back to 4:3 without it, and everything
stands elsewhere. A slide more than four times as long as wide is a mistake in one of the two numbers.

notes-size error/warning: a presentation without a size of notes pages, or with one that no paper has
The size of notes pages is in `notesSz`; PowerPoint repairs files without. Pages of less than an inch cannot be printed.

unlisted-notes-master error/warning: notes whose master is not listed
Slides have notes and the presentation does not list the notes master: files of python-pptx are so, and PowerPoint may
repair them or show the notes unformatted.

section-uri error: sections where PowerPoint does not look
The list of sections belongs to the extension {521415D9-36F7-43E2-AB2F-B90AF26B5E84}; elsewhere it is dropped or
repaired.

bad-section-id error: a section without an id of its own
Each section has a GUID in braces that no other section has.

section-missing-slide error: a section that names a slide which is not there
PowerPoint repairs the file and drops the sections.

section-omits-slide error: a slide in no section
Where there are sections, each slide is in one; PowerPoint repairs the file.

section-repeats-slide error: a slide in two places of the sections
Each slide is in one section, once; PowerPoint repairs the file.

bad-shape-id error: a shape id that is none
Shape ids are whole numbers from 1; with zero or none PowerPoint repairs the file.

duplicate-shape-id error: a shape id given twice on a page
Connectors and animations find a shape by its id; PowerPoint may repair the file. 44 of 109 files of another tool have
it.

layout-shape-id error/warning: a shape id of a layout or master that is none, or given twice
LibreOffice writes such masters and PowerPoint opens them; all the same, ids are whole numbers from 1, each given
once.

child-order error: children in the wrong order
The schema sets the order of elements, and PowerPoint repairs files with another.

unknown-child error: an element where it may not be
The schema does not allow it there; PowerPoint repairs the file.

repeated-child error: an element too often
The schema allows it once; PowerPoint repairs the file.

missing-child error: an element without one that it needs
The schema asks for it; PowerPoint repairs the file.

bad-value error: a word that the attribute may not have
Names of preset shapes, theme colours, alignments and the like are fixed lists; PowerPoint repairs files with others.

bad-language-tag error: a language that is none
Languages of text are BCP 47 tags such as `en-GB`.

empty-placeholder error/warning: a placeholder without content
It shows a prompt in the editor, nothing in the show, and screen readers stop at it. Fill or delete it.

unknown-placeholder error/warning: a placeholder that the layout does not have
It gets neither place nor format from the layout, and loses both when the layout is set again.

duplicate-placeholder error/warning: two placeholders of one page with the same index
A slide finds its place in the layout by the index, which is 0 for titles. Where two share one, some programs draw a
footer over the title. Files of several programs repeat one, and PowerPoint sets it right.

no-language error/warning: text that does not say its language
Screen readers speak it in the wrong voice, and the spelling is checked in the wrong language.

small-text warning: text below ten points
Nobody beyond the first row reads it.

ltr-paragraph error: a paragraph that runs the wrong way
In a deck of a right-to-left language each paragraph says so, or punctuation and numbers end up on the wrong side.

fixed-colour warning: a colour that does not follow the theme
Decks of this project name colours by their place in the theme, so that the theme can be changed.

dangling-connector error: a connector glued to a shape that is not there
The shape was removed, or its id changed; PowerPoint repairs the file.

bad-connection-site error: a connector glued to a site that its shape does not have
Sites count from 0: a rectangle has four, an ellipse eight. PowerPoint repairs the file or moves the line.

unglued-connector error/warning: a connector that hangs loose
It stays behind when somebody moves one of its shapes, and a screen reader cannot tell what it joins.

table-cells error: a row with too few or too many cells
Each row has one cell for each column of the grid, merged ones included; PowerPoint repairs the file.

bad-span error: merged cells that do not add up
A span stays within the table, and each cell under it is marked as merged; PowerPoint repairs the file.

row-height error: a row without a height, or with a negative one
Heights are whole EMU from 0; PowerPoint repairs the file.

dangling-animation error: an animation of a shape that is not there
PowerPoint repairs the file and drops the animations of the slide.

dangling-build error: a build of a shape that is not there
The build list names a shape that the slide does not have; PowerPoint repairs the file.

duplicate-time-id error: two time nodes with one id
Each node of a slide's timeline has an id of its own; PowerPoint repairs the file.

dangling-zoom error: a zoom to a slide that is not there
PowerPoint repairs the file or shows an empty frame.

stale-zoom error: a zoom to another slide than it was made for
A zoom knows its slide by a number of its own too (p14:creationId); if they differ, PowerPoint shows an empty frame.

dangling-jump error: a link to a slide that leads to none
The slide was removed, or the link never had one; a click does nothing or PowerPoint repairs the file.

notes-of-another-slide error: notes that lead back to another slide
Each notes page belongs to one slide, and both say so; PowerPoint repairs the file.
"""

_CATALOGUE["pictures"] = """\
unknown-diagram error: no diagram of this name
The part `diagrams` of the map says which ones there are; without it there is one of each kind. Each concept has one
too, `concept:ID`.

empty-diagram error: a diagram that has nothing to show
The map has no such part, or `elements` and `types` leave nothing of it.

bad-direction error: a direction that this kind of diagram does not have
A hierarchy leads up or down, relations and flow lead down or right, and the others have one direction only.

diagram-too-wide warning: a diagram that is wider than asked for
Its boxes do not fit the width with letters that can be read, so it is made as wide as it must be. Give it more
width, or make two diagrams of it: the message says how.

missing-outline warning: characters that no font here can draw
SVG names fonts and leaves the drawing to the reader's machine; PNG and PDF are drawn here. What no font at hand has an
outline for is missing there. A few signs or rare letters may be; if all letters of a script are, nobody could read the
picture, and it is refused (`undrawable-script`).

font-not-embedded warning: characters that stay with the reader's fonts
A picture that brings its fonts along holds what the faces here can draw and may give away. Chinese and Japanese are
measured without outlines, and Korean is estimated, so they are left out: readers' own fonts show them.

undrawable-script error: a script that no font here can draw
PNG, PDF and the pictures of zooms are drawn here, from the outlines of fonts, and no font at hand has any letter of
this script. The deck, the page for browsers and SVG hold the text itself: the fonts of those who open them draw it.

picture-overlap warning: two shapes of a picture overlap
Only grounds may lie below other shapes.

picture-crossing warning: an edge of a picture runs through a box or a text
An edge that passes through a box seems to lead to it, and one that passes through a text cannot be told from it.

picture-outside warning: something reaches beyond the picture
What is outside the view box is cut off.

picture-small-text warning: a text of a picture that is too small
Readers of an article need 13 pixels.

picture-overfull warning: a text that does not fit its shape
The text stands out of its box, over what is beside it.

picture-loose-edge warning: an edge that does not end where it should
Each edge begins and ends on the outline of the shapes that it names.

picture-double-name warning: two shapes of a picture with one name
Names tell shapes apart for programs and for edges.

damaged-list warning: a list of pictures that cannot be read
Each language keeps a list of its pictures beside them, from which the page is made. Somebody changed it, or it was cut
off; building the language again writes it anew.

svg-malformed error: an SVG that is not well-formed
No program opens it; the message says where the reader of XML gave up.

svg-doctype error: an SVG with a document type
A document type can load files and grow without bounds; a picture needs none.

svg-foreign-element error: an element that does not belong into a picture
Scripts, frames, images and the like run something, or load something from elsewhere.

svg-handler error: an attribute that runs a script
A picture runs nothing: pages that inline it trust it with everything that is theirs.

svg-external error: a reference out of the file
A picture loads nothing: no style sheet, no font, no image, no link.

svg-role error: an SVG that does not say that it is an image
Screen readers read out its parts one by one without `role="img"`.

svg-language error: an SVG without a language
Screen readers need it to choose a voice: `lang` and `xml:lang`, both alike.

svg-title error: an SVG without a title
The title is what screen readers say first; `aria-labelledby` names it.

svg-desc error: an SVG without a description
The description says in words what the picture shows; `aria-labelledby` names it.

svg-double-id error: an id that is there twice
Two elements with one id are one for programs.
"""
_CATALOGUE["catalogs"] = """\
conflict-marker error: a merge that was left unresolved
Git marks with <<<<<<<, ======= and >>>>>>> what two people changed. Keep one of the two and delete the marks.

bad-catalog error: not a PO file
From the line given on it cannot be read as gettext PO. `msgfmt --check` tells more.

catalog-header error: a header that does not fit the file
A catalog is UTF-8, begins with a header, and is in the language that its name says.

duplicate-entry error: a string that is translated twice
Each key has one entry. Keep the better one.

untranslated warning: strings that are shown in another language
They have no translation, or one of an earlier text. They fall back on a related language or on the map's own, and the
notes of their slides say so; with `--strict` each is an error.

unknown-language error: a tag that names no language
Tags are those of BCP 47: a language of two or three letters, a script and a region if they matter, such as `zh-Hans`.

no-catalog error: a language that the map is not translated to
A catalog is a file `locales/TAG.po` beside the map. `conceptdeck i18n new TAG` starts one.

missing-context error: an entry without a key
`msgctxt` says which string of the map is meant: one word may need two translations.

missing-term error: one of the program's own words is not translated
Each catalog in translation/terms has all words that the program itself puts on slides and pages.

catalog-exists error: a catalog of this language is there already
`i18n new` overwrites nothing; `i18n update` brings a catalog up to date.

file-exists error: a file of this name is there already
`i18n export` overwrites nothing: a translator may have worked in the file.

job-killed error: a process that ended before its work did
`locales` builds languages in processes of their own. One of them was killed, most often since the memory was full. The
other languages are built; run the command again for this one.

busy-file error: a catalog that another program keeps saving
A catalog is replaced only while it is what was read, so that nobody's work is lost. Save it there and run the command
again.

unknown-source warning: translations that do not say which text they are of
A YAML file without its last lines, or one that an earlier version exported, does not tell whether a text has changed
since it was translated. Such translations are taken as ones of an earlier text.

foreign-file error: a file that holds no translation of this map
An import takes XLIFF 1.2 that `i18n export` made, a map in YAML or a PO file, each of the same map.

translation-placeholder error: a placeholder that was changed
What stands in braces is filled in or shown as it is. Copy it from the source, each one as often as there.

translation-url error: an address that was changed
An address leads nowhere once a letter of it changes. Translations keep it as it is.

translation-character error: a character that nobody sees
Control characters and those that turn the direction of text come from copying. The program sets directions itself.

translation-number warning: another number than in the source
The values must be the same; separators, scale words and numbers in words may follow the language.

translation-name warning: a proper name that is not in the translation
Names of systems that have a maker, a link or digits are the same in every language.

translation-no-break warning: a no-break space that was lost
A name such as Genie 3 stays on one line because of the no-break space in it.

translation-edge warning: other spaces at the start or the end
They come from copying, and show as a crooked margin.

translation-script warning: letters of another script
A text in Latin letters throughout was not translated; a Cyrillic letter in a Latin word only looks right.

translation-unchanged warning: a text that is the source text
Two or more plain words that are the same in both languages were most likely forgotten.

translation-repeated warning: two concepts of one layer with one name
The source tells them apart. So must the translation: they stand beside each other.

translation-term warning: another word than the glossary's
A glossary, `glossary/<tag>.yaml` beside the map, says how a term is said: `world model*: Weltmodell*`, or with `use`,
`avoid`, `also` and `note`. A star stands for the letters that may vary. Where the source has the term, the translation
has one of the words to use and none of those to avoid.

translation-spaces warning: two spaces in a row
They come from editing, and show as a gap.

translation-spacing warning: French marks without their space
A no-break space goes before the marks : ; ! ? and inside « », so that none of them starts or ends a line alone.

translation-quotes warning: straight quotes
Each language has quotation marks and an apostrophe of its own. Straight ones are of typewriters and programs.

translation-punctuation warning: Latin marks in Chinese, Japanese or Arabic
These languages have marks of their own, which are as wide as their letters or lean the other way.
"""

_HEAD = re.compile(r"(?P<code>[a-z0-9-]+) (?P<here>error|warning)(/(?P<elsewhere>error|warning))?: (?P<title>.+)")


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for area, text in _CATALOGUE.items():
        for paragraph in text.strip().split("\n\n"):
            head, _, explanation = paragraph.partition("\n")
            match = _HEAD.fullmatch(head)
            if match is None or match["code"] in found:
                raise ValueError(f"not a rule of its own: {head}")
            elsewhere = Severity(match["elsewhere"]) if match["elsewhere"] else None
            severity = Severity(match["here"])
            found[match["code"]] = Rule(
                match["code"], severity, match["title"], " ".join(explanation.split()), area, elsewhere
            )
    return found


RULES = _rules()
