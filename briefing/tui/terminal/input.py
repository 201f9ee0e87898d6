"""From the bytes of a terminal to keys and pasted text; nothing else that arrives is ever taken for a key.

Textual's parser, measured: one invalid byte ended the program; a paste with an ESC in it, or with its start in two
parts, became keys; one whose end mark came in two parts made the keyboard deaf for good; and late replies of the
terminal became keys, so that a document that makes a terminal reply could press some.
"""

from __future__ import annotations

import codecs
import re

from textual.events import Paste
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from briefing.parsing import visible
from briefing.tui.terminal.keys import Dialect, typed, typed_with_alt

ESCAPE_DELAY = 0.5
"""Seconds after which an ESC with nothing behind it is the key, as in tmux. Textual's 0.1 makes three keys of an arrow
whose bytes come 120 ms apart."""
PATIENCE = 2.0
"""Seconds of silence after which the rest of a paste, a sequence or a reply is given up, and the keyboard is back."""
PASTE_LIMIT = 1 << 18
"""Bytes of one paste that are kept. The rest is thrown away as it comes, so that an endless one fills no memory."""
_SEQUENCE_LIMIT = 64
"""Bytes of the longest sequence that may be a key. A longer one is skipped without being kept."""
_KEYS_A_SECOND = 40
"""More than any keyboard repeats. What comes faster is no typing even if each byte comes by itself, as on a serial line
of 1,200 baud. A paste that came more slowly than that, byte by byte and for longer than `PATIENCE`, would be cut."""
_KEYS_AT_ONCE = 8
"""Keys that may come at any pace, as when a line held them up."""
_AT_ONCE = 64
"""More bytes in one packet than this, after a paste that did not end, are its rest held up on the way, not typed."""

_PASTE_BEGINS = b"\x1b[200~"
_PASTE_ENDS = b"\x1b[201~"
_GIVES_UP = b"\x03"
"""Ctrl+C, with which an officer ends a paste that does not end."""
_SEQUENCE = re.compile(
    rb"""\x1b (?: \[ \[ (?P<console> [@-~])
                | \[ M (?P<mouse> ...)
                | \[ (?P<parameters> [0-?]*) (?P<intermediate> [ -/]*) (?P<final> [@-LN-Z\\-~] | (?<!\[) M)
                | O (?P<shift> [0-9;]*) (?P<shifted> [A-Za-z])
                | (?P<string> \][0-9lL] | P[0-9>!|$+] | _G)
                | (?P<alt> [^\x1b[O\]P_\x80-\xff] | [\]P_](?=.) )
                )""",
    re.VERBOSE | re.DOTALL,
)
"""What a key or a terminal sends, after ECMA-48: keys of the Linux console, clicks as X10 reports them (what another
program switched on may still be on), control sequences, keys after ESC O, replies that are strings, keys with Alt."""
_SYNCHRONIZED = ("?2026;1", "?2026;2", "?2026;3")
"""The parameters of a DECRPM, a report on a mode, by which a terminal says that it can show a frame at once."""
_BEGUN = re.compile(rb"\x1b(?:\[(?:\[|M.{0,2}|[0-?]*[ -/]*)|O[0-9;]*|[\]P_])?", re.DOTALL)
"""A sequence of which more has to come."""
_ENDS = {
    "sequence": re.compile(rb"[@-~]|(?=[^ -?])"),
    "string": re.compile(rb"\x07|\x1b\\|(?=\x1b.|[\x00-\x1a\x1c-\x1f])"),
}
"""How what is skipped ends: as it should, or where a key must have come in between, so that Enter is always heard."""


class PasteShortened(Message):
    """More was pasted at once than is kept; the rest is lost."""

    def __init__(self, lost: int) -> None:
        """`lost` counts bytes."""
        super().__init__()
        self.lost = lost


