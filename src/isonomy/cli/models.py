"""The rulebooks that come with the program: where they lie, and which models there are.

Lives here: finding them in the checkout or in the installed package. Not here: reading them (`rulebook`).

Invariant: a model is a folder of `rulebooks/` beside `history` and `paraphrase`; its newest edition is the one
with the highest number.
"""

from __future__ import annotations

from pathlib import Path

from isonomy.kernel.bad_input import BadInput, did_you_mean

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "_rulebooks", _PACKAGE.parent.parent / "rulebooks")
_NOT_MODELS = ("circle", "history", "paraphrase")


def rulebooks_folder() -> Path:
    """The folder of the rulebooks; raises `BadInput` when the installation lacks it."""
    for place in _PLACES:
        if place.is_dir():
            return place
    raise BadInput("the rulebooks that come with the program are not there", str(_PLACES[0]), "install it again, whole")


def models() -> list[str]:
    """The names of the models, sorted; empty where there are none."""
    for place in _PLACES:
        if place.is_dir():
            return sorted(
                found.name for found in place.iterdir() if found.name not in _NOT_MODELS and any(found.glob("*.md"))
            )
    return []


def model_file(name: str) -> Path:
    """The newest edition of a model; raises `BadInput` with a suggestion for an unknown name."""
    known = models()
    if name not in known:
        raise BadInput(f"there is no model '{name[:60]}'", "--model", did_you_mean(name, known))
    return max((rulebooks_folder() / name).glob("*.md"), key=lambda found: _edition(found.stem))


def _edition(stem: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in stem.split("."))
