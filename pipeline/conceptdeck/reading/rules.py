"""Rules that several modules report, from the room `reading` up."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = [
    "ALIAS",
    "BAD_ACCENT",
    "BAD_CHOICE",
    "BAD_CODE",
    "BAD_COLOUR",
    "BAD_CONTRAST",
    "BAD_DATA",
    "BAD_FLAG",
    "BAD_FONT_FILE",
    "BAD_FONT_NAME",
    "BAD_ICON",
    "BAD_ID",
    "BAD_IMAGE",
    "BAD_LANGUAGE",
    "BAD_LINK",
    "BAD_NUMBER",
    "DANGLING_REFERENCE",
    "DUPLICATE_ID",
    "DUPLICATE_KEY",
    "DUPLICATE_REFERENCE",
    "EMPTY_COLLECTION",
    "EMPTY_FILE",
    "EMPTY_KEY",
    "EMPTY_TEXT",
    "FORBIDDEN_CHARACTER",
    "KEY_NOT_TEXT",
    "LONG_CHAIN",
    "LONG_TEXT",
    "LOW_CONTRAST",
    "MISSING_COLUMN",
    "MISSING_KEY",
    "MULTIPLE_DOCUMENTS",
    "NO_ROOM",
    "RESERVED_ID",
    "SLIDE_KIND",
    "SYNTAX",
    "TAG",
    "THEME_CYCLE",
    "TOO_DEEP",
    "TOO_LARGE",
    "TOO_MANY_MISTAKES",
    "TOO_MANY_NODES",
    "UNBALANCED_DIRECTION",
    "UNKNOWN_COLUMN",
    "UNKNOWN_FONT",
    "UNKNOWN_ICON",
    "UNKNOWN_KEY",
    "WRONG_KIND",
]

NOT_UTF_8 = Rule("not-utf-8", "source", ERROR, "a byte that is not part of UTF-8 text").because("""
    Maps are read as UTF-8, the encoding of nearly all text. Save the file as UTF-8 in your editor.
""")

TOO_LARGE = Rule("too-large", "source", ERROR, "a file beyond the size that is read").because("""
    A map of more than 8 million bytes is refused before the parser sees it, so that no file can fill the memory.
    Split the map.
""")

TOO_DEEP = Rule("too-deep", "source", ERROR, "values nested too deep").because("""
    More than forty levels are refused, so that no file can exhaust the parser. A map needs about eight.
""")

TOO_MANY_NODES = Rule("too-many-nodes", "source", ERROR, "more values than are read").because("""
    A map of more than 400,000 values is refused. Split the map.
""")

TOO_MANY_MISTAKES = Rule("too-many-mistakes", "source", ERROR, "more findings than help").because("""
    After two hundred findings the rest of the file is not looked at. Mend the first ones and run again.
""")

FORBIDDEN_CHARACTER = Rule("forbidden-character", "source", ERROR, "a character that no slide can show").because("""
    Control characters, noncharacters, halves of surrogate pairs and stray byte order marks cannot be kept in a
    slide, or make PowerPoint repair it. Delete the character.
""")

UNBALANCED_DIRECTION = Rule(
    "unbalanced-direction",
    "source",
    ERROR,
    "a bidirectional control without its partner",
).because("""
    Embeddings, overrides and isolates of text direction must be closed in the text that opens them, or they turn
    what follows.
""")

SYNTAX = Rule("syntax", "source", ERROR, "text that is not YAML").because("""
    The parser cannot go on at the place shown. Often a colon, a quote or the indentation is missing there or one
    line above.
""")

TOML_SYNTAX = Rule("toml-syntax", "source", ERROR, "text that is not TOML").because("""
    The parser cannot go on at the place shown. Texts stand in quotes, and lists in brackets.
""")

EMPTY_FILE = Rule("empty-file", "source", ERROR, "a file without content").because("""
    The file holds nothing but comments. A map needs at least a title and a core sentence.
""")

MULTIPLE_DOCUMENTS = Rule("multiple-documents", "source", ERROR, "a second document in the file").because("""
    A `---` starts a second YAML document; a map is one. Delete the line, or split the file.
""")

ALIAS = Rule("alias", "source", ERROR, "an anchor, an alias or a merge key").because("""
    Anchors and aliases let a small file expand without bound, and hide where a text comes from. Write the value
    out.
