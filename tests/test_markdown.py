"""Markdown: markup is hidden, and every shown word can be traced to where it stands in the file."""

from __future__ import annotations

import pytest

from briefing.model import Block, BlockKind, Document, Emphasis
from briefing.parsing import parse_document

HEADING, PARAGRAPH, ITEM, QUOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE
CODE, ROW, MARKUP = BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.MARKUP


def read(text: str) -> Document:
    return parse_document("a.md", text.encode())


def outline(text: str) -> list[tuple[BlockKind, int, str, str]]:
    """Kind, level, marker and shown text of every block that is shown."""
    blocks = [block for block in read(text).blocks if block.kind is not MARKUP]
    return [(block.kind, block.level, block.marker, block.shown.text) for block in blocks]


def weights(block: Block) -> list[tuple[str, Emphasis]]:
    return [(block.shown.text[start:end], weight) for start, end, weight in block.shown.emphasis]


INLINE = [
    ("plain words", "plain words", []),
    ("a *b* c", "a b c", [("b", Emphasis.EMPHASIS)]),
    ("a _b_ c", "a b c", [("b", Emphasis.EMPHASIS)]),
    ("a __b__ c", "a b c", [("b", Emphasis.STRONG)]),
    ("**a *b* c** d", "a b c d", [("a b c", Emphasis.STRONG), ("b", Emphasis.EMPHASIS)]),
    ("***a***", "a", [("a", Emphasis.EMPHASIS), ("a", Emphasis.STRONG)]),
    ("mid*dle*d", "middled", [("dle", Emphasis.EMPHASIS)]),
    ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4", []),
    ("**open", "**open", []),
    ("~~gone~~ here", "gone here", [("gone", Emphasis.STRUCK)]),
    ("a `b  *c*` d", "a b  *c* d", [("b  *c*", Emphasis.CODE)]),
    ("``a ` b``", "a ` b", [("a ` b", Emphasis.CODE)]),
    ("`open", "`open", []),
    ("[a](http://x) b", "a b", [("a", Emphasis.LINK)]),
    ("[a *b*](<c d> 'e (f)') g", "a b g", [("a b", Emphasis.LINK), ("b", Emphasis.EMPHASIS)]),
    ("[a](b(c)d) e", "a e", [("a", Emphasis.LINK)]),
    ("[a]() b", "a b", [("a", Emphasis.LINK)]),
    ("[a] (b)", "[a] (b)", []),
    ("[sic] yes", "[sic] yes", []),
    ("<http://a.b/c> d", "http://a.b/c d", [("http://a.b/c", Emphasis.LINK)]),
    ("<me@a.b> d", "me@a.b d", [("me@a.b", Emphasis.LINK)]),
    ("![a map](m.png 'x') b", "[image: a map] b", []),
    ("![](m.png) b", "[image] b", []),
    ("[![map](m.png)](big.png)", "[image: map]", [("[image: map]", Emphasis.LINK)]),
    ("a &amp; b &lt;c&gt; &copy;", "a & b <c> ©", []),
    ("&unknown; & co", "&unknown; & co", []),
    ("&#x202e;abc &#27;[0m &rlm;", "<U+202E>abc \ufffd[0m <U+200F>", []),
    (r"\*a\* \[b\] \\ \q", r"*a* [b] \ \q", []),
    ("a <b>c</b> <br/>d", "a c d", []),
    ("a <!-- hidden --> b", "a  b", []),
    ("1 < 2 > 1", "1 < 2 > 1", []),
    ("a\0b \x1b[31m", "a␀b ␛[31m", []),
    ("漢字 **強調** é", "漢字 強調 é", [("強調", Emphasis.STRONG)]),
]


@pytest.mark.parametrize(("text", "shown", "weighed"), INLINE, ids=[text for text, _, _ in INLINE])
def test_inline_markup_is_hidden(text: str, shown: str, weighed: list[tuple[str, Emphasis]]) -> None:
    (block,) = read(text).blocks
    assert block.kind is PARAGRAPH
    assert block.shown.text == shown
    assert weights(block) == weighed


@pytest.mark.parametrize("text", [text for text, _, _ in INLINE if "&#" not in text])
def test_what_is_shown_as_it_stands_is_traced_to_itself(text: str) -> None:
    document = read(text)
    (block,) = document.blocks
    copied = [run for run in block.shown.runs if run.shown_length == run.source_length]
    for run in copied:
        source = document.text[run.source : run.source + run.source_length]
        shown = block.shown.text[run.shown : run.shown + run.shown_length]
        assert shown == source.replace("\0", "␀").replace("\x1b", "␛")
    assert sum(run.shown_length for run in block.shown.runs) == len(block.shown.text)


