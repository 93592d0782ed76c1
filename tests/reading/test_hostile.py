"""Hostile input at the command line: refused with its place, soon, in little memory, without harm to what is there."""

import ctypes
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.decks import ROOT

PROCESSOR_SECONDS = 60  # a guard against endless work; what is refused takes one or two
HANGING_SECONDS = 600
MEGABYTES = 512
ADDRESS_SPACE = 4 << 30
EARLIER = b"the deck of an earlier build"
DROP_CAPABILITY, OVERRIDES = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
LIBC = ctypes.CDLL(None)
DECK = Path("out") / "mine" / "en" / "mine.en.pptx"

HEAD = "title: Map\ncore-sentence: It is.\n"
RELATED = "concepts: [a, b]\nrelations:\n"
LAYERS = (
    HEAD
    + "layers:\n  title: Layers\n  items:\n    one:\n      name: One\n      summary: One layer\n      concepts:\n"
    + "        first: {name: First, tagline: The one, meaning: It is first}\n"
    + "        second: {name: Second, tagline: The other, meaning: It is second}\n"
)
RELATIONS = (
    LAYERS
    + "relations:\n  title: Relations\n  labels: {core: A, limit: B, adds: C, evidence: D}\n"
    + "  types:\n    uses: {name: Uses}\n  items:\n    r:\n      {source: SOURCE, target: TARGET, type: TYPE,"
    + " phrase: uses, headline: One uses two}\n"
)
TABLE = HEAD + "tables:\n  t:\n    title: T\n    columns: {a: A, b: B}\n    rows:\n"
MERGES = "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))

# --- maps: what the file holds, and the code of the message --------------------------------------------------------

