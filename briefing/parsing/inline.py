"""The inside of a Markdown block: markup hidden, and every shown character traced to where it stands in the file.

The Markdown parser says on which lines a block lies, but not where the words of its inline tokens are. They are found
here by walking the tokens and the block's source side by side. Each token names its own markup, so every step is
checked against the source; where a step does not fit, the block is shown raw, which is plain but never wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from briefing.model import Emphasis, ShownText, Span
from briefing.parsing.visible import ShownBuilder

_WEIGHTS = {"strong": Emphasis.STRONG, "em": Emphasis.EMPHASIS, "s": Emphasis.STRUCK, "link": Emphasis.LINK}
_BREAK = re.compile(r"[ \\]*\n[ \t]*")
_LABEL = re.compile(r"\[[^\[\]\n]{0,999}\]")


class _UnalignedError(Exception):
    """A token does not fit the source at the cursor."""


class InlineSource:
    """The content of one block as the Markdown parser saw it, and where its lines stand in the file."""

    def __init__(self, text: str, content: str, lines: Sequence[Span]) -> None:
        self.content = content
        self._pieces: list[tuple[int, int, int]] = []
        """Start in the content, start in the file, length."""
        position = 0
        line = 0
        for part in content.split("\n"):
            stripped = part.strip()
            while line < len(lines) and stripped and not _holds(lines[line].slice(text), stripped):
                line += 1
            if line >= len(lines):
                raise _UnalignedError
            if stripped:
                source = lines[line].slice(text).replace("\0", "\ufffd").rfind(stripped)
                lead = len(part) - len(part.lstrip())
                self._pieces.append((position + lead, lines[line].start + source, len(stripped)))
                line += 1
            position += len(part) + 1

    def locate(self, start: int, end: int) -> int:
        """Where content characters `start` to `end` stand in the file. Raises when they are not in one piece there."""
        begin, source, length = self._piece_before(start)
        if end > begin + length:
            raise _UnalignedError
        return source + start - begin

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The file's characters from content character `start` to `end`, whatever lies between."""
        begin, source, length = self._piece_before(start)
        last_begin, last_source, last_length = self._piece_before(max(start, end - 1))
        return source + min(start - begin, length), last_source + min(end - last_begin, last_length)

    def _piece_before(self, position: int) -> tuple[int, int, int]:
        index = bisect_right(self._pieces, position, key=lambda piece: piece[0]) - 1
        if index < 0:
            raise _UnalignedError
        return self._pieces[index]


def _holds(line: str, part: str) -> bool:
    return part in line.replace("\0", "\ufffd")


def show_inline(text: str, content: str, children: Sequence[Token], lines: Sequence[Span]) -> ShownText | None:
    """The shown text of one block, or None when its tokens cannot be traced to the source and it must be shown raw.

    `content` is what the Markdown parser took the block to say, `children` the tokens it made of it, `lines` the lines
    of `text` on which the block lies.
    """
    try:
        return _Walk(text, InlineSource(text, content, lines)).show(children)
    except _UnalignedError:
        return None


