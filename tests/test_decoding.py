"""Bytes become text with nothing lost in silence, whatever the bytes are."""

from __future__ import annotations

import codecs

import pytest

from briefing.model import Span
from briefing.parsing import looks_binary, parse_document
from briefing.parsing.decoding import decode, lines_of


def faults(data: bytes, encoding: str | None = None) -> list[str]:
    return [str(problem) for problem in decode("a.txt", data, encoding).problems]


def test_plain_utf_8_is_read_without_a_word() -> None:
    decoded = decode("a.txt", "Žluťoučký kůň — 日本\n".encode())
    assert decoded.text == "Žluťoučký kůň — 日本\n"
    assert decoded.problems == ()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (codecs.BOM_UTF8 + "é\n".encode(), "é\n"),
        (codecs.BOM_UTF16_LE + "é\n".encode("utf-16-le"), "é\n"),
        (codecs.BOM_UTF16_BE + "é\n".encode("utf-16-be"), "é\n"),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be"],
)
def test_a_byte_order_mark_names_the_encoding_and_is_dropped(data: bytes, text: str) -> None:
    decoded = decode("a.txt", data)
    assert decoded.text == text
    assert decoded.problems == ()


@pytest.mark.parametrize("encoding", [None, "utf-8-sig"])
def test_only_one_byte_order_mark_is_dropped(encoding: str | None) -> None:
    decoded = decode("a.txt", codecs.BOM_UTF8 * 2 + b"x", encoding)
    assert decoded.text == "\ufeffx"
    assert "1 control or invisible character is shown as pictures" in str(decoded.problems[0])


def test_a_named_encoding_wins() -> None:
    assert decode("a.txt", b"\x93caf\xe9\x94", "cp1252").text == "“café”"
    assert decode("a.txt", b"\x93caf\xe9\x94", "cp1252").problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8", "U8", "utf-8-sig"])
def test_a_byte_order_mark_is_dropped_however_its_encoding_is_spelt(encoding: str) -> None:
    assert decode("a.txt", codecs.BOM_UTF8 + b"x", encoding).text == "x"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "koi8-r", "shift_jis", "ascii", "utf-16", "mac-roman"])
def test_no_encoding_raises_for_any_bytes(encoding: str) -> None:
    decoded = decode("a.txt", bytes(range(256)), encoding)
    assert decoded.text
    lost = [problem.fault for problem in decoded.problems if "not" in problem.fault]
    assert len(lost) == ("\ufffd" in decoded.text)


def test_a_byte_order_mark_says_more_than_an_encoding_that_asks_for_one() -> None:
    assert decode("a.txt", codecs.BOM_UTF8 + "é".encode(), "utf-16").text == "é"
    assert decode("a.txt", codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "utf-8-sig").text == "é"


def test_a_byte_order_mark_of_another_encoding_is_text_like_any_other() -> None:
    assert decode("a.txt", codecs.BOM_UTF8 + b"x", "cp1252").text == "ï»¿x"


def test_an_unknown_encoding_is_an_error_of_the_caller() -> None:
    with pytest.raises(LookupError):
        decode("a.txt", b"x", "klingon-8")


def test_every_lost_byte_is_one_character_and_the_first_is_named_with_its_line() -> None:
    data = b"one\r\ntwo\rthree \xff\xfe four\n\xe9\n"
    decoded = decode("notes.txt", data)
    assert decoded.text == "one\r\ntwo\rthree \ufffd\ufffd four\n\ufffd\n"
    (problem,) = decoded.problems
    assert (problem.path, problem.line) == ("notes.txt", 3)
    assert str(problem) == (
        "notes.txt:3: 3 bytes are not UTF-8 and shown as \ufffd; "
        'name its encoding in briefing.toml, such as encoding = "cp1252"'
    )


def test_one_lost_byte_is_spoken_of_as_one() -> None:
    assert faults(b"soup\xe9")[0].startswith("a.txt:1: 1 byte is not UTF-8")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\xc0\xafb", "a\ufffd\ufffdb"),
        (b"a\xed\xa0\x80b", "a\ufffd\ufffd\ufffdb"),
        (b"a\xf4\x90\x80\x80b", "a\ufffd\ufffd\ufffd\ufffdb"),
        (b"a\xe2\x82", "a\ufffd\ufffd"),
        (b"\x80", "\ufffd"),
    ],
    ids=["overlong", "surrogate", "beyond unicode", "cut off", "stray"],
)
def test_malformed_utf_8_keeps_the_places_of_all_readers(data: bytes, text: str) -> None:
    decoded = decode("a.txt", data)
    assert decoded.text == text
    assert len(decoded.text) == len(data)
    assert len(decoded.problems) == 1


