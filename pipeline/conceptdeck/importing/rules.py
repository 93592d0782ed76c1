"""Rules that several readers of other programs' files report."""

from __future__ import annotations

from conceptdeck.values.rules import ERROR, WARNING, Rule

__all__ = ["CANNOT_IMPORT", "EXTRA_MISSING", "LANGUAGE_ASSUMED", "NOTHING_TO_IMPORT", "NOT_TAKEN", "TOO_MANY_TO_IMPORT",
           "UNKNOWN_FORMAT"]  # fmt: skip

UNKNOWN_FORMAT = Rule("unknown-format", "import", ERROR, "a file of no format that can be imported").because("""
    The format is told by what is in the file, and by its ending where that does not decide. Say it with `--from` if it
    was not found. What is of no known format can often be saved as OPML, Markdown or CSV by the program that wrote it.
""")
CANNOT_IMPORT = Rule("cannot-import", "import", ERROR, "a file that is not what its format asks for").because("""
    The file is damaged, or of another format than was taken for it. Open it in the program that wrote it and save it
    again, or say the format with `--from`.
""")
NOTHING_TO_IMPORT = Rule("nothing-to-import", "import", ERROR, "a file that names no concept").because("""
    A map needs at least one concept, and the file has no text that could be one.
""")
TOO_MANY_TO_IMPORT = Rule("too-many-to-import", "import", ERROR, "a file with more than a map can hold").because("""
    A deck or a picture of that many concepts helps nobody. Export a part of it from the program that wrote it.
""")
EXTRA_MISSING = Rule("extra-missing", "import", ERROR, "a library that is not installed").because("""
    RDF is read by a library that most people have no use for, so it is not installed with the program.
""")
NOT_TAKEN = Rule("not-taken", "import", WARNING, "something of a file that a map cannot say").because("""
    It stands as comments at the end of the map, so that nothing is lost: take over by hand what is needed, and delete
    the rest.
""")
LANGUAGE_ASSUMED = Rule("language-assumed", "import", WARNING, "a file that does not tell its language").because("""
    The language decides how lines break and which words the program adds. It was told by the letters, or else taken to
    be English. Say it with `--language`, or change it in the map.
""")