MAPS: dict[str, tuple[str | bytes, str]] = {
    # how much
    "an empty file": ("", "empty-file"),
    "comments only": ("# nothing\n", "empty-file"),
    "null": ("~", "wrong-kind"),
    "9 MB of text": (b"title: " + b"x" * 9_000_000, "too-large"),
    "100 MB": (b"#" * 100_000_000, "too-large"),
    "200 KB of opening brackets": ("[" * 200_000, "too-deep"),
    "200 KB of opening braces": ("{" * 200_000, "too-deep"),
    "deep block lists": ("- " * 5_000 + "x", "too-deep"),
    "deep block mappings": ("".join(" " * n + "a:\n" for n in range(500)), "too-deep"),
    "too many values": ("[" + "a," * 500_000 + "]", "too-many-nodes"),
    "too many mistakes": (HEAD + "".join(f"k{n}: x\n" for n in range(50_000)), "too-many-mistakes"),
    "a key as long as the file": ("k" * 2_000_000 + ": x\n", "syntax"),
    "2 MB in one text": (HEAD + "subtitle: " + "word " * 400_000, "long-text"),
    "a word of 5,000 letters": (HEAD + "subtitle: " + "x" * 5_000, "text-overflow"),
    "50,000 line breaks in a text": (HEAD + 'subtitle: "' + "a\\n" * 50_000 + '"', "long-text"),
    "10,000 combining marks": (HEAD + "subtitle: a" + "\u0301" * 10_000 + " " + "b" * 3_000, "text-overflow"),
    # YAML beyond text, lists and mappings
    "aliases of aliases": ("a: &a [x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n", "alias"),
    "639 bytes of merge keys": ("a0: &a0 {k: v}\n" + MERGES, "alias"),
    "an alias to itself": ("title: &a [*a]\n", "alias"),
    "an undefined alias": ("title: *nowhere\n", "alias"),
    "a Python tag": ("title: !!python/object/apply:os.system [id]\n", "tag"),
    "a string tag": ("title: !!str x\n", "tag"),
    "a tag directive": ('%TAG ! tag:x,2000:\n---\ntitle: !y "x"\n', "tag"),
    "two documents": (HEAD + "---\ntitle: Other\n", "multiple-documents"),
    "a duplicate key": (HEAD + "title: Again\n", "duplicate-key"),
    "a list as a key": (HEAD + "? [a, b]\n: c\n", "key-not-text"),
    "an empty key": (HEAD + '"": x\n', "empty-key"),
    "not YAML": ("title: [Layers\n", "syntax"),
    "a tab as indent": ("title:\n\tx: y\n", "syntax"),
    "an open quotation mark": ('title: "x\n', "syntax"),
    "a future YAML version": ("%YAML 9.9\n---\ntitle: x\n", "syntax"),
    # characters
    "a program": (Path(sys.executable).resolve().read_bytes()[:100_000], "not-utf-8"),
    "UTF-16": (HEAD.encode("utf-16"), "not-utf-8"),
    "UTF-32": (HEAD.encode("utf-32"), "not-utf-8"),
    "Latin-1": ("title: caf\u00e9".encode("latin-1"), "not-utf-8"),
    "half a surrogate pair in UTF-8": (b"title: \xed\xa0\x80", "not-utf-8"),
    "an overlong slash": (b"title: \xc0\xaf", "not-utf-8"),
    "a NUL": ("title: a\0b", "forbidden-character"),
    "NULs only": (b"\0" * 4_096, "forbidden-character"),
    "an escape sequence of terminals": ("title: \x1b[2Jgone", "forbidden-character"),
    "an escaped escape": ('title: "\\e[2Jgone"', "forbidden-character"),
    "a noncharacter": ("title: a\ufffeb", "forbidden-character"),
    "an escaped surrogate": ('title: "\\ud800"', "syntax"),
    "a line separator": ("title: a\u2028b", "forbidden-character"),
    "a direction left open": ("title: a\u202eb", "unbalanced-direction"),
    "a direction closed without being opened": ("title: a\u2069b", "unbalanced-direction"),
    # what the schema says
    "a list instead of a map": ("- a\n- b\n", "wrong-kind"),
    "no title": ("core-sentence: It is.\n", "missing-key"),
    "an unknown key": (HEAD + "subtitel: x\n", "unknown-key"),
    "a text without a visible character": ('title: "\\u200b"\ncore-sentence: x\n', "empty-text"),
    "an empty layer list": (HEAD + "layers: {title: L, items: {}}\n", "empty-collection"),
    "an id that climbs": (HEAD + RELATED + "  ../x: {source: a, target: b}\n", "bad-id"),
    "an id with a slash": (HEAD + RELATED + "  a/b: {source: a, target: b}\n", "bad-id"),
    "an id of Windows": (HEAD + RELATED + "  con: {source: a, target: b}\n", "bad-id"),
    "an empty id": (HEAD + 'systems:\n  " ": {name: X}\n', "empty-key"),
    "an id twice": (LAYERS + "concepts:\n  first: {name: Again}\n", "duplicate-id"),
    "a dangling reference": (LAYERS + "focus: nowhere\n", "dangling-reference"),
    "a dangling source": (RELATIONS.replace("SOURCE", "x").replace("TARGET", "first"), "dangling-reference"),
    "a relation of one word": (LAYERS + "relations: [[first]]\n", "wrong-kind"),
    "a relation of four words": (LAYERS + "relations: [[first, is, not, first]]\n", "wrong-kind"),
    "a list of relations that holds a word": (LAYERS + "relations: [first]\n", "wrong-kind"),
    "a relation that begins with a list": (LAYERS + "relations: [[[first], is, first]]\n", "wrong-kind"),
    "a list of names that holds a list": (HEAD + "concepts: [Data, [Tidy]]\n", "wrong-kind"),
    "a name twice in a list": (HEAD + "concepts: [Data, data]\n", "duplicate-id"),
    "a row without a cell": (TABLE + "      r: {}\n", "missing-column"),
    "a cell without a column": (TABLE + "      r: {a: A, b: B, c: C}\n", "unknown-column"),
    "a script as a link": (HEAD + "systems: {s: {name: S, link: 'javascript:alert(1)'}}\n", "bad-link"),
    "a file as a link": (HEAD + "systems: {s: {name: S, link: 'file:///etc/passwd'}}\n", "bad-link"),
    "a language that climbs": (HEAD + "language: ../../x\n", "bad-language"),
    "a language with markup": (HEAD + "language: 'en\"><x'\n", "bad-language"),
}

# --- arrangements: how things lie in the folder, the further arguments, and the code -------------------------------

Arrange = Callable[[Path], list[str]]