""")

TAG = Rule("tag", "source", ERROR, "a YAML tag").because("""
    Every value is text or a structure, so that `no` and `012` stay what was typed; tags have no use here. Delete
    the tag, or quote the text.
""")

DUPLICATE_KEY = Rule("duplicate-key", "source", ERROR, "a key twice in one mapping").because("""
    YAML would keep the last and lose the first without a word. Rename or delete one of them.
""")

KEY_NOT_TEXT = Rule("key-not-text", "source", ERROR, "a list or a mapping as a key").because("""
    Keys are words. Often a `?` or a bracket got to the front of a line.
""")

EMPTY_KEY = Rule("empty-key", "source", ERROR, "a key without a visible character").because("""
    Give the key a name, or quote the text if it is none.
""")

UNKNOWN_KEY = Rule("unknown-key", "reader", ERROR, "a key that its mapping does not have").because("""
    A key that nobody reads is most often misspelt, and its text would be missing from the deck. The message names
    the nearest known key.
""")

MISSING_KEY = Rule("missing-key", "reader", ERROR, "a key that its mapping must have").because("""
    Without this key the slide could not be told. Add it.
""")

WRONG_KIND = Rule("wrong-kind", "reader", ERROR, "a value of the wrong kind").because("""
    A list stands where text is meant, text where a mapping is meant, and so on. What is inside is not read.
""")

EMPTY_TEXT = Rule("empty-text", "reader", ERROR, "a text without a visible character").because("""
    A text that is there must say something. Fill it, or delete its key if it is optional.
""")

UNKNOWN_ICON = Rule("unknown-icon", "reader", ERROR, "no icon of this name").because("""
    A sign is an icon of the set that is shipped, by its name; `conceptdeck icons WORD` shows those that a word finds.
    Or it is the path of an SVG file, from the folder of the map, which ends in `.svg`.
""")

BAD_ICON = Rule("bad-icon", "reader", ERROR, "an SVG file that cannot be a sign").because("""
    A sign becomes one shape in one colour, which can be edited in PowerPoint. So the file must hold lines of one width
    and areas in one colour, nothing that runs or loads something, and no more than a sign can show.
""")

BAD_IMAGE = Rule("bad-image", "reader", ERROR, "a file that cannot be an image of the map").because("""
    An image is a PNG, JPEG, WebP, GIF or SVG file in the folder of the map or below it. It must be whole and no larger
    than what is read, and an SVG must not run or load anything, nor need a font.
""")

LONG_TEXT = Rule("long-text", "reader", ERROR, "a text of more characters than are read").because("""
    A text that long fits no slide. Shorten it.
""")

EMPTY_COLLECTION = Rule("empty-collection", "reader", ERROR, "a list or mapping with nothing in it").because("""
    Where a collection is optional, leave its key out; otherwise put something in.
""")

BAD_ID = Rule("bad-id", "reader", ERROR, "an id that is not a plain slug").because("""
    Ids become names of shapes, files and translation keys: small letters, digits and single hyphens, and none of
    the names that Windows reserves. A map's own id is made from the name of its folder, which may be any that all
    systems can keep.
""")

RESERVED_ID = Rule("reserved-id", "reader", ERROR, "an id that is a key of its parent").because("""
    Texts are named by their way through the map; this id would give two texts the same name. Choose another.
""")

SLIDE_KIND = Rule("slide-kind", "reader", ERROR, "a slide of one's own of no kind, or of two").because("""
    A slide of one's own shows one thing: one of its keys says of which kind it is. What its kind has no place for
    would be lost.
""")

BAD_CODE = Rule("bad-code", "reader", ERROR, "code that cannot be shown").because("""
    Code is text in UTF-8, up to 120 lines, in a language that Pygments knows or in none.
""")

BAD_DATA = Rule("bad-data", "reader", ERROR, "rows that are no table, or no chart").because("""
    A table has as many cells in each row as it has headings. In a chart all but the first are
    numbers. Files are comma-separated values in UTF-8, up to a
    million bytes, 200 rows and 12 columns: more fits no slide.
""")

DUPLICATE_ID = Rule("duplicate-id", "reader", ERROR, "an id that another element has").because("""
    References to it would mean two things. Rename one of them.
