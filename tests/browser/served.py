"""The app as a process of its own, started by the command line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that nothing uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """The app as a process of its own, on a port and data folder of its own; can be killed and started again."""

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        self.folder, self.host = folder, host
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until the app says that a visit could begin."""
        log = (self.folder / "server.log").open("ab")
        env = {
            **os.environ, "PORT": str(self.port), "HOST": self.host, "HOME": str(self.folder),
            "RAPPORT_DATA": str(self.folder / "data"),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }  # fmt: skip
        env.pop("RAPPORT_DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rapport", "serve"], cwd=self.folder, env=env, stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError("the server ended:\n" + self.log())
            try:
                if urllib.request.urlopen(self.url + "/api/ready", timeout=2).status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server never got ready:\n" + self.log())

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def log(self) -> str:
        """Return what the server wrote."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")