def good(folder: Path) -> list[str]:
    (folder / "mine").mkdir()
    (folder / "mine" / "map.yaml").write_text(LAYERS)
    return ["mine"]


def folder_without_a_map(folder: Path) -> list[str]:
    (folder / "mine").mkdir()
    return ["mine"]


def folder_called_map(folder: Path) -> list[str]:
    (folder / "mine" / "map.yaml").mkdir(parents=True)
    return ["mine"]


def pipe(folder: Path) -> list[str]:
    (folder / "mine").mkdir()
    os.mkfifo(folder / "mine" / "map.yaml")
    return ["mine"]


def unreadable(folder: Path) -> list[str]:
    good(folder)
    (folder / "mine" / "map.yaml").chmod(0)
    return ["mine"]


def unreadable_folder(folder: Path) -> list[str]:
    good(folder)
    (folder / "mine").chmod(0)
    return ["mine"]


def loop(folder: Path) -> list[str]:
    (folder / "mine").symlink_to("mine")
    return ["mine"]


def loop_of_maps(folder: Path) -> list[str]:
    (folder / "mine").mkdir()
    (folder / "mine" / "map.yaml").symlink_to("map.yaml")
    return ["mine"]


def sparse(folder: Path) -> list[str]:
    good(folder)
    with (folder / "mine" / "map.yaml").open("r+b") as file:
        file.truncate(20_000_000_000)
    return ["mine"]


def out_is_a_file(folder: Path) -> list[str]:
    (folder / "made").write_bytes(EARLIER)
    return [*good(folder), "--out", "made"]


def out_below_a_file(folder: Path) -> list[str]:
    (folder / "made").write_bytes(EARLIER)
    return [*good(folder), "--out", "made/below"]


def out_is_a_loop(folder: Path) -> list[str]:
    (folder / "made").symlink_to("made")
    return [*good(folder), "--out", "made"]


def out_is_not_writable(folder: Path) -> list[str]:
    (folder / "made").mkdir(mode=0o555)
    return [*good(folder), "--out", "made"]


def deck_is_a_folder(folder: Path) -> list[str]:
    (folder / "made" / "mine" / "en" / "mine.en.pptx" / "x").mkdir(parents=True)
    return [*good(folder), "--out", "made"]


def called(name: str, *more: str) -> Arrange:
    return lambda folder: [name, *good(folder)[1:], *more]


def theme(text: str | bytes, name: str = "own", key: str = "own") -> Arrange:
    """Return an arrangement with a theme of that text, which extends the shipped ones."""

    def arrange(folder: Path) -> list[str]:
        (folder / "themes").mkdir()
        data = text.encode() if isinstance(text, str) else text
        (folder / "themes" / f"{name}.yaml").write_bytes(data)
        return [*good(folder), "--theme", key]

    return arrange


def themed(more: str) -> Arrange:
    return theme(f"extends: atlas\n{more}\n")


def named_theme(name: str) -> Arrange:
    return lambda folder: [*good(folder), "--theme", name]


def climbing_theme(folder: Path) -> list[str]:
    (folder / "x.yaml").write_text("extends: atlas\n")
    (folder / "themes").mkdir()
    return [*good(folder), "--theme", "../x"]