""")

DANGLING_REFERENCE = Rule("dangling-reference", "reader", ERROR, "an id that nothing has").because("""
    The id that is referred to is not declared where it should be. The message names the nearest known one.
""")

DUPLICATE_REFERENCE = Rule("duplicate-reference", "reader", ERROR, "an id twice in one list").because("""
    The slide would show the same thing twice. Delete one.
""")

BAD_CHOICE = Rule("bad-choice", "reader", ERROR, "a word that is not among the choices").because("""
    The message lists the words that are.
""")

BAD_FLAG = Rule("bad-flag", "reader", ERROR, "neither `true` nor `false`").because("""
    Flags are these two words and nothing else.
""")

BAD_LINK = Rule("bad-link", "reader", ERROR, "an address that is not safe to open").because("""
    Links start with https, http or mailto: others could run programs or read files on the machine of who clicks
    them.
""")

BAD_LANGUAGE = Rule("bad-language", "reader", ERROR, "not a language tag").because("""
    Languages are BCP 47 tags such as `en`, `de` or `zh-Hans`.
""")

UNKNOWN_COLUMN = Rule("unknown-column", "reader", ERROR, "a cell in a column that the table does not have").because("""
    The cell would not be shown. The message names the nearest known column.
""")

MISSING_COLUMN = Rule("missing-column", "reader", ERROR, "a row without any cell").because("""
    A row may leave cells out, which then show a dash, but it must have one at least.
""")

THEME_CYCLE = Rule("theme-cycle", "theme and files", ERROR, "a theme that extends itself").because("""
    A theme builds on another, and that on this one. Cut the circle.
""")

LONG_CHAIN = Rule("long-chain", "theme and files", ERROR, "too many themes that extend each other").because("""
    A theme may extend one that extends another, up to sixteen. Extend `base`, and copy what the themes between say.
""")

BAD_COLOUR = Rule("bad-colour", "theme and files", ERROR, "a colour that is not written in hexadecimal").because("""
    Six digits, or three, with `#` before them or not: red, green and blue. Names of colours are none. After a space `#`
    begins a comment in YAML, so a colour with it stands in quotes.
""")

BAD_NUMBER = Rule("bad-number", "theme and files", ERROR, "a number that is none, or out of range").because("""
    PowerPoint repairs files whose lengths have decimals or are beyond their range. Lengths are whole EMU: 914,400
    to the inch.
""")

BAD_FONT_NAME = Rule("bad-font-name", "theme and files", ERROR, "a font name that could be markup").because("""
    Letters, digits, spaces and hyphens make a font name; all else could break out of the file that names it.
""")

NO_ROOM = Rule("no-room", "theme and files", ERROR, "a template that leaves no room for slides").because("""
    Slides need at least a third of the width and of the height of a slide, below the title. What stands in the way may
    be a large picture or a bar on the layout: then another layout, or a larger `content` in the theme, is the way out.
""")

LOW_CONTRAST = Rule(
    "low-contrast", "frames", ERROR, "text too close in colour to what it stands on", elsewhere=WARNING
).because("""
    WCAG 2.2 asks for 4.5:1, and 3:1 from 18 points, or 14 points bold. A projector in a lit room takes more away.
    A theme that promises 7:1 is held to that, and to 4.5:1 for large text; so are the tints of its accents that
    areas are filled with. Accents in which nothing is read may be named `decorative`.
""")
BAD_ACCENT = Rule("bad-accent", "theme and files", ERROR, "an accent that a theme does not have").because("""
    A theme has six accents, counted from 1; the goal and the other parts of a map name one each.
""")
BAD_CONTRAST = Rule("bad-contrast", "theme and files", ERROR, "a contrast that cannot be promised").because("""
    WCAG asks for 4.5 to 1 at least, and black on white has 21 to 1. A theme may ask for more than the first only.
""")
UNKNOWN_FONT = Rule("unknown-font", "theme and files", ERROR, "a font that no face can measure").because("""
    Lines are broken by the widths of letters, so each font needs a face with its widths: name it under `families`.
""")
BAD_FONT_FILE = Rule("bad-font-file", "theme and files", ERROR, "a path that leads to no font file").because("""
    Fonts are read from the font folder of the themes and from packages, and from nowhere else.
""")
