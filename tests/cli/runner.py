"""Runs the real command in a process of its own, as a user does."""

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["kg"]


def kg(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``kg`` with these arguments and wait for it; output is decoded as UTF-8."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | environment,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
