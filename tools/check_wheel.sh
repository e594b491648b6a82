#!/bin/sh
# Install the wheel in an empty environment, away from the checkout, and build the sample graph with it.
set -eu
PYTHON=${PYTHON:-python3}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$PYTHON" -m build --wheel --outdir "$work" "$root" >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -c "$root/requirements.lock" "$work"/kg-*.whl
cp "$root/examples/author-page.txt" "$work/page.txt"
cd "$work"
venv/bin/kg build page.txt -g graph --out out
venv/bin/kg validate graph
venv/bin/kg query -g graph --list
echo "the wheel works in an empty environment"
