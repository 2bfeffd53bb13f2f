"""The parser of words on the command line.

Lives here: the standard parser with our manners. Not here: any verb, the quick road of `count` (`count_words`).

Invariant: what is wrong is `BadInput`, never an exit of its own; no option may be abbreviated.
"""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from isonomy.kernel.bad_input import BadInput


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong as `BadInput` and takes no abbreviated options.

    Scripts rely on the options: an abbreviation would change its meaning when an option is added.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)

    def error(self, message: str) -> NoReturn:
        """Raises `BadInput` with the verb as its place."""
        verb = self.prog.partition(" ")[2]
        raise BadInput(message, verb, f"{self.prog} --help shows how it is used")
