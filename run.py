#!/usr/bin/env python3
"""Start or test Rapport with nothing but Python 3.11 or newer.

python3 run.py              start on http://127.0.0.1:8501 (environment: PORT, HOST)
python3 run.py test         run the tests; further words go to pytest
python3 run.py VERB ...     any other verb of the command line: play, check, score, doctor, ...

It prepares its own locked environment inside this folder: `uv` does the work. Where `uv` is not installed it is
fetched into the private folder `.tools`. Nothing is installed into the system's Python.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
UV_VERSION = "uv>=0.13,<0.14"
MINIMUM = (3, 11)
READY_WITHIN = 120
"""Seconds."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def fail(message: str) -> None:
    """Say what is missing and what to do, and stop."""
    sys.exit(message)


def tool_python() -> Path:
    """Return the private environment's Python, whether or not it is there yet."""
    return TOOLS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def find_uv() -> list[str]:
    """Return the command that runs uv: the one on the PATH, else a private one, fetched on first use."""
    if found := shutil.which("uv"):
        return [found]
    python = tool_python()
    if subprocess_ok([str(python), "-m", "uv", "--version"]):
        return [str(python), "-m", "uv"]
    print("Preparing Rapport. This happens once and needs the network.", flush=True)
    if importlib.util.find_spec("ensurepip") is None:
        fail(
            "Python's venv module is missing, so Rapport cannot prepare its own environment.\n"
            "On Debian or Ubuntu: sudo apt install python3-venv\n"
            "Then run this again."
        )
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(TOOLS)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        fail(
            f"Rapport could not make its private folder {TOOLS}.\n"
            "Is the disk full, or the folder not yours to write to? Python said:\n" + last_line(made)
        )
    fetched = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV_VERSION],
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode:
        fail(
            "Rapport could not fetch uv, the tool that prepares its environment.\n"
            "Is this machine online? Behind a proxy, set HTTPS_PROXY and run this again. pip said:\n"
            + last_line(fetched)
        )
    return [str(python), "-m", "uv"]


def subprocess_ok(command: list[str]) -> bool:
    """Return True if the command exists and ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line that a command printed, which is where tools say what went wrong."""
    lines = (done.stderr or done.stdout or "").strip().splitlines()
    return lines[-1] if lines else "(nothing)"


def environment() -> dict[str, str]:
    """Return the environment for the child: locked, this Python only, no surprise downloads of another one.

    Images of containers often tell Python to keep nothing compiled. In a folder that is Rapport's own that would only
    make every start slower by two seconds, and every check of a scenario with it, so it does not hold here.
    """
    env = dict(os.environ)
    env.pop("VIRTUAL_ENV", None)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    env.setdefault("UV_PYTHON", sys.executable)
    env.setdefault("UV_NO_PROGRESS", "1")
    return env


def venv_python() -> Path:
    """Return the Python of the project's own environment."""
    folder = Path(os.environ.get("UV_PROJECT_ENVIRONMENT", ROOT / ".venv"))
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def sync(dev: bool) -> None:
    """Bring the project's environment to exactly what `uv.lock` says.

    A stamp remembers the lock file that was last installed, so that a second start asks nobody anything.
    """
    lock = (ROOT / "uv.lock").read_bytes()
    stamp = venv_python().parent.parent / ".rapport-stamp"
    wanted = {f"{kind} {sys.version_info[:2]} ".encode() + lock for kind in (("dev",) if dev else ("dev", "run"))}
    if venv_python().exists() and stamp.exists() and stamp.read_bytes() in wanted:
        return
    done = subprocess.run(
        [*find_uv(), "sync", "--locked", "--quiet", *([] if dev else ["--no-dev"])],
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    if done.returncode:
        fail(
            "\nRapport could not prepare its environment; the lines above say why.\n"
            "Usual causes: no network, a proxy that is not set (HTTPS_PROXY), or a full disk."
        )
    get_ready()
    stamp.write_bytes(f"{'dev' if dev else 'run'} {sys.version_info[:2]} ".encode() + lock)


def get_ready() -> None:
    """Have every patient read and played once, so that the first visit and an author's first check need not wait.

    What is made of the files on the way is kept beside Python's own caches. Nothing depends on it: what this finds, or
    that it fails, is for `check` to say when somebody asks.
    """
    print("Getting the patients ready. This happens once and takes a few seconds.", flush=True)
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            [str(venv_python()), "-m", "rapport", "check"],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            check=False,
            timeout=READY_WITHIN,
        )


def find_chromium() -> str | None:
    """Return a Chromium to test with: the one named by CHROMIUM, else one on the PATH."""
    named = os.environ.get("CHROMIUM", "")
    if named and Path(named).exists():
        return named
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Run the verb and return its exit code."""
    if sys.version_info < MINIMUM:
        fail(
            f"Rapport needs Python {MINIMUM[0]}.{MINIMUM[1]} or newer; this is {sys.version.split()[0]}.\n"
            "Install a newer Python from python.org or your system's packages, then run this again with it."
        )
    words = sys.argv[1:] or ["serve"]
    testing = words[0] == "test"
    sync(dev=testing)
    if testing:
        if find_chromium() is None and not os.environ.get("CI"):
            print("Browser tests are skipped: no Chromium here (Debian: sudo apt install chromium).", flush=True)
        command = [str(venv_python()), "-m", "pytest", *words[1:]]
    else:
        command = [str(venv_python()), "-m", "rapport", *words]
    env = environment()
    # The command line runs from the project's folder but must read and write files where the person stands.
    env["PYTHONPATH"] = os.pathsep.join(p for p in (str(ROOT), os.environ.get("PYTHONPATH", "")) if p)
    try:
        return subprocess.call(command, cwd=ROOT if testing else None, env=env)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