@pytest.mark.parametrize(
    ("text", "shown", "source"),
    [
        ("see **the [treaty](t.md)** here", "treaty", "treaty"),
        ("see **the [treaty](t.md)** here", "the treaty", "the [treaty"),
        ("see **the [treaty](t.md)** here", "treaty here", "treaty](t.md)** here"),
        ("A &amp; B", "&", "&amp;"),
        ("A &amp; B", "A & B", "A &amp; B"),
        (r"\[sic\]", "[", r"\["),
        ("> one\n> *two*", "one two", "one\n> *two"),
        ("- one\n  two", "two", "two"),
        ("one  \ntwo", "one two", "one  \ntwo"),
        ("one\\\r\n   two", "one two", "one\\\r\n   two"),
        ("![map](m.png)!", "[image: map]", "![map](m.png)"),
        ("| a | **b** |\n|---|---|\n", "b", "b"),
        ("the the *the*", "the", "the"),
    ],
)
def test_shown_words_are_traced_to_the_file(text: str, shown: str, source: str) -> None:
    document = read(text)
    block = document.blocks[0]
    start = block.shown.text.index(shown)
    span = block.shown.source_of(start, start + len(shown))
    assert document.quote(span) == source
    assert block.shown.shown_of(span) == (start, start + len(shown))


def test_the_same_word_is_traced_to_its_own_place() -> None:
    text = "the *the* the"
    shown = read(text).blocks[0].shown
    assert [shown.source_of(place, place + 3).start for place in (0, 4, 8)] == [0, 5, 10]


@pytest.mark.parametrize("link", ["[treaty][t]", "[Treaty][T]", "[t][]", "[t]"])
def test_links_by_reference(link: str) -> None:
    document = read(f"See {link} now.\n\n[t]: http://x.y 'title'\n")
    text, definition = document.blocks
    name = link[1 : link.index("]")]
    assert text.shown.text == f"See {name} now."
    assert weights(text) == [(name, Emphasis.LINK)]
    assert (definition.kind, definition.shown.text, definition.counts) == (CODE, "[t]: http://x.y 'title'", False)


@pytest.mark.parametrize("target", ["javascript:alert(1)", "vbscript:x", "data:text/html,x"])
def test_a_target_that_could_run_is_shown(target: str) -> None:
    assert read(f"[click]({target})").blocks[0].shown.text == f"[click]({target})"


@pytest.mark.parametrize(
    "text", ["one\ntwo", "one  \ntwo", "one\\\ntwo", "one\r\ntwo", "one\rtwo", "one\n   two", "one \n\ttwo"]
)
def test_a_line_end_is_shown_as_one_space(text: str) -> None:
    assert outline(text) == [(PARAGRAPH, 0, "", "one two")]


def test_headings_of_both_kinds() -> None:
    text = "Title\n=====\n\n# One #\n## Two `x`\n### Three\n\nPart\n---\nmore\nlines\n---\n"
    assert outline(text) == [
        (HEADING, 1, "", "Title"),
        (HEADING, 1, "", "One"),
        (HEADING, 2, "", "Two x"),
        (HEADING, 3, "", "Three"),
        (HEADING, 2, "", "Part"),
        (HEADING, 2, "", "more lines"),
    ]


def test_lists_keep_their_depth_and_their_markers() -> None:
    text = "- a\n  1. b\n     * c\n  2. d\n\n     more\n- e\n\n7) f\n"
    assert outline(text) == [
        (ITEM, 1, "•", "a"),
        (ITEM, 2, "1.", "b"),
        (ITEM, 3, "•", "c"),
        (ITEM, 2, "2.", "d"),
        (ITEM, 2, "", "more"),
        (ITEM, 1, "•", "e"),
        (ITEM, 1, "7)", "f"),
    ]


def test_quotations_keep_their_depth() -> None:
    assert outline("> a\n> b\nlazy\n\n> > c\n") == [(QUOTE, 1, "", "a b lazy"), (QUOTE, 2, "", "c")]


def test_a_table_is_shown_row_by_row() -> None:
    document = read("| Ship | *Cost* |\n|:-----|-----:|\n| A | **5** |\n|  | 7 |\n| c |\n")
    assert [(block.kind, block.shown.text) for block in document.blocks] == [
        (ROW, "Ship │ Cost"),
        (MARKUP, ""),
        (ROW, "A │ 5"),
        (ROW, " │ 7"),
        (ROW, "c │ "),
    ]
    assert weights(document.blocks[2]) == [("5", Emphasis.STRONG)]


