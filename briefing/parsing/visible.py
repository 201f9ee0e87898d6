"""Make text safe to show: whatever a terminal could act on, or an eye could miss, becomes a picture of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.model import Emphasis, ShownRun, ShownText, Span

_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
"""Letters and marks to Unicode, and nothing at all to the eye: fillers, joiners, variation selectors.

They are the printable ones of those with the property Default_Ignorable_Code_Point, in its file DerivedCoreProperties.
"""

_FLAG_LETTERS = {chr(0x1F1E6 + number): chr(ord("A") + number) for number in range(26)}
"""Regional indicators: two make a flag, two cells wide or four."""
_UNEVEN = frozenset(_FLAG_LETTERS) | frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""Characters that some terminals give more cells than others: those, and the five tones of skin. What stands to the
right of one would be out of line. With the joiners and selectors that are not shown either, they are all on whose
width Rich and wcwidth differ."""
_PICTURED = _UNSEEN | _UNEVEN
_PRINTED = bytes(range(0x20, 0x7F))
"""ASCII that is shown as it is."""
_LONG = 4096
"""Characters: from this length on it pays to look at all but ASCII alone."""


def picture(character: str) -> str:
    """What stands for one character on the screen: itself where that is harmless, else `␛` or `<U+202E>`.

    Control pictures are those of Unicode's block U+2400. Every kind of space, the tab among them, is shown as a space,
    and a flag as the two letters of its country.
    """
    if character.isprintable() and character not in _PICTURED:
        return character
    if character in _FLAG_LETTERS:
        return _FLAG_LETTERS[character]
    code = ord(character)
    if character == "\t" or (character.isspace() and code > 0x7F and code not in (0x85, 0x2028, 0x2029)):
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def is_safe(text: str) -> bool:
    """Whether `text` can be written to a terminal as it is."""
    if len(text) > _LONG:
        text = _without(_PRINTED, text)
    return text.isprintable() and (text.isascii() or _PICTURED.isdisjoint(text))


def visible(text: str) -> str:
    """`text` with every character that must not reach a terminal pictured; for names, titles and messages."""
    return text if is_safe(text) else "".join(map(picture, text))


def hidden_characters(text: str) -> int:
    """How many characters of `text` a terminal could act on or an eye could miss; line ends, tabs and spaces aside."""
    rest = _without(_PRINTED + b"\t\n\r", text)
    if is_safe(rest):
        return 0
    harmless = {" ", *_UNEVEN}
    counts = Counter(rest).items()
    return sum(n for one, n in counts if not is_safe(one) and one not in harmless and picture(one) not in harmless)


def _without(ascii: bytes, text: str) -> str:
    """`text` without the characters `ascii`; taken out as bytes, many times as fast as from the text."""
    return text.encode("utf-8", "surrogatepass").translate(None, ascii).decode("utf-8", "surrogatepass")


class ShownBuilder:
    """Gathers the shown text of one block together with its map back to the source."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[ShownRun] = []
        self._emphasis: list[tuple[int, int, Emphasis]] = []
        self.length = 0
        """Characters shown so far."""

    def copy(self, text: str, source: int) -> None:
        """Show `text`, which stands in the document from character `source` on, with what must not pass pictured."""
        if is_safe(text):
            self._append(text, source, len(text))
            return
        begin = 0
        for index, character in enumerate(text):
            if character.isprintable() and character not in _PICTURED:
                continue
            if begin < index:
                self._append(text[begin:index], source + begin, index - begin)
            self._append(picture(character), source + index, 1)
            begin = index + 1
        if begin < len(text):
            self._append(text[begin:], source + begin, len(text) - begin)

    def stand_in(self, shown: str, source: int, source_length: int) -> None:
        """Show `shown` for `source_length` characters of the document that read otherwise: `&amp;`, a line end."""
        pictured = visible(shown)
        self._append(pictured, source, source_length, is_whole=len(pictured) == source_length > 1)

    def extend(self, shown: ShownText) -> None:
        """Show another finished text of the same document after what is shown so far."""
        offset = self.length
        for run in shown.runs:
            piece = shown.text[run.shown : run.shown + run.shown_length]
            self._append(piece, run.source, run.source_length, is_whole=run.is_whole)
        self._emphasis += [(start + offset, end + offset, weight) for start, end, weight in shown.emphasis]

    def emphasise(self, start: int, weight: Emphasis) -> None:
        """Note that what was shown from character `start` until now has `weight`."""
        if start < self.length:
            self._emphasis.append((start, self.length, weight))

    def build(self) -> ShownText:
        """The finished text."""
        return ShownText("".join(self._pieces), tuple(self._runs), tuple(sorted(self._emphasis)))

    def _append(self, shown: str, source: int, source_length: int, *, is_whole: bool = False) -> None:
        if not shown:
            return
        run = ShownRun(self.length, len(shown), source, source_length, is_whole)
        if self._runs and not run.is_picture:
            last = self._runs[-1]
            if not last.is_picture and last.source + last.source_length == source:
                run = ShownRun(last.shown, last.shown_length + len(shown), last.source, last.source_length + len(shown))
                self._runs.pop()
        self._runs.append(run)
        self._pieces.append(shown)
        self.length += len(shown)


def show_lines(text: str, lines: Iterable[Span]) -> ShownText:
    """The text of `lines` as one flowing paragraph: outer white space dropped, each line end shown as one space."""
    builder = ShownBuilder()
    end = 0
    for line in lines:
        content = line.slice(text)
        start = line.start + len(content) - len(content.lstrip())
        content = content.strip()
        if not content:
            continue
        if builder.length:
            builder.stand_in(" ", end, start - end)
        builder.copy(content, start)
        end = start + len(content)
    return builder.build()