ARRANGED: dict[str, tuple[Arrange, str]] = {
    "no such map": (called("nowhere"), "unknown-map"),
    "an empty name": (called(""), "which-map|unknown-map"),
    "a name that climbs": (called("../../etc"), "unknown-map"),
    "a name of 5,000 letters": (called("x" * 5_000), "unknown-map"),
    "a device": (called("/dev/zero"), "unknown-map"),
    "a folder without a map": (folder_without_a_map, "unknown-map"),
    "a folder in the place of the map": (folder_called_map, "unknown-map"),
    "a pipe that nobody writes to": (pipe, "unknown-map"),
    "a map that cannot be read": (unreadable, "cannot-read"),
    "a folder that cannot be read": (unreadable_folder, "unknown-map|cannot-read"),
    "a symlink to itself": (loop, "unknown-map"),
    "a map that is a symlink to itself": (loop_of_maps, "unknown-map"),
    "a sparse file of 20 GB": (sparse, "too-large"),
    "--out is a file": (out_is_a_file, "cannot-write"),
    "--out lies below a file": (out_below_a_file, "cannot-write"),
    "--out is a symlink to itself": (out_is_a_loop, "cannot-write"),
    "--out is not writable": (out_is_not_writable, "cannot-write"),
    "--out has a name of 5,000 letters": (called("mine", "--out", "x" * 5_000), "cannot-write"),
    "a folder in the place of the deck": (deck_is_a_folder, "cannot-write"),
    "an unknown theme": (named_theme("neon"), "unknown-theme"),
    "a theme name that climbs": (climbing_theme, "unknown-theme|bad-theme-name"),
    "a theme name with a slash": (named_theme("a/b"), "unknown-theme|bad-theme-name"),
    "a theme name of Windows": (theme("extends: atlas", "con", "con"), "unknown-theme|bad-theme-name"),
    "an empty theme name": (named_theme(""), "unknown-theme|bad-theme-name"),
    "a theme name of 5,000 letters": (named_theme("x" * 5_000), "unknown-theme|bad-theme-name"),
    "a theme that is a program": (theme(b"\x7fELF\xff\xfe\0\0"), "forbidden-character|not-utf-8"),
    "an empty theme": (theme(""), "empty-file"),
    "a theme that is a list": (theme("[a, b]"), "wrong-kind"),
    "a theme that is not YAML": (theme("colours: [a"), "syntax"),
    "a theme of merge keys": (theme("a0: &a0 {k: v}\n" + MERGES), "alias"),
    "a theme that lacks nearly everything": (theme("name: Own"), "missing-key"),
    "a theme that extends itself": (theme("extends: own"), "theme-cycle"),
    "a theme that extends what is not there": (theme("extends: nowhere"), "unknown-theme"),
    "a theme that extends what lies elsewhere": (theme("extends: ../../x"), "unknown-theme|bad-theme-name"),
    "a theme that extends a list": (theme("extends: [atlas]"), "wrong-kind"),
    "a font name with a handler": (themed("fonts: {major: 'Arial\" onclick=\"alert(1)'}"), "bad-font-name"),
    "an unknown font": (themed("fonts: {major: Wingdings}"), "unknown-font"),
    "a font that is a list": (themed("fonts: {major: [Arial]}"), "wrong-kind"),
    "a font file elsewhere": (
        themed("families: {Georgia: {regular: ../../../etc/passwd, bold: ../../../etc/passwd}}"),
        "bad-font-file",
    ),
    "a bad colour": (themed("colours: {ink: red}"), "bad-colour"),
    "a colour that is a mapping": (themed("colours: {ink: {r: 1}}"), "wrong-kind"),
    "colours that are a text": (themed("colours: red"), "wrong-kind"),
    "too few accents": (themed("colours: {accents: [B2452B]}"), "wrong-kind"),
    "a text too close to its ground": (themed("colours: {ink: F7F3EA}"), "low-contrast"),
    "a size that is not a number": (themed("size: [wide, 7.5]"), "bad-number"),
    "a size of one number": (themed("size: [13]"), "wrong-kind"),
    "a size that is not finite": (themed("size: [nan, inf]"), "bad-number"),
    "a scale that is a text": (themed("scale: large"), "wrong-kind"),
    "a role without a size": (themed("roles: {extra: {face: major}}"), "missing-key"),
    "a role of an unknown colour": (themed("roles: {title: {colour: mauve}}"), "bad-choice"),
    "a placeholder of an unknown role": (
        themed("layouts: {cover: {placeholders: {core: {role: mauve}}}}"),
        "bad-choice",
    ),
    "a placeholder type with markup": (
        themed("layouts: {cover: {placeholders: {core: {type: 'body\"/><x'}}}}"),
        "bad-choice",
    ),
    "a flag that is neither": (themed("dark: perhaps"), "bad-flag"),
    "an accent that is not there": (themed("accents: {goal: 99}"), "bad-accent"),
}
PLACELESS = {
    "bad-theme-name",
    "cannot-read",
    "cannot-write",
    "low-contrast",
    "too-large",
    "too-many-mistakes",
    "unknown-map",
    "unknown-theme",
    "which-map",
}


