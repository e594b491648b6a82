import subprocess
import sys

import pytest

from tests.cases import ROOT

_TOOL = ROOT / "tools" / "ontology_page.py"


@pytest.mark.skipif(not _TOOL.exists(), reason="the tools are not in a source distribution")
def test_page_of_the_terms_is_current() -> None:
    done = subprocess.run([sys.executable, str(_TOOL), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
