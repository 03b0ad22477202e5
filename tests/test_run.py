"""Starting on a fresh machine: what is missing is said plainly."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent


def rapport(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "rapport.py"), *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
    )


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MINIMUM", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 99\.0 or newer"):
        run.main()


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.find_uv()


def test_a_tool_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setattr(run, "TOOLS", blocked / "tools")
    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match="could not make its private folder"):
        run.find_uv()


def test_an_environment_that_is_up_to_date_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "env"
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").write_text("")
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", str(home))
    monkeypatch.setattr(run, "find_uv", lambda: pytest.fail("uv was asked although nothing had changed"))
    (home / ".rapport-stamp").write_bytes(f"dev {sys.version_info[:2]} ".encode() + (ROOT / "uv.lock").read_bytes())
    run.sync(dev=True)
    run.sync(dev=False)


def _fresh(monkeypatch: pytest.MonkeyPatch, home: Path, played: str) -> None:
    """Have an environment in which uv finds all as it should be, and in which Python runs a script of its own."""
    (home / "bin").mkdir(parents=True)
    python = home / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{played}\n")
    python.chmod(0o755)
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", str(home))
    monkeypatch.setattr(run, "find_uv", lambda: ["true"])


def test_after_installing_every_patient_is_played_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _fresh(monkeypatch, tmp_path / "env", f'echo "$@" >> {tmp_path}/asked; echo many warnings')
    run.sync(dev=False)
    run.sync(dev=False)
    assert (tmp_path / "asked").read_text() == "-m rapport check\n"
    said = capfd.readouterr().out
    assert "once" in said
    assert "many warnings" not in said


def test_what_is_made_ready_is_kept_also_where_an_image_tells_python_to_keep_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    _fresh(monkeypatch, tmp_path / "env", f'echo "kept${{PYTHONDONTWRITEBYTECODE:-}}" >> {tmp_path}/asked')
    run.sync(dev=False)
    assert (tmp_path / "asked").read_text() == "kept\n"


@pytest.mark.parametrize("played", ["exit 1", "kill -9 $$", "sleep 5"])
def test_what_goes_wrong_while_the_patients_are_made_ready_stops_no_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, played: str
) -> None:
    monkeypatch.setattr(run, "READY_WITHIN", 0.2)
    _fresh(monkeypatch, tmp_path / "env", played)
    run.sync(dev=False)
    assert (tmp_path / "env" / ".rapport-stamp").exists()


def test_a_port_that_is_taken_is_said_and_another_one_offered() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = rapport("serve", PORT=port)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "choose another port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["", "eighty", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_named(port: str) -> None:
    done = rapport("serve", PORT=port)
    assert done.returncode == 1
    assert "must be a number between 1 and 65535" in done.stderr


def test_an_unknown_verb_is_one_plain_answer() -> None:
    done = rapport("sevre")
    assert done.returncode != 0
    assert "sevre" in done.stderr
    assert "Traceback" not in done.stderr
