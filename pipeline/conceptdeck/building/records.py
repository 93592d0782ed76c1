"""Records of what was built from what: they tell what is up to date, and what a person has changed since.

Below the output folder, `.cache/jobs` has a record for each job (what it read, what it wrote), and `.cache/made` for
each file the digests of what was written there. Both are made anew if they are damaged or gone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from conceptdeck.building.jobs import Job, as_json, relative
from conceptdeck.building.kept import kept_as_changed, kept_of_another, kept_outside
from conceptdeck.building.program import belongs_to_program, is_this_program, program, program_stamp
from conceptdeck.values.diagnostics import Diagnostic, Failure, plain, told
from conceptdeck.values.value import frozen, mutable
from conceptdeck.workspace import disk, places, stamps
from conceptdeck.workspace.house import project_of

__all__ = [
    "Record",
    "Session",
    "all_records",
    "built_decks",
    "gone",
    "is_edited",
    "map_of",
    "out_of_date",
    "reasons",
    "record_path",
    "session",
    "settle",
    "unsettle",
    "up_to_date",
]

CACHE = ".cache"
SHIPPED, SHIPPED_MARK = ("data", "themes"), ":"  # the program may be elsewhere next time
MOST_MADE = 4  # digests that are remembered of a file: the last one, and those of builds that were cut off


@frozen
class Record:
    """What a job read and wrote when it was done last, and what it said; the talk of a deck takes `minutes`.

    `findings` are what it said, as JSON has it. `stood` tells how large inputs stood when they were read, `stamp` how
    the program did, and `kept_at` when the record was written: what stands as it did need not be read again.
    """

    job: Mapping[str, Any]
    version: str
    inputs: Mapping[str, str | None]
    outputs: Mapping[str, str]
    said: tuple[str, ...]
    value: Any = None
    project: str = ""
    minutes: float = 0.0
    findings: tuple[Mapping[str, Any], ...] = ()
    stood: Mapping[str, Any] = field(default_factory=dict)
    stamp: Any = None
    kept_at: int = 0

    @property
    def line(self) -> str:
        """Return what was said of the outputs: a job that kept all of them had nothing to say."""
        return str(self.value or ", ".join(sorted(self.outputs)))


def record_path(job: Job) -> Path:
    """Return where the record of a job is."""
    name = hashlib.sha256(json.dumps(as_json(job), sort_keys=True).encode()).hexdigest()[:32]
    return job.out / CACHE / "jobs" / f"{name}.json"


def all_records(out: Path) -> tuple[Record, ...]:
    """Return the records of all jobs of an output folder, sorted by what they wrote."""
    folder = out / CACHE / "jobs"
    found = [record for name in disk.names(folder) if (record := _read(folder / name))]
    return tuple(sorted(found, key=lambda record: (sorted(record.outputs), sorted(map(str, record.job.items())))))


def gone(record: Record, out: Path) -> str | None:
    """Return what a record was made from and is no more: its map, or a catalog of its language; None if all is there.

    Without it nothing can be built again.
    """
    sources = [record.job.get("map", "")] if "map" in record.job else []
    sources += [name for name, digest in record.inputs.items() if digest and name.endswith(".po") and _is_catalog(name)]
    return next((name for name in sources if not _place(name, out).exists()), None)


def map_of(record: Record, out: Path) -> str:
    """Return the file of the map that a record is about, as messages show it."""
    return disk.shown(_place(record.job["map"], out)) if "map" in record.job else ""


def _is_catalog(name: str) -> bool:
    return Path(name).parent.name == places.CATALOGS


def out_of_date(record: Record, out: Path, seen: dict[Path, str | None] | None = None) -> tuple[str, ...]:
    """Return the reasons why what a job wrote is not what it would write now; none if it is up to date.

    Many jobs read the same files: `seen` keeps their digests from one to the next.
    """
    seen = {} if seen is None else seen
    same = is_this_program(record.version, record.stamp, record.kept_at)
    reasons = [] if same else ["another version of the program made it"]
    for name, digest in record.inputs.items():
        path = _place(name, out)
        now = seen[path] if path in seen else seen.setdefault(path, _now(path, digest, record, name))
        if now != digest:
            change = "is new" if digest is None else "is gone" if now is None else "has changed"
            reasons.append(f"{disk.shown(path)} {change}")
    for name, digest in record.outputs.items():
        now = disk.file_digest(out / name)
        if now != digest:
            change = (
                "is missing"
                if now is None
                else "was edited since it was built"
                if not _is_made(out, name)
                else "was replaced"
            )
            reasons.append(f"{disk.shown(out / name)} {change}")
    return tuple(reasons)


def _now(path: Path, digest: str | None, record: Record, name: str) -> str | None:
    """Return the digest of an input as it is now."""
    return digest if stamps.still_stands(path, record.stood.get(name), record.kept_at) else disk.digest_of(path)


@mutable
class Session:
    """A job that is being done: what it read and wrote, and what it kept from being written."""

    job: Job
    force: bool
    log: disk.Log
    warnings: list[Diagnostic] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # what files that were not replaced would hold

    def keep(self, found: Iterable[Diagnostic], value: Any = None, minutes: float = 0.0) -> Record:
        """Write down what the job read, wrote and found; what cannot be written down is built again next time."""
        out, found = self.job.out.absolute(), tuple(found)
        read = {
            path: digest
            for path, digest in sorted(self.log.read.items())
            if path not in self.log.written and not belongs_to_program(path) and not _is_scratch(path, out)
        }
        stood = {_name(path, out): stamps.remembered(path, digest) for path, digest in read.items()}
        content = {
            "job": as_json(self.job),
            "version": program(),
            "stamp": program_stamp()[1],
            "inputs": {_name(path, out): digest for path, digest in read.items()},
            "stood": {name: stamp for name, stamp in stood.items() if stamp},
            "outputs": self.kept
            | {
                relative(path, out): disk.file_digest(path)
                for path in self.log.written
                if not path.is_relative_to(out / CACHE)
            },
            "said": list(told(found)),
            "findings": [plain(each) for each in found],
            "project": project(self.job),
            "value": value,
            "minutes": minutes,
        }
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        with suppress(Failure):
            disk.write_atomically(record_path(self.job), f"{text}\n".encode())
        return _record(content)

    def may_write(self, path: Path, data: bytes) -> bool:
        """Tell whether a file may be replaced: one that a person has changed since it was built may not.

        With `force` it may, and a copy of it is kept.
        """
        if path.absolute().is_relative_to((self.job.out / CACHE).absolute()):
            return True
        name, digest = relative(path, self.job.out), hashlib.sha256(data).hexdigest()
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.job.out)):  # also of links in a circle
            self.warnings.append(kept_outside(path))
            self.kept[name] = digest
            return False
        there, (known, owner) = disk.file_digest(path), _made(self.job.out, name)
        other = self._other(owner) if there is not None else None
        if there is not None and (other or (there != digest and there not in known)):
            if not self.force:
                kept = (
                    kept_of_another(path, other)
                    if other
                    else kept_as_changed(path, self.job.map_file if known else None)
                )
                self.warnings.append(kept)
                self.kept[name] = digest
                return False
            if there not in known:
                disk.copy(path, _copy_of(path))
        own = relative(self.job.map_file, self.job.out)
        if digest not in known[-1:] or owner != own:  # before the file itself: a build that is cut off loses nothing
            _remember(self.job.out, name, [*known, digest], own)
        return True

    def _other(self, owner: str) -> Path | None:
        """Return the map that a file was built from, if it is another one than this job's, and still there."""
        path = _place(owner, self.job.out)
        own = self.job.map_file.resolve()
        return path if owner and disk.is_file(path) and path.resolve() != own else None


