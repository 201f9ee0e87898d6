"""The documents of a large pack as its index lists them: the same as those that are read, and read when looked at."""

from __future__ import annotations

import codecs
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Document, Mention, Pack
from briefing.storage import listed_document
from briefing.storage.index import listed as index_listed
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
from briefing.storage.large_pack import LARGE
from briefing.storage.listed_document import ListedDocument
from briefing.storage.pack_files import Source, list_pack, read_source
from tests.index_content import kept
from tests.large_folder import LargeFolder, name_of, was_read, words_of

KNOWN = ("id", "digest", "format", "title", "label", "date", "origin", "problems", "encoding", "words", "characters")
"""What is known of a document that nobody has looked at."""
CONTENTS = ("text", "blocks", "sections", "metadata", "line_starts")
SETTINGS = """\
title = "Harbour"
[[document]]
file = "07.txt"
label = "The seventh"
date = "2024-05"
origin = "a paper"
[[document]]
file = "latin.txt"
encoding = "latin-1"
"""
ODD = {
    "bom.txt": codecs.BOM_UTF8 + "Bergens Håvn\n\nAnn Taran kom.\n".encode(),
    "control.txt": b"Bell\n\nAnn \x07Taran \x1b[31mred\x1b[0m.\n",
    "crlf.txt": b"Title\r\n\r\nAnn Taran came.\r\nAnd went.\r\n",
    "empty.txt": b"",
    "front.md": b'---\ntitle: "The front"\ndate: 2023-02-01\nsource: a ministry\n---\n\n# Head\n\nAnn Taran spoke.\n',
    "headed.md": b"# One\n\nAnn Taran.\n\n## Two\n\n- Oslo\n\n| a | b |\n|---|---|\n| c | d |\n",
    "latin.txt": "Håvn\n\nÅse came.\n".encode("latin-1"),
    "not-utf8.txt": b"D\xe9j\xe0\n\nAnn Taran came.\n",
    "sub/deep.txt": "港湾局\n\nAnn Taran said so.\n".encode(),
    "utf16.txt": "Wide\n\nAnn Taran came.\n".encode("utf-16"),
}
"""Files in whose reading something is out of the common."""
BINARY = b"\x7fELF\0\0\0\1"


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    """A large pack that nobody has indexed yet."""
    return LargeFolder(tmp_path / "pack").fill()


