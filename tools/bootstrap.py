"""Prepare `.venv` with the locked requirements and the project itself, or do nothing if it is ready.

    python3 tools/bootstrap.py [run | test]

`run` installs what `conceptdeck` needs, `test` also what its tests and checks need. Nothing but Python's
standard library is used: `uv` installs if it is on PATH, otherwise the pip kept in `tools/vendor`, which
works on a system without `ensurepip` too. Indexes, mirrors and certificates are the machine's own settings.
"""

from __future__ import annotations  # an older Python must get as far as the message in `main`

import contextlib
import hashlib
import os
import sys
import time
from pathlib import Path

__all__ = ["main"]

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "prepared.mk"  # the Makefile reads it too
LOCKS = {"run": "requirements.txt", "test": "requirements-test.txt"}
ENOUGH = {"run": ("run", "test"), "test": ("test",)}  # `test` holds all of `run`
PIP_TO_UV = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
    "PIP_CERT": "SSL_CERT_FILE",
}
GET_PYTHON = """\
  Debian, Ubuntu:  sudo apt-get install python3
  Fedora:          sudo dnf install python3
  macOS:           brew install python
  elsewhere:       https://www.python.org/downloads/"""


class BootstrapError(Exception):
    """A reason, for the reader of the terminal, why the environment could not be prepared."""


def main(arguments: list[str]) -> int:
    """Prepare the group named in the arguments, `run` unless told; return the exit code."""
    group = arguments[0] if arguments else "run"
    if group not in LOCKS or len(arguments) > 1:
        return complain("usage: python3 tools/bootstrap.py [run | test]", code=2)
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        need = ".".join(map(str, OLDEST))
        return complain(f"conceptdeck needs Python {need} or newer; this is {have}.\n{GET_PYTHON}")
    started = time.time_ns()
    if is_ready(group):
        with contextlib.suppress(OSError):  # where nothing may be written, make asks again
            os.utime(STAMP, ns=(started, started))
        return 0
    try:
        with only_one_at_a_time():
            if not is_ready(group):
                prepare(group)
    except BootstrapError as reason:
        return complain(str(reason))
    except OSError as reason:
        return complain(f"{reason.filename or VENV}: {reason.strerror or reason}")
    except KeyboardInterrupt:
        return complain("stopped; run the command again to finish.", code=130)
    return 0


def complain(message: str, code: int = 1) -> int:
    """Print why there is no environment, and return the exit code that says so."""
    print(f"bootstrap: {message}", file=sys.stderr)
    return code


# --- is there anything to do? --------------------------------------------------------------------


def is_ready(group: str) -> bool:
    """Tell whether `.venv` was prepared, here, from the present locks, for `group` or more."""
    if not venv_python().exists():
        return False
    try:
        stamped = STAMP.read_text(encoding="utf-8")
    except OSError:
        return False
    return stamped in map(stamp, ENOUGH[group])


def stamp(group: str) -> str:
    """Return what says, in make's words, for what the environment was made, from what, and where."""
    place = str(ROOT).replace("$", "$$").replace("#", "\\#")
    return f"PREPARED := {group} {digest(group)}\nPREPARED_IN := {place}\n"


def digest(group: str) -> str:
    """Sum up all that the environment was made from: the lock, the project file and the place."""
    total = hashlib.sha256(str(ROOT).encode())
    for name in (LOCKS[group], "pyproject.toml", "tools/bootstrap.py"):
        path = ROOT / name
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()


def venv_python() -> Path:
    """Return where the environment's interpreter is, or will be."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


class only_one_at_a_time:
    """Hold the bootstrap script itself as the lock; a second run waits. Released even by a crash."""

    def __enter__(self) -> None:
        """Wait for the lock."""
        self.file = Path(__file__).resolve().open("rb")
        try:
            import fcntl
        except ImportError:  # Windows: make does not run there, nor do two bootstraps
            return
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another run that is preparing .venv …")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        self.file.close()


# --- prepare -------------------------------------------------------------------------------------


def prepare(group: str) -> None:
    """Make `.venv` if need be, install the group's lock and the project, and leave the stamp."""
    import shutil

    STAMP.unlink(missing_ok=True)
    uv = shutil.which("uv")
    with_what = "uv" if uv else "pip, which takes a little longer"
    say(f"preparing .venv for '{group}' with {with_what} …")
    make_venv()
    if not (uv and install(uv_installer(uv), group, uv_environment())):
        if uv:
            say("uv could not install; trying pip …")
        if not install(pip_installer(), group, dict(os.environ)):
            raise BootstrapError(
                f"the packages of {LOCKS[group]} could not be installed (the reason is above).\n"
                "  If no package index was reached: check the network, or pip's settings (pip config list).\n"
                "  If .venv itself seems damaged: remove it, and run the command again."
            )
    write_stamp(group)
    say("ready.")


def make_venv() -> None:
    """Make the environment, unless there is one with a Python that runs and is new enough."""
    if runs([str(venv_python()), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]):
        return
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        raise BootstrapError(f"{VENV} is there but is no Python environment; move it away first.")
    try:
        import venv
    except ImportError:
        raise BootstrapError(
            "this Python has no 'venv' module. On Debian and Ubuntu: sudo apt-get install python3-venv"
        ) from None
    # Without pip: asking for it needs `ensurepip`, which Debian's python3 lacks.
    venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False).create(VENV)


def install(installer: list[str], group: str, environment: dict[str, str]) -> bool:
    """Install the lock, checked against its hashes, then the project, editable; tell whether it worked."""
    lock = ["--require-hashes", "--requirement", str(ROOT / LOCKS[group])]
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    return all(runs([*installer, *what], environment, loud=True) for what in (lock, project))


def uv_installer(uv: str) -> list[str]:
    """Return the command that installs with uv."""
    return [uv, "pip", "install", "--quiet", "--python", str(venv_python())]


def uv_environment() -> dict[str, str]:
    """Return the environment with pip's settings said in uv's names, where uv has none of its own."""
    told = {uv: os.environ[pip] for pip, uv in PIP_TO_UV.items() if os.environ.get(pip)}
    if "UV_FIND_LINKS" in told:  # pip parts them with spaces, uv with commas
        told["UV_FIND_LINKS"] = ",".join(told["UV_FIND_LINKS"].split())
    return {**told, **os.environ}


def pip_installer() -> list[str]:
    """Return the command that installs with the pip in `tools/vendor`, run from its wheel."""
    wheels = sorted((ROOT / "tools" / "vendor").glob("pip-*.whl"))
    if not wheels:
        raise BootstrapError("no pip wheel in tools/vendor; get the whole repository, or install uv.")
    quietly = ["--quiet", "--disable-pip-version-check", "--no-input"]
    return [str(venv_python()), str(wheels[-1] / "pip"), "install", *quietly]


def runs(command: list[str], environment: dict[str, str] | None = None, loud: bool = False) -> bool:
    """Run a command, silently unless `loud`; tell whether it could be run and succeeded."""
    import subprocess

    output = None if loud else subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    except OSError:
        return False
    return done.returncode == 0


def write_stamp(group: str) -> None:
    """Record what `.venv` was made from, in one step, so that half a stamp can never be read."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(stamp(group), encoding="utf-8")
    draft.replace(STAMP)


def say(message: str) -> None:
    """Tell the reader of the terminal what is going on."""
    print(f"bootstrap: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