def test_a_replacement_character_that_the_file_holds_is_not_a_lost_byte() -> None:
    assert faults("they wrote \ufffd here".encode()) == []
    assert faults("they wrote \ufffd here".encode() + b"\xff")[0].startswith("a.txt:1: 1 byte is not UTF-8")


def test_a_lost_byte_of_a_named_encoding_is_named_after_it() -> None:
    assert faults(b"\x81", "cp1252")[0].startswith("a.txt:1: 1 byte is not CP1252")


def test_hidden_characters_are_counted() -> None:
    assert faults(b"a\x1b[31mb") == ["a.txt: 1 control or invisible character is shown as pictures"]
    assert faults("a\u202eb\u200bc\0".encode()) == ["a.txt: 3 control or invisible characters are shown as pictures"]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", codecs.BOM_UTF8, "\u3000\n".encode()])
def test_a_file_without_a_word_is_called_empty(data: bytes) -> None:
    assert faults(data) == ["a.txt: the file is empty; take it out of the pack or give it a text"]


def test_line_ends_are_left_as_they_are() -> None:
    document = parse_document("a.txt", b"One.\r\nTwo.\rThree.\nFour.")
    assert document.text == "One.\r\nTwo.\rThree.\nFour."
    assert [document.quote(block.span) for block in document.blocks] == ["One.", "Two.", "Three.", "Four."]
    assert [document.line_of(block.span.start) for block in document.blocks] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("\n", [""]),
        ("a\n\nb", ["a", "", "b"]),
        ("a\r\rb", ["a", "", "b"]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\u2028b\x0bc\x85d", ["a\u2028b\x0bc\x85d"]),
    ],
)
def test_only_line_feed_and_carriage_return_end_a_line(text: str, lines: list[str]) -> None:
    spans = lines_of(text)
    assert [span.slice(text) for span in spans] == lines
    assert spans[0] == Span(0, len(lines[0]))


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"Plain words.\n", False),
        (b"", False),
        (b"one stray \0 nul", False),
        (b"\x1b[31mred\x1b[0m and tab\t and feed\f\n", False),
        ("日本と欧州".encode(), False),
        (codecs.BOM_UTF16_LE + "ab".encode("utf-16-le"), False),
        ("ab".encode("utf-16-le") * 50, True),
        (b"\x7fELF\x02\x01\x01" + bytes(57), True),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(32)) * 4, True),
        (bytes(range(256)) * 40, True),
    ],
)
def test_what_looks_binary_is_told_from_text(data: bytes, binary: bool) -> None:
    assert looks_binary(data) is binary


def test_any_bytes_make_a_document() -> None:
    document = parse_document("a.md", bytes(range(256)))
    assert len(document.text) == 256
    # 128 bytes above ASCII; of ASCII 33 controls, less a tab, a line feed and a carriage return.
    assert [problem.fault for problem in document.problems] == [
        "128 bytes are not UTF-8 and shown as \ufffd",
        "30 control or invisible characters are shown as pictures",
    ]


def test_a_file_of_an_unknown_ending_is_read_as_plain_text() -> None:
    assert parse_document("notes.log", b"# not a heading").format == "text"
    assert parse_document("NOTES.MD", b"# heading").format == "markdown"
    assert parse_document("a/b.markdown", b"# heading").title == "heading"


def test_what_the_pack_says_of_a_document_wins_over_its_front_matter() -> None:
    data = b"---\ntitle: Own title\ndate: 2024-01-02\nsource: Own paper\n---\nText.\n"
    plain = parse_document("a.md", data)
    assert (plain.title, plain.label, plain.date, plain.origin) == ("Own title", "Own title", "2024-01-02", "Own paper")
    named = parse_document("a.md", data, label="Label\x07", date="2023", origin="Wire")
    assert (named.title, named.label, named.date, named.origin) == ("Own title", "Label\u2407", "2023", "Wire")


def test_a_document_without_a_heading_is_called_after_its_file() -> None:
    document = parse_document("deep/down/no\u202etes.txt", b"just some words in a line, which is no heading.")
    assert document.title == "no<U+202E>tes.txt"