class InputParser:
    """Takes bytes as they come and makes keys and pastes of them, whatever splits them."""

    def __init__(self, dialect: Dialect, encoding: str = "utf-8") -> None:
        """`encoding` is that of the terminal: any in which ASCII is itself. What is invalid in it becomes U+FFFD."""
        self._dialect = dialect
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._encoding = encoding
        self._made: list[Message] = []
        self._rest = b""
        """What came and is not complete."""
        self._came = 0.0
        """When the last bytes came."""
        self._heard = 0.0
        """When the last bytes came from which patience is counted."""
        self._typing = False
        """Whether a key has come since then, by itself."""
        self._pace = 0.0
        """Packets that came of late, less those that could have been keys; no more than may come at once, and one."""
        self._pasting = False
        self._paste = bytearray()
        self._lost = 0
        self._overdue = False
        """Whether the last paste was given up before its end mark came."""
        self._skipping = ""

    def feed(self, data: bytes, now: float) -> list[Message]:
        """What `data` completes; it came `now`, in seconds of a clock that never goes back.

        A key that comes by itself while more is waited for may be a part of it, and counts as such. But after the first
        one none makes the wait longer, or whoever types at a dead keyboard would keep it dead. Ctrl+C after half a
        second of silence ends a paste, and is not handed on: should the rest come yet, it must find no other program.
        """
        made = self.expire(now)
        silence, self._came = now - self._came, now
        if self._pasting and data == _GIVES_UP and silence >= ESCAPE_DELAY:
            return made + self._give_up()
        looks_typed, awaited = self._looks_typed(data, silence), self._awaited()
        if self._overdue:
            self._overdue = False
            if _PASTE_ENDS in data or len(data) > _AT_ONCE:
                self._pasting = True
        data, self._rest = self._rest + data, b""
        while data:
            if self._pasting:
                data = self._take_pasted(data)
            elif self._skipping:
                data = self._skip(data)
            else:
                data = self._take(data)
        typed = looks_typed and bool(awaited) and awaited == self._awaited()
        if not (typed and self._typing):
            self._heard = now
        self._typing = typed
        return made + self._all_made()

    def patience(self) -> float | None:
        """Seconds after the last byte by which `expire` has something to do; None when all is complete."""
        if self._awaited():
            return PATIENCE
        if self._rest:
            return ESCAPE_DELAY
        return PATIENCE if self._decoder.getstate()[0] else None

    def expire(self, now: float) -> list[Message]:
        """What the bytes so far come to if no more have come until `now`."""
        patience = self.patience()
        if patience is None or now < self._heard + patience:
            return []
        return self._give_up()

    def _awaited(self) -> str:
        """What is not complete and may be long; empty when nothing is."""
        return "paste" if self._pasting else self._skipping or "sequence" * (len(self._rest) > 2)

    def _looks_typed(self, data: bytes, silence: float) -> bool:
        """Whether `data`, after a `silence` in seconds, is one key by itself, and keys come no faster than typed."""
        self._pace = min(max(0.0, self._pace - silence * _KEYS_A_SECOND), _KEYS_AT_ONCE) + 1
        if self._pace > _KEYS_AT_ONCE or len(data) > _SEQUENCE_LIMIT:
            return False
        return _SEQUENCE.fullmatch(data) is not None or len(data.decode(self._encoding, "replace")) == 1

    def _give_up(self) -> list[Message]:
        """What the bytes so far come to if nothing more belongs to them."""
        rest, self._rest, self._skipping, skipped = self._rest, b"", "", self._skipping
        if self._pasting:
            self._overdue = True
            self._finish_paste()
        elif rest == b"\x1b" and not skipped:
            self._make(typed("\x1b"))
        elif len(rest) == 2:
            self._make(typed_with_alt(chr(rest[1])))
        self._take_text(b"", final=True)
        return self._all_made()

    def _take(self, data: bytes) -> bytes:
        """Make what `data` begins with; the rest of it."""
        text = data.partition(b"\x1b")[0]
        if text:
            self._take_text(text)
            return data[len(text) :]
        self._take_text(b"", final=True)
        found = _SEQUENCE.match(data)
        if found is None:
            return self._take_incomplete(data)
        if found[0] == _PASTE_BEGINS:
            self._pasting = True
        elif found["string"]:
            self._skipping = "string"
        elif found.end() <= _SEQUENCE_LIMIT:
            self._make(self._meaning(found))
        return data[found.end() :]

    def _take_incomplete(self, data: bytes) -> bytes:
        """Keep `data` until more comes, if it may be a sequence yet; else what follows on what is none."""
        begun = _BEGUN.match(data)
        length = begun.end() if begun else 1
        if length == 1 < len(data):
            self._make(typed("\x1b"))
        if length < len(data):
            return data[length:]
        if length > _SEQUENCE_LIMIT:
            self._skipping = "sequence"
        else:
            self._rest = data
        return b""

    def _meaning(self, found: re.Match[bytes]) -> Message | None:
        """What `found` says in the terminal's dialect; None when that is nothing."""
        part = {name: (value or b"").decode("ascii", "replace") for name, value in found.groupdict().items()}
        if part["console"]:
            return self._dialect.console_sequence(part["console"])
        if part["final"] and not part["intermediate"]:
            return self._dialect.control_sequence(part["parameters"], part["final"])
        if part["intermediate"] == "$" and part["final"] == "y" and part["parameters"] in _SYNCHRONIZED:
            return TerminalSupportsSynchronizedOutput()
        if part["shifted"]:
            return self._dialect.shifted_sequence(part["shift"], part["shifted"])
        # ESC \ is the end of a reply whose beginning was given up.
        return typed_with_alt(part["alt"]) if part["alt"] not in ("", "\\") else None

    def _take_text(self, data: bytes, *, final: bool = False) -> None:
        """Make a key of each character; with `final`, of what is incomplete as well."""
        for character in self._decoder.decode(data, final):
            self._make(typed(character))

    def _skip(self, data: bytes) -> bytes:
        end = _ENDS[self._skipping].search(data)
        if end is not None:
            self._skipping = ""
            return data[end.end() :]
        if data.endswith(b"\x1b"):
            self._rest = b"\x1b"
        return b""

    def _take_pasted(self, data: bytes) -> bytes:
        """Keep what is pasted; what follows its end mark."""
        end = data.find(_PASTE_ENDS)
        if end >= 0:
            self._keep(data[:end])
            self._finish_paste()
            return data[end + len(_PASTE_ENDS) :]
        begun = next(size for size in range(len(_PASTE_ENDS) - 1, -1, -1) if data.endswith(_PASTE_ENDS[:size]))
        self._keep(data[: len(data) - begun])
        self._rest = data[len(data) - begun :]
        return b""

    def _keep(self, pasted: bytes) -> None:
        kept = pasted[: PASTE_LIMIT - len(self._paste)]
        self._paste += kept
        self._lost += len(pasted) - len(kept)

    def _finish_paste(self) -> None:
        text = self._paste.decode(self._encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
        lines = (visible(line.replace("\t", "    ")) for line in text.split("\n"))
        self._made.append(Paste("\n".join(lines)))
        if self._lost:
            self._made.append(PasteShortened(self._lost))
        self._pasting, self._paste, self._lost = False, bytearray(), 0

    def _make(self, message: Message | None) -> None:
        if message is not None:
            self._made.append(message)

    def _all_made(self) -> list[Message]:
        made, self._made = self._made, []
        return made
