"""The program: its first screen, if one is kept, and then all the rest."""

import sys

from briefing import first_screen


def run() -> int:
    """Run what the command line asks for; the exit code."""
    first_screen.paint(sys.argv[1:])
    try:
        from briefing.cli import main

        return main()
    finally:
        first_screen.give_back()


if __name__ == "__main__":
    sys.exit(run())
