"""Time the reading of PubMed's XML against lxml's bare ``iterparse`` over the same file, in turns.

    python tools/benchmark_reading.py [COUNT]

Records read and written as JSON Lines may take no more than 1 / 0.35 of the time of ``iterparse`` alone; the memory
of the process that reads must not grow with the file.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

BAR = 0.35
ROUNDS = 3
_BARE = """
from lxml import etree
for _ in etree.iterparse(sys.argv[1], resolve_entities=False):
    pass
"""
_READ = """
from pathlib import Path
from kg.readers import READERS, Source
from kg.readers.packing import Packed
from kg.records import encode
def fail(error): raise error
source = Source("made", lambda: Packed(Path(sys.argv[1]).open("rb")))
with open("/dev/null", "w") as out:
    for located in READERS["pubmed"].read(source, fail):
        out.write(encode(located.paper) + "\\n")
"""
_TIMED = """
import resource, sys, time
start = time.process_time()
{}
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measured(code: str, path: Path) -> tuple[float, int]:
    """Run code in a process of its own; give its seconds of processor time and megabytes of memory."""
    run = subprocess.run(
        [sys.executable, "-c", _TIMED.format(code), str(path)], check=True, capture_output=True, text=True
    )
    seconds, megabytes = run.stdout.split()
    return float(seconds), int(megabytes)


def main() -> int:
    """Run the comparison; 1 where a bar is missed."""
    count = sys.argv[1] if len(sys.argv) > 1 else "100000"
    with tempfile.TemporaryDirectory() as folder:
        path, part = Path(folder, "all.xml"), Path(folder, "part.xml")
        for file, records in ((path, count), (part, str(int(count) // 10))):
            subprocess.run([sys.executable, "tools/make_pubmed.py", str(file), records], check=True)
        rounds = [(measured(_BARE, path), measured(_READ, path)) for _ in range(ROUNDS)]
        bare, read = (median(one[side][0] for one in rounds) for side in (0, 1))
        small, large = measured(_READ, part)[1], max(one[1][1] for one in rounds)
    print(f"iterparse {bare:.1f} s, records {read:.1f} s: {bare / read:.0%} of its speed; bar {BAR:.0%}")
    print(f"memory for a tenth of the file {small} MB, for all of it {large} MB")
    return 0 if bare / read >= BAR and large < small + 10 else 1


if __name__ == "__main__":
    sys.exit(main())