@pytest.mark.parametrize("row", ["| a \\| b | c |", "| a | b | a word too many |"])
def test_a_row_that_cannot_be_traced_is_shown_raw(row: str) -> None:
    assert read(f"| x | y |\n|---|---|\n{row}\n").blocks[2].shown.text == row


def test_html_is_shown_and_does_nothing() -> None:
    document = read("<script>\nalert(1)\n</script>\n\nText.\n")
    assert [(block.kind, block.shown.text, block.counts) for block in document.blocks] == [
        (CODE, "<script>", False),
        (CODE, "alert(1)", False),
        (CODE, "</script>", False),
        (PARAGRAPH, "Text.", True),
    ]


def test_code_is_shown_line_by_line_with_its_indent() -> None:
    document = read("```\nif x:\n    *y*\n\nend\n```\n\n    indented &amp;\n\n~~~\nopen\n")
    assert [(block.kind, block.shown.text) for block in document.blocks] == [
        (MARKUP, ""),
        (CODE, "if x:"),
        (CODE, "    *y*"),
        (CODE, "end"),
        (MARKUP, ""),
        (CODE, "    indented &amp;"),
        (MARKUP, ""),
        (CODE, "open"),
    ]


@pytest.mark.parametrize("rule", ["---", "***", "_ _ _"])
def test_a_rule_is_markup(rule: str) -> None:
    document = read(f"a\n\n{rule}\n\nb\n")
    assert [block.kind for block in document.blocks] == [PARAGRAPH, MARKUP, PARAGRAPH]
    assert document.quote(document.blocks[1].span) == rule


def test_front_matter_of_flat_keys() -> None:
    document = read('---\nTitle: "The visit"\ndate: 2024-01-02\ntags:\n  - a\nodd: !!python/x y\n---\n# Heading\n')
    assert document.metadata == {"title": "The visit", "date": "2024-01-02", "odd": "!!python/x y"}
    assert (document.title, document.date) == ("The visit", "2024-01-02")
    assert outline(document.text) == [(HEADING, 1, "", "Heading")]


def test_front_matter_in_toml() -> None:
    document = read('+++\ntitle = "The visit"\ndate = 2024-01-02\n[deep]\nx = 1\n+++\nText.\n')
    assert document.metadata == {"title": "The visit", "date": "2024-01-02"}
    assert outline(document.text) == [(PARAGRAPH, 0, "", "Text.")]


def test_front_matter_with_faults_is_passed_over() -> None:
    assert read("+++\ntitle = \n+++\nText.\n").metadata == {}
    assert read("---\ntitle: \x1b[2J\n---\n").metadata == {"title": "␛[2J"}


@pytest.mark.parametrize("text", ["---\ntitle: x\n\nno end\n", " ---\ntitle: x\n---\n", "text\n---\ntitle: x\n---\n"])
def test_a_fence_elsewhere_or_open_is_no_front_matter(text: str) -> None:
    assert read(text).metadata == {}
    assert any("title: x" in shown for _, _, _, shown in outline(text))


@pytest.mark.parametrize("depth", [5, 21, 30, 200])
def test_deep_nesting_is_shown_and_not_lost(depth: int) -> None:
    quoted = read("> " * depth + "deep words")
    assert "deep words" in " ".join(block.shown.text for block in quoted.blocks)
    nested = read("".join(f"{'  ' * level}- word{level}\n" for level in range(depth)))
    shown = " ".join(block.shown.text for block in nested.blocks)
    assert [f"word{level}" for level in range(depth) if f"word{level}" not in shown] == []


def test_captions_and_furniture_are_marked() -> None:
    document = read("A harbour.\n\n**Read also:**\n\nText.\n\nA harbour.\n")
    found = [(block.kind, block.repeated) for block in document.blocks]
    assert found == [
        (BlockKind.CAPTION, False),
        (BlockKind.FURNITURE, False),
        (PARAGRAPH, False),
        (BlockKind.CAPTION, True),
    ]


def test_an_empty_heading_does_no_harm() -> None:
    document = read("#\n\nText.\n")
    assert outline("#\n\nText.\n") == [(HEADING, 1, "", ""), (PARAGRAPH, 0, "", "Text.")]
    assert document.title == "a.md"


def test_sentences_leave_markup_out_at_their_ends() -> None:
    document = read("**One.** Then [two](x). *Three*")
    assert [document.quote(one) for one in document.blocks[0].sentences] == ["One.", "Then [two](x).", "Three"]


def test_a_backslash_that_escapes_nothing_is_a_character_like_any_other() -> None:
    (block,) = parse_document("a.md", rb"one \a two").blocks
    assert block.shown.text == r"one \a two"
    assert [block.shown.source_of(place, place + 1).start for place in range(10)] == [*range(10)]
