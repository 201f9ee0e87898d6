"""The environment as Textual and Rich are to find it, whatever the officer's shell or the host has put there."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from types import ModuleType

from briefing.host import Colours

_COLOR_SYSTEMS = {Colours.NONE: "standard", Colours.SIXTEEN: "standard", Colours.MANY: "256", Colours.FULL: "truecolor"}
"""What Rich calls them. No colours at all are a matter of NO_COLOR, which Rich keeps apart."""

_OURS = {
    "ESCDELAY": "500",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_SPEEDUPS": "0",
}
"""ESCDELAY: milliseconds before an escape is a key; a slow line takes more than Textual's 100 between the parts of one
sequence, and tmux waits 500. SMOOTH_SCROLL: off, or Textual lets the terminal report its size among the keys. SPEEDUPS:
off, or Textual looks for a module of compiled code and runs what it finds under that name."""

_FOREIGN = (
    "COLUMNS",
    "DATABRICKS_RUNTIME_VERSION",
    "FORCE_COLOR",
    "JUPYTER_COLUMNS",
    "JUPYTER_LINES",
    "LINES",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
    "UNICODE_VERSION",
)
"""What Rich obeys: sizes that were true once and would freeze the screen, notebooks we do not run in, colour for files,
and widths of characters other than those we count with."""


def prepare(environment: MutableMapping[str, str], colours: Colours) -> None:
    """Change `environment`, that of the process, so that only what was decided here counts; before Textual is imported.

    Measured: TEXTUAL_DEBUG writes every key to ./keys.log, TEXTUAL_LOG the documents to a file anybody may read,
    TEXTUAL_DRIVER imports any module, TEXTUAL_PRESS presses keys, and TERM=dumb brings 24-bit colour and 80x25 cells.
    """
    for name in [name for name in environment if name.startswith("TEXTUAL")]:
        del environment[name]
    for name in _FOREIGN:
        environment.pop(name, None)
    environment.update(_OURS)
    environment["TEXTUAL_COLOR_SYSTEM"] = _COLOR_SYSTEMS[colours]
    environment.pop("NO_COLOR", None)
    if colours is Colours.NONE:
        environment["NO_COLOR"] = "1"
    if environment.get("TERM", "").strip().lower() in ("dumb", "unknown"):
        environment["TERM"] = "vt100"  # no program is started that could be misled


def load_without_network() -> None:
    """Load the event loop without what it would only need to encrypt connections: there are none.

    asyncio does without `ssl` where Python was built without it, which is what it is told here. To load it would take
    10 ms and 4 MB. Afterwards whoever asks for `ssl` gets it.
    """
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        import asyncio  # noqa: F401, PLC0415

        del sys.modules["ssl"]


def load_without_spare_widgets() -> None:
    """Load the framework without the trees and menus of its own that nobody here uses.

    One module of it takes the name of one type from `textual.types`, a list of types that loads the widgets they belong
    to. That type is all that the module is given meanwhile. To load the widgets would take 9 ms. Afterwards whoever
    asks for `textual.types` gets all of it.
    """
    if "textual.types" not in sys.modules:
        from textual._types import IgnoreReturnCallbackType  # noqa: PLC0415

        sys.modules["textual.types"] = types = ModuleType("textual.types")
        types.__dict__["IgnoreReturnCallbackType"] = IgnoreReturnCallbackType
        import textual.command  # noqa: F401, PLC0415

        del sys.modules["textual.types"]