class _Walk:
    def __init__(self, text: str, source: InlineSource) -> None:
        self._text = text
        self._source = source
        self._content = source.content
        self._cursor = 0
        self._builder = ShownBuilder()
        self._opened: list[int] = []
        self._inside_autolink = False

    def show(self, children: Sequence[Token]) -> ShownText:
        for token in children:
            if self._inside_autolink and token.type != "link_close":
                continue
            step = _STEPS.get(token.type)
            if step is not None:
                step(self, token)
            elif token.nesting > 0:
                self._skip(token.markup)
                self._opened.append(self._builder.length)
            elif token.nesting < 0:
                self._skip(token.markup)
                self._close(token)
            else:
                raise _UnalignedError
        return self._builder.build()

    def _skip(self, expected: str) -> None:
        if not self._content.startswith(expected, self._cursor):
            raise _UnalignedError
        self._cursor += len(expected)

    def _copy(self, length: int) -> None:
        """Show the next `length` characters of the content, line ends as spaces."""
        end = self._cursor + length
        while self._cursor < end:
            stop = self._content.find("\n", self._cursor, end)
            if stop == self._cursor:
                self._break()
                continue
            stop = end if stop < 0 else stop
            start = self._source.locate(self._cursor, stop)
            self._builder.copy(self._text[start : start + stop - self._cursor], start)
            self._cursor = stop

    def _break(self) -> None:
        match = _BREAK.match(self._content, self._cursor)
        if match is None:
            raise _UnalignedError
        start, _ = self._source.bounds(match.start(), match.start())
        following, _ = self._source.bounds(match.end(), match.end())
        self._builder.stand_in(" ", start, max(start, following) - start)
        self._cursor = match.end()

    def _close(self, token: Token) -> None:
        weight = _WEIGHTS.get(token.type.removesuffix("_close"))
        start = self._opened.pop()
        if weight is not None:
            self._builder.emphasise(start, weight)

    def _plain(self, token: Token) -> None:
        if token.content and not self._content.startswith(token.content, self._cursor):
            while self._content[self._cursor : self._cursor + 1] in (" ", "\t"):
                self._cursor += 1
            if not self._content.startswith(token.content, self._cursor):
                raise _UnalignedError
        self._copy(len(token.content))

    def _special(self, token: Token) -> None:
        if not self._content.startswith(token.markup, self._cursor):
            raise _UnalignedError
        end = self._cursor + len(token.markup)
        if token.content == token.markup:  # a backslash that escapes nothing
            self._copy(len(token.content))
            return
        self._builder.stand_in(token.content, self._source.locate(self._cursor, end), len(token.markup))
        self._cursor = end

    def _line_break(self, _: Token) -> None:
        self._break()

    def _code(self, token: Token) -> None:
        self._skip(token.markup)
        close = re.compile(rf"(?<!`){re.escape(token.markup)}(?!`)").search(self._content, self._cursor)
        if close is None:
            raise _UnalignedError
        start = self._builder.length
        self._copy(close.start() - self._cursor)
        self._builder.emphasise(start, Emphasis.CODE)
        self._cursor = close.end()

    def _html(self, token: Token) -> None:
        self._skip(token.content)

    def _image(self, token: Token) -> None:
        start = self._cursor
        self._skip("![" + token.content)
        self._skip_target()
        begin, end = self._source.bounds(start, self._cursor)
        self._builder.stand_in(f"[image: {token.content}]" if token.content else "[image]", begin, end - begin)

    def _open_link(self, token: Token) -> None:
        self._opened.append(self._builder.length)
        if token.markup != "autolink":
            self._skip("[")
            return
        self._skip("<")
        end = self._content.find(">", self._cursor)
        if end < 0:
            raise _UnalignedError
        self._copy(end - self._cursor)
        self._inside_autolink = True

    def _close_link(self, token: Token) -> None:
        if self._inside_autolink:
            self._skip(">")
            self._inside_autolink = False
        else:
            self._skip_target()
        self._close(token)

    def _skip_target(self) -> None:
        """Pass over `](target "title")`, `][label]`, `][]` or `]`."""
        self._skip("]")
        if self._content.startswith("(", self._cursor):
            end = _inline_target_end(self._content, self._cursor + 1)
            if end is not None:
                self._cursor = end
                return
        label = _LABEL.match(self._content, self._cursor)
        if label:
            self._cursor = label.end()


_STEPS: dict[str, Callable[[_Walk, Token], None]] = {
    "text": _Walk._plain,
    "text_special": _Walk._special,
    "softbreak": _Walk._line_break,
    "hardbreak": _Walk._line_break,
    "code_inline": _Walk._code,
    "html_inline": _Walk._html,
    "image": _Walk._image,
    "link_open": _Walk._open_link,
    "link_close": _Walk._close_link,
}


def _inline_target_end(content: str, position: int) -> int | None:
    """One past the closing parenthesis of a link target that begins at `position`, by CommonMark's own rules."""
    size = len(content)
    position = _skip_blank(content, position)
    target = parseLinkDestination(content, position, size)
    if target.ok:
        position = _skip_blank(content, target.pos)
        title = parseLinkTitle(content, position, size)
        if title.ok:
            position = _skip_blank(content, title.pos)
    return position + 1 if content.startswith(")", position) else None


def _skip_blank(content: str, position: int) -> int:
    while content[position : position + 1] in (" ", "\t", "\n"):
        position += 1
    return position
