"""Send requests drawn from the description of the server to one that only reads and to one that can be written.

    pip install 'kg[fuzz]'
    python tools/fuzz_serving.py --seconds 600

What is drawn, sent and checked is schemathesis's affair (https://schemathesis.readthedocs.io): no answer may be a
crash, and each must have the status, headers and content that ``tools/fuzzing_server/openapi.yaml`` tells of.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.serving.conftest import GRAPH  # noqa: E402 - found by the line above
from tests.serving.server import TOKEN, Server, running  # noqa: E402 - likewise

SETTINGS = ROOT / "tools" / "fuzzing_server"
_OK = 200
LIMITS = ("--workers", "2", "--timeout", "3", "--memory", "400", "--max-result", "4", "--max-request", "1", "--quiet")
"""Low enough for requests to reach them."""


def fuzz(server: Server, seconds: int, *options: str) -> bool:
    """Fuzz one server; tell whether nothing was found."""
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(SETTINGS / "schemathesis.toml")),
        *("run", str(SETTINGS / "openapi.yaml"), "--url", server.url, "--max-time", str(seconds), *options),
    ]
    return subprocess.run(command, check=False).returncode == 0 and server.query("ASK {}").status == _OK


def main() -> None:
    """Fuzz both servers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=120, help="For each of the two servers.")
    seconds = parser.parse_args().seconds
    os.environ["PYTHONPATH"] = str(ROOT)  # the hooks are found from any folder
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(GRAPH, *LIMITS, log=folder / "read.log") as server:
            # It refuses to write with 403, whatever is shown; schemathesis asks for 401 where nothing is.
            read = fuzz(server, seconds, "--exclude-checks", "missing_required_header")
        header = {"authorization": f"Bearer {TOKEN}"}
        options = (*LIMITS, "--writable")
        with running(folder / "store", *options, log=folder / "write.log", headers=header, KG_TOKEN=TOKEN) as server:
            # A body that is none of the description's examples may be as valid, such as a comment alone.
            others = ("--exclude-checks", "negative_data_rejection")
            written = fuzz(server, seconds, "--header", f"Authorization: Bearer {TOKEN}", *others)
    sys.exit(not (read and written))


if __name__ == "__main__":
    main()
