"""The program: its first screen, if one is kept, and then all the rest."""

import _signal  # type: ignore[import-not-found]  # what `signal` gives names to, at no cost

# While modules are loaded nobody listens to Ctrl+C: it ends the program, and no traceback reaches the officer.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import gc
import sys

from briefing import first_screen


def run() -> int:
    """Run what the command line asks for; the exit code."""
    # Until the first screen is there nothing becomes garbage; looking for some takes a tenth of the time.
    gc.disable()
    first_screen.paint(sys.argv[1:])
    try:
        from briefing.cli import main

        if _signal.getsignal(_signal.SIGINT) == _signal.SIG_DFL:
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        return main()
    except KeyboardInterrupt:
        return 128 + int(_signal.SIGINT)
    finally:
        first_screen.give_back()


if __name__ == "__main__":
    sys.exit(run())
