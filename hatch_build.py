"""The build step of the package: compiles the hot loops of counting where a compiler is found, and goes without otherwise.

Lives here: finding the compiler, compiling `src/isonomy/counting/machine/*.c` beside the Python, the tag of the wheel. Not
here: what is compiled, and what serves without it.

Invariant: building never fails for want of a compiler or of Python's headers; then the wheel is pure. ISONOMY_PURE in the
environment asks for a pure one. `isonomy doctor` says which was installed.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COUNTING = "src/isonomy/counting"
BUILT = f"{COUNTING}/_compiled.abi3.so"
FLAGS = ("-O2", "-std=c11", "-Wall", "-Wextra", "-fPIC", "-shared", "-fvisibility=hidden")


class CompilesCounting(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled module to the wheel, also to an editable installation, where it lies beside its source."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles, and tells the builder what came of it."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        built = root / BUILT
        why = "ISONOMY_PURE" if os.environ.get("ISONOMY_PURE") else compiled(root / COUNTING / "machine", built)
        if why:
            if version == "editable":  # what an older build left beside the source would be loaded
                built.unlink(missing_ok=True)
            self.app.display_warning(f"The loops of counting are not compiled ({why}); Python serves instead.")
            return
        build_data["artifacts"].append(BUILT)
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def source_digest(folder: Path) -> str:
    """SHA-256 over the C sources in order of name: a compiled module tells which it was made from."""
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.[ch]")):
        found.update(path.name.encode() + b"\n" + path.read_bytes())
    return found.hexdigest()


def compiled(folder: Path, built: Path, *flags: str) -> str:
    """Compiles the sources of a folder into a file; says why not, or nothing when it was done."""
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    if os.name != "posix":
        return "this system is not known"
    if shutil.which(compiler[0]) is None:
        return f"there is no {compiler[0]}"
    headers = sysconfig.get_path("include")
    if not (Path(headers) / "Python.h").is_file():
        return "Python's headers are not there"
    unfinished = built.with_name(f"{built.name}.{os.getpid()}")
    # Macs leave the names of Python open until it is loaded.
    extra = ("-undefined", "dynamic_lookup") if sys.platform == "darwin" else ()
    told = f'-DSOURCE_DIGEST="{source_digest(folder)}"'
    words = [
        *compiler,
        *FLAGS,
        *flags,
        told,
        f"-I{headers}",
        *map(str, sorted(folder.glob("*.c"))),
        "-o",
        unfinished,
        *extra,
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        unfinished.unlink(missing_ok=True)
        return f"{compiler[0]} refused: {done.stderr.strip()[:300]}"
    unfinished.replace(built)
    return ""