@contextmanager
def session(job: Job, *, force: bool = False, wrote: Callable[[str], None] | None = None) -> Iterator[Session]:
    """Do a job inside: what it reads and writes is noted, and files that a person has changed are kept.

    `wrote` is told each file that is there, as messages show it.
    """
    made = Session(job, force, disk.Log(lambda path, data: made.may_write(path, data)))
    scratch = (job.out / CACHE).absolute()
    if wrote:
        made.log.wrote = lambda path: None if path.absolute().is_relative_to(scratch) else wrote(disk.shown(path))
    with disk.logged(made.log):
        yield made


def up_to_date(job: Job, seen: dict[Path, str | None] | None = None) -> Record | None:
    """Return the record of a job if what it wrote is what it would write now."""
    record = _read(record_path(job))
    same = record and record.project == project(job)  # what goes by name is sought there
    return record if record and same and not out_of_date(record, job.out, seen) else None


def reasons(job: Job) -> tuple[str, ...]:
    """Return the reasons why a job has to be done."""
    record = _read(record_path(job))
    if record is None:
        return ("it was not built before, in this way",)
    moved = () if record.project == project(job) else ("it belongs to another project now",)
    return (*moved, *out_of_date(record, job.out))


def project(job: Job) -> str:
    """Return the folder of the project that a job belongs to, as records have it."""
    return relative(project_of(job.map_file), job.out)


def _is_scratch(path: Path, out: Path) -> bool:
    """Tell whether something in the output folder is no input: what is kept there, and which files are there."""
    return path.is_relative_to(out / CACHE) or (path.is_relative_to(out) and path.is_dir())


def settle(path: Path) -> Path | None:
    """Let the next build replace a file that a person has changed, since all of that came home; return a copy of it.

    A file that is not where it was built, or that a build may replace already, is left alone: None.
    """
    path = path.absolute()
    for out in path.parents:
        name = relative(path, out)
        (known, owner), digest = _made(out, name), disk.file_digest(path)
        if known and digest and digest not in known:
            copy = _copy_of(path)
            disk.copy(path, copy)
            _remember(out, name, [*known, digest], owner)
            return copy
    return None


