"""Both demonstrations, one after the other: `make demo`."""

from __future__ import annotations

import sys

from demo import association_1956, debian


def main() -> int:
    """Runs both; the first that fails ends it."""
    return association_1956.main() or debian.main()


if __name__ == "__main__":
    sys.exit(main())
