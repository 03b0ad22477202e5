"""Serve a model file at an address that speaks OpenAI's chat completions, with the package xllamacpp, until stopped."""

from __future__ import annotations

import signal
import sys

import xllamacpp


def main(path: str, port: int) -> None:
    """Serve ``path`` on this machine only, with two answers at once and one thread for each."""
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = 65536
    params.n_parallel = 2
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