def unsettle(path: Path, copy: Path) -> None:
    """Keep a file again that a person has changed, as before `settle`, which made a copy of it."""
    path = path.absolute()
    digest = disk.file_digest(path)
    for out in path.parents:
        name = relative(path, out)
        known, owner = _made(out, name)
        if digest and digest in known:
            _remember(out, name, [each for each in known if each != digest], owner)
            if disk.file_digest(copy) == digest:
                copy.unlink()
            return


def built_decks(out: Path, map_file: Path) -> tuple[Path, ...]:
    """Return the decks of a map in an output folder, as their records tell."""
    own, found = map_file.resolve(), set[Path]()
    for record in all_records(out):
        if "map" in record.job and _place(record.job["map"], out).resolve() == own:
            found |= {out / name for name in record.outputs if name.endswith(".pptx")}
    return tuple(sorted(path for path in found if disk.is_file(path)))


def is_edited(path: Path, out: Path) -> bool:
    """Tell whether somebody has changed a file in an output folder since it was built there."""
    known, _ = _made(out, relative(path, out))
    return bool(known) and disk.file_digest(path) not in known


def _copy_of(path: Path) -> Path:
    """Return a free name for a copy beside a file."""
    there = disk.names(path.parent)
    number = next(n for n in range(1, len(there) + 2) if f"{path.stem}.changed-{n}{path.suffix}" not in there)
    return path.with_name(f"{path.stem}.changed-{number}{path.suffix}")


def _is_made(out: Path, name: str) -> bool:
    return disk.file_digest(out / name) in _made(out, name)[0]


def _made(out: Path, name: str) -> tuple[list[str], str]:
    """Return the digests of what was last written to a file by us, and the name of the map that it was built from."""
    found = _load(out / CACHE / "made" / f"{name}.json")
    found = {"digests": found} if isinstance(found, list) else found  # as earlier versions wrote it
    if not isinstance(found, dict) or not isinstance(found.get("digests"), list):
        return [], ""
    owner = found.get("map", "")
    return [each for each in found["digests"] if isinstance(each, str)], owner if _is_name(owner) else ""


def _remember(out: Path, name: str, digests: list[str], map_name: str) -> None:
    path = out / CACHE / "made" / f"{name}.json"
    with suppress(Failure):  # a folder that cannot hold records can still hold decks
        disk.write_atomically(path, json.dumps({"digests": digests[-MOST_MADE:], "map": map_name}).encode())


def _name(path: Path, out: Path) -> str:
    """Return the name of an input in records: below a shipped folder, or relative to the output folder."""
    for folder in SHIPPED:
        if path.is_relative_to(places.shipped(folder)):
            return f"{folder}{SHIPPED_MARK}{path.relative_to(places.shipped(folder)).as_posix()}"
    return relative(path, out)


def _place(name: str, out: Path) -> Path:
    """Return where an input is."""
    folder, mark, rest = name.partition(SHIPPED_MARK)
    return places.shipped(folder) / rest if mark else out / name


def _load(path: Path) -> Any:
    """Return what a JSON file holds, None if it is not there or damaged."""
    try:
        return json.loads(disk.read_bytes(path))
    except (Failure, ValueError, RecursionError):
        return None


def _read(path: Path) -> Record | None:
    """Return a record, None if there is none or it is damaged."""
    found = _load(path)
    try:
        record = _record(found, path.stat().st_mtime_ns)
    except (KeyError, TypeError, ValueError, OSError):
        return None
    return record if _is_sound(record) else None


def _record(found: Mapping[str, Any], kept_at: int = 0) -> Record:
    """Return what a record's file says, which was written at a time in nanoseconds."""
    names = ("job", "version", "inputs", "outputs", "value", "project")
    minutes, said, findings = float(found["minutes"]), tuple(found["said"]), tuple(found["findings"])
    stood = found.get("stood")
    made = Record(**{name: found[name] for name in names}, minutes=minutes, said=said, findings=findings)
    return replace(made, stood=stood if isinstance(stood, dict) else {}, stamp=found.get("stamp"), kept_at=kept_at)


def _is_sound(record: Record) -> bool:
    """Tell whether all in a record is of its kind, and each name one that a file can have."""
    job, inputs, outputs = record.job, record.inputs, record.outputs
    if not all(isinstance(each, dict) for each in (job, inputs, outputs, *record.findings)):
        return False
    digests = all(each is None or isinstance(each, str) for each in (*inputs.values(), *outputs.values()))
    names = (*inputs, *outputs, *(job.get(name, "") for name in ("map", "theme")), record.project, record.version)
    try:
        return digests and _is_name("\n".join((*names, *record.said)))
    except TypeError:  # one of them is no text
        return False


def _is_name(name: object) -> bool:
    """Tell whether something is a text without halves of surrogate pairs and without an end in its middle."""
    if not isinstance(name, str) or "\0" in name:
        return False
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