@pytest.fixture
def odd(folder: LargeFolder) -> LargeFolder:
    """The pack with files in it of every kind, indexed."""
    folder.put("briefing.toml", SETTINGS)
    for name, data in ODD.items():
        (folder.folder / name).parent.mkdir(exist_ok=True)
        (folder.folder / name).write_bytes(data)
        os.utime(folder.folder / name, (1, 1))
    (folder.folder / "binary.txt").write_bytes(BINARY)
    return indexed(folder)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the documents whose files were read since."""
    ids: list[str] = []

    def counted(source: Source) -> Document:
        ids.append(source.id)
        return read_source(source)

    for module in (listed_document, index_listed):
        monkeypatch.setattr(module, "read_source", counted)
    return ids


def indexed(folder: LargeFolder) -> LargeFolder:
    index_pack([folder.folder], watch=Watch())
    return folder


def fields(document: Document, names: Sequence[str] = (*KNOWN, *CONTENTS)) -> dict[str, Any]:
    return {name: getattr(document, name) for name in names}


def in_index(pack: Pack) -> list[str]:
    return [document.id for document in pack.documents if isinstance(document, ListedDocument)]


def taran(pack: Pack, document: str) -> list[Mention]:
    return [mention for mention in pack.mentions_in(document) if "Taran" in mention.text]


# ---------------------------------------------------------------------- nothing is read before it is looked at


def test_nothing_is_read_to_list_a_pack_and_what_is_known_of_it(folder: LargeFolder, read: list[str]) -> None:
    before = [fields(document, KNOWN) for document in folder.listed().documents]
    assert sorted(read) == [name_of(number) for number in range(30)]
    read.clear()
    indexed(folder)
    after = [fields(document, KNOWN) for document in folder.listed().documents]
    assert read == []
    assert after == before


def test_only_what_disagrees_is_read_to_find_what_an_index_holds(folder: LargeFolder, read: list[str]) -> None:
    indexed(folder)
    read.clear()
    pack = folder.opened_from_index()
    disagree = {side.document for conflict in pack.found_conflicts for side in (conflict.one, conflict.other)}
    assert set(read) == disagree
    assert len(disagree) == len(read) < 5
    assert (pack.entities[0].name, len(taran(pack, "01.txt"))) == ("Ann Taran", 2)
    assert [claim.stance for claim in pack.claims if claim.document == "01.txt"] == ["limits", "limits"]
    assert set(read) == disagree


@pytest.mark.parametrize("look", CONTENTS)
def test_one_is_read_once_and_the_others_not_at_all(folder: LargeFolder, read: list[str], look: str) -> None:
    pack = indexed(folder).listed()
    document = pack.document("03.txt")
    seen = getattr(document, look)
    assert read == ["03.txt"]
    assert seen == getattr(read_source(list_pack([folder.folder]).sources[3]), look)
    assert fields(document)["text"] == words_of(3)
    assert (document.line_of(10), document.block_index_at(10)) == (3, 1)
    assert read == ["03.txt"]
    assert [one.id for one in pack.documents if was_read(one)] == ["03.txt"]


def test_reading_anew_keeps_nothing(folder: LargeFolder, read: list[str]) -> None:
    document = indexed(folder).listed().document("03.txt")
    assert isinstance(document, ListedDocument)
    assert document.read_anew().text == words_of(3)
    folder.put("03.txt", "Other.\n")
    assert document.read_anew().text == "Other.\n"
    assert not was_read(document)
    (folder.folder / "03.txt").unlink()
    assert (document.read_anew().id, document.read_anew().text) == ("03.txt", "")


def test_a_small_pack_is_read_whole(tmp_path: Path) -> None:
    folder = LargeFolder(tmp_path / "pack", documents=LARGE - 1).fill()
    indexed(folder)
    pack = analyse_indexed(folder.opened_anew(), [folder.folder])
    assert isinstance(pack.found, tuple)
    assert len(taran(pack, "01.txt")) == 2


# ---------------------------------------------------------------------- the same as those that are read


def test_every_document_is_the_same_as_when_it_is_read(odd: LargeFolder) -> None:
    pack = odd.listed()
    sources = {source.id: source for source in list_pack([odd.folder]).sources}
    assert in_index(pack) == [document.id for document in pack.documents]
    assert set(in_index(pack)) == (set(ODD) | {name_of(number) for number in range(30)})
    for document in pack.documents:
        plain = read_source(sources[document.id])
        assert fields(document, KNOWN) == fields(plain, KNOWN), document.id
        assert not was_read(document)
        assert fields(document) == fields(plain), document.id


def test_what_the_pack_and_the_files_say_is_known_unread(odd: LargeFolder) -> None:
    pack = odd.listed()
    seventh, front = pack.document("07.txt"), pack.document("front.md")
    assert pack.documents[0] is seventh
    assert (seventh.label, seventh.date, seventh.origin) == ("The seventh", "2024-05", "a paper")
    assert (front.title, front.date) == ("The front", "2023-02-01")
    assert [problem.fault for problem in pack.document("control.txt").problems] == [
        problem.fault for problem in read_source(Source(str(odd.folder / "control.txt"), "control.txt")).problems
    ]
    assert pack.document("control.txt").problems
    assert pack.document("latin.txt").encoding == "latin-1"
    assert pack.document("empty.txt").words == pack.document("empty.txt").characters == 0
    assert not any(was_read(document) for document in pack.documents)


def test_what_cannot_be_read_is_named_as_when_all_are_read(odd: LargeFolder) -> None:
    assert "binary.txt" not in in_index(odd.listed())
    assert odd.listed().problems == odd.opened_anew().problems
    assert [problem.path for problem in odd.listed().problems if problem.fault == "is not text"] == ["binary.txt"]


# ---------------------------------------------------------------------- files that are no longer what they were


def test_of_a_file_that_changed_after_it_was_listed_nothing_is_shown(folder: LargeFolder) -> None:
    pack = folder.stored()
    document = pack.document("01.txt")
    assert len(taran(pack, "01.txt")) == 2
    folder.put("01.txt", "Nobody.\n\nAnn Taran, of whom other things are said.\n")
    assert (document.text, list(document.blocks), document.line_starts) == ("", [], (0,))
    assert document.block_at(0) is None
    assert document.quote(taran(pack, "01.txt")[0].span) == ""
    # Nobody else's words have changed.
    assert pack.document("02.txt").text == words_of(2)


def test_a_file_that_is_gone_when_it_is_looked_at_is_empty(folder: LargeFolder) -> None:
    pack = indexed(folder).listed()
    (folder.folder / "01.txt").unlink()
    (folder.folder / "02.txt").write_bytes(BINARY)
    assert (pack.document("01.txt").text, pack.document("02.txt").text) == ("", "")
    assert (pack.document("01.txt").title, pack.document("01.txt").words) == ("Report 1", len(words_of(1).split()))


def test_what_was_looked_at_stays_as_it_was(folder: LargeFolder) -> None:
    document = indexed(folder).listed().document("01.txt")
    assert document.text == words_of(1)
    folder.put("01.txt", "Other.\n")
    assert document.text == words_of(1)


def test_a_file_that_changed_before_is_read_anew(folder: LargeFolder, read: list[str]) -> None:
    indexed(folder)
    read.clear()
    folder.put("01.txt", "New\n\nAnn Taran went.\n")
    folder.put("new.txt", "Came\n\nAnn Taran came.\n")
    (folder.folder / "02.txt").unlink()
    pack = folder.listed()
    assert read == ["01.txt", "new.txt"]
    assert len(in_index(pack)) == 28
    assert (pack.document("01.txt").title, pack.document("new.txt").title) == ("New", "Came")
    assert "02.txt" not in [document.id for document in pack.documents]
    found = analyse_indexed(pack, [folder.folder])
    assert [found.document("01.txt").quote(mention.span) for mention in taran(found, "01.txt")] == ["Ann Taran"]
    assert found.mentions_in("02.txt") == []


@pytest.mark.parametrize("what", ["size", "mtime", "settings"])
def test_a_difference_in_any_is_enough_to_read_it(folder: LargeFolder, read: list[str], what: str) -> None:
    indexed(folder)
    path = folder.folder / "01.txt"
    stat = path.stat()
    if what == "settings":
        folder.put("briefing.toml", '[[document]]\nfile = "01.txt"\nlabel = "First"\n')
    else:
        path.write_text(words_of(1) + ("." if what == "size" else ""))
        os.utime(path, ns=(0, stat.st_mtime_ns + (what == "mtime")))
    pack = folder.listed()
    assert read == ["01.txt"]
    assert isinstance(pack.document("02.txt"), ListedDocument)
    assert pack.document("01.txt").label == ("First" if what == "settings" else "Report 1")


def test_a_file_that_was_written_just_now_is_read(folder: LargeFolder, read: list[str]) -> None:
    (folder.folder / "01.txt").write_text(words_of(1))
    indexed(folder)
    folder.listed()
    assert read == ["01.txt"]


# ---------------------------------------------------------------------- no index, or one that does not fit


def test_without_an_index_all_are_read(folder: LargeFolder, read: list[str]) -> None:
    assert in_index(folder.listed()) == []
    assert len(read) == 30


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE meta SET value = 'older' WHERE key = 'program'",
        "PRAGMA user_version = 999",
        "DROP TABLE claim",
        "CREATE TABLE more(a)",
    ],
)
def test_an_index_of_other_rules_lists_nothing(folder: LargeFolder, read: list[str], spoilt: str) -> None:
    indexed(folder)
    with closing(sqlite3.connect(kept(folder.folder))) as connection:
        connection.execute(spoilt)
        connection.commit()
    assert in_index(folder.listed()) == []
    assert len(read) == 30


def test_an_index_of_other_names_lists_nothing(folder: LargeFolder) -> None:
    indexed(folder)
    folder.put("entities.toml", '[[entity]]\nname = "Ann Taran"\ntype = "PERSON"\naliases = ["A. T."]\n')
    assert in_index(folder.listed()) == []


@pytest.mark.parametrize("data", [b"", b"no database", None])
def test_what_is_no_index_lists_nothing(folder: LargeFolder, data: bytes | None) -> None:
    path = kept(indexed(folder).folder)
    path.write_bytes(path.read_bytes()[:20_000] if data is None else data)
    assert in_index(folder.listed()) == []
    assert len(folder.opened_from_index().mentions) == len(folder.opened_anew().mentions)


def test_files_that_the_index_could_not_read_are_tried_again(odd: LargeFolder, read: list[str]) -> None:
    odd.listed()
    assert read == ["binary.txt"]
    odd.put("binary.txt", "Mended.\n")
    assert odd.listed().document("binary.txt").text == "Mended.\n"
