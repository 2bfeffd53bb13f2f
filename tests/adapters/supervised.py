"""A program that supervises an appender until it is killed: `python -m tests.adapters.supervised FOLDER`.

It prints the number of the appender's process, and then waits.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from isonomy.adapters.appender_supervisor import SupervisedAppender

if __name__ == "__main__":
    supervised = SupervisedAppender(Path(sys.argv[1]))
    supervised.start()
    print(supervised.process, flush=True)
    time.sleep(600)
