#!/usr/bin/env bash
# The wheel, built from this checkout, installs into a fresh environment with the pinned versions and runs there.
# Usage: wheel_runs.sh PYTHON (one that has hatchling).
set -euo pipefail
python=$(realpath -s "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$python" -m hatchling build -t wheel -d "$scratch/dist" >/dev/null 2>"$scratch/build" || { cat "$scratch/build" >&2; exit 1; }
"$python" -m venv "$scratch/venv"
# The pins without their hashes: a wheel built a moment ago has none to compare with.
sed -E -e '/^ *--hash/d' -e '/^ *#/d' -e 's/ *\\$//' requirements.lock >"$scratch/pins"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c "$scratch/pins" "$scratch"/dist/*.whl

cd "$scratch"
"$scratch/venv/bin/python" - <<'TEXT'
import importlib.resources
shipped = importlib.resources.files("isonomy") / "_rulebooks" / "README.md"
assert shipped.is_file(), "the rulebooks are not in the wheel"
assert (importlib.resources.files("isonomy") / "py.typed").is_file(), "the wheel is not marked as typed"
TEXT
"$scratch/venv/bin/isonomy" doctor
echo "The wheel installs and runs: $(basename "$scratch"/dist/*.whl)"