# --- running -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """How a command ended, and the memory that it took."""

    code: int
    said: str
    megabytes: float


# A child starts out as a copy of its parent, and the kernel counts that copy's memory as the child's. So a small
# process stands between this one and the program: it writes down the program's peak in KiB, and ends as it ended.
WATCHER = """
import os, resource, sys
status = os.spawnv(os.P_WAIT, sys.argv[2], sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
os.kill(os.getpid(), -status) if status < 0 else sys.exit(status)
"""


def limited() -> None:
    """Keep a child from taking the machine down with it, and hold it to permissions even if it is root's."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    if os.geteuid() == 0:
        for capability in OVERRIDES:
            LIBC.prctl(DROP_CAPABILITY, capability)


def run(folder: Path, arguments: list[str]) -> Ended:
    """Run `conceptdeck build` in `folder`."""
    peak = folder.parent / "peak"
    command = [sys.executable, "-I", "-S", "-c", WATCHER, str(peak)]
    command += [sys.executable, "-m", "conceptdeck", "build", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONUTF8": "1"}
    environment |= {"PYTHONPYCACHEPREFIX": str(folder.parent.parent / "pycache")}
    for name in ("CONCEPTDECK_DEBUG", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    with (folder / "said").open("w+b") as said:
        started = time.monotonic()
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, preexec_fn=limited
        )
        status, _ = reaped(child, started)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    return Ended(os.waitstatus_to_exitcode(status), text, int(peak.read_text("utf-8")) / 1024)


def reaped(child: subprocess.Popen, started: float) -> tuple[int, resource.struct_rusage]:
    """Wait for a child, or kill it when it takes far too long."""
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return status, usage
        if time.monotonic() - started > HANGING_SECONDS:
            child.send_signal(signal.SIGKILL)
        time.sleep(0.005)


@pytest.fixture
def place(tmp_path):
    """Return a folder with the output of an earlier build; permissions that a test takes away come back."""
    folder = tmp_path / "place"
    deck = folder / DECK
    deck.parent.mkdir(parents=True)
    deck.write_bytes(EARLIER)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def refused(folder: Path, arguments: list[str], code: str) -> Ended:
    """Check that a build is refused with `code` as it should be."""
    before = {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}
    done = run(folder, ["--out", "out", *arguments])
    assert 0 < done.code < 128, done
    assert "Traceback" not in done.said, done.said
    assert "a fault of the program" not in done.said, done.said
    found = set(re.findall(r"\[([a-z0-9-]+)\]$", done.said, re.MULTILINE))
    assert found & set(code.split("|")), done.said[-2_000:]
    if not found & PLACELESS:
        assert re.search(r"^\S+\.yaml:\d+:\d+: error: |^(My Map|nul)/map.yaml: error", done.said, re.MULTILINE), (
            done.said[-2_000:]
        )
    assert done.megabytes <= MEGABYTES
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", done.said)
    assert len(done.said) < 200_000
    assert (folder / DECK).read_bytes() == EARLIER
    after = {path: path.lstat().st_mtime_ns for path in folder.rglob("*") if path.name != "said"}
    assert {path for path in after if path.suffix in (".pptx", "") and path.is_file()} == {
        path for path in before if path.suffix in (".pptx", "") and path.is_file()
    }, "something was written"
    return done


@pytest.mark.parametrize("name", MAPS)
def test_a_hostile_map_is_refused_with_its_place(name, place):
    content, code = MAPS[name]
    (place / "mine").mkdir()
    data = content.encode() if isinstance(content, str) else content
    (place / "mine" / "map.yaml").write_bytes(data)
    refused(place, ["mine"], code)


@pytest.mark.parametrize("name", ARRANGED)
def test_a_hostile_arrangement_is_refused(name, place):
    arrange, code = ARRANGED[name]
    refused(place, arrange(place), code)
    if (place / "made").is_file():
        assert (place / "made").read_bytes() == EARLIER


def test_a_good_map_builds_in_the_same_way(place):
    arguments = good(place)
    done = run(place, ["--out", "out", "--force", *arguments])  # what is there is of another origin
    assert done.code == 0, done.said
    assert (place / DECK).read_bytes()[:2] == b"PK"
