"""Entry point of the ``kg`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 refused input, 2 wrong call."""
    from kg.cli.app import run  # deferred so that importing this module costs nothing

    sys.exit(run())


if __name__ == "__main__":
    main()
