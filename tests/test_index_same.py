"""What comes from an index is, to the letter, what would be found without it: however it came to be."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.analysis.origins import likenesses_of
from briefing.analysis.wording import shingles_of, sketch_of
from briefing.extraction.entities import reading
from briefing.model import Document, Likeness, PackError
from briefing.parsing import parse_document
from briefing.storage import pack_files
from briefing.storage.index import copies, indexing, sources
from briefing.storage.index import documents as index_documents
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
from briefing.storage.index.records import likenesses_from
from briefing.storage.pack_files import Source
from briefing.storage.pack_folder import analyse_pack, read_pack
from tests.index_content import content_of, findings, kept

SCENARIO = """\
question = "q"
actor = "Northland"
actor_terms = ["Northland*", "ministry"]
[[role]]
id = "train"
name = "Training"
terms = ["train*"]
[[role]]
id = "lend"
name = "Lending"
terms = ["lend*", "lent"]
[[constraint]]
id = "cost"
name = "Cost"
terms = ["cost*", "money"]
"""
SENTENCES = (
    "# Northland to lend ships",
    "Minister Anna Kowalska met envoys in Oslo on 3 May 2024.",
    "Kowalska said that the ministry will train 40 pilots.",
    "Kowalska said that the ministry will train 50 pilots.",
    "Northland does not train pilots, Jan Kowalska said.",
    "The Joint Training Centre (JTC) trained pilots of Northland.",
    "The Junior Trade Council (JTC) says the cost is high.",
    "JTC could lend money to Northland.",
    "The Harbour Summit in Oslo in 2021 was short.",
    "The 2021 Harbour Summit spoke of cost.",
    "The **Ministry of Defence** of Kenya lent two ships.",
    "The Ministry of Defense said it may lend ships at no cost.",
    "The Norwegians, Dr Lars Berg among them, agreed *yesterday*.",
    "Northland, which has lent ships to Kenya for ten years and will go on to do so, has also to bear the cost of it.",
)
NAMES = ("a.txt", "b.md", "c.txt", "sub/d.md", "z.txt")
Step = tuple[str, list[str], bool]
"""Which document holds which sentences from then on, none for one that is removed; and whether files are indexed or
documents that were read."""

steps = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(SENTENCES), max_size=6), st.booleans()),
    min_size=1,
    max_size=5,
)


def write(folder: Path, name: str, sentences: Sequence[str]) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if sentences:
        path.write_text("\n\n".join(sentences) + "\n", encoding="utf-8")


# Newer Pythons warn of forking beside threads, such as those of the runner of tests.
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@given(steps, st.booleans())
@settings(max_examples=40)
def test_step_by_step_or_at_once_or_without_an_index(steps: list[Step], crew: bool) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "pack")
        folder.mkdir()
        (folder / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
        write(folder, "m.txt", SENTENCES[1:3])
        with patch.dict(os.environ, {"XDG_CACHE_HOME": f"{made}/steps"}):
            for name, sentences, from_files in steps:
                write(folder, name, sentences)
                if from_files:
                    index_pack([folder], watch=Watch(), workers=2 if crew else 1)
                else:
                    analyse_indexed(read_pack([folder]), [folder])
            index_pack([folder], watch=Watch())
            pack = read_pack([folder])
            step_by_step, from_index = content_of(kept(folder)), findings(analyse_indexed(pack, [folder]))
        with patch.dict(os.environ, {"XDG_CACHE_HOME": f"{made}/once"}):
            index_pack([folder], watch=Watch())
            at_once = content_of(kept(folder))
        assert step_by_step == at_once
        assert from_index == findings(analyse_pack(pack))


def test_the_bundled_pack_is_the_same_from_the_index(seeds: Path) -> None:
    plain = findings(analyse_pack(read_pack([seeds])))
    cold = analyse_indexed(read_pack([seeds]), [seeds])
    warm = analyse_indexed(read_pack([seeds]), [seeds])
    assert len(plain["mentions"]) > 300
    assert findings(cold) == plain
    assert findings(warm) == plain


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the documents whose names were read since."""
    ids: list[str] = []

    def read(document: Document, *rest: object) -> reading.Reading:
        ids.append(document.id)
        return reading.read_document(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(index_documents, "read_document", read)
    return ids


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of eight documents of two sentences."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    for number in range(8):
        write(folder, f"{number}.txt", SENTENCES[number : number + 2])
    return folder


def test_one_changed_file_is_the_only_one_that_is_read_again(pack: Path, parsed: list[str]) -> None:
    analyse_indexed(read_pack([pack]), [pack])
    assert parsed == [f"{number}.txt" for number in range(8)]
    parsed.clear()
    analyse_indexed(read_pack([pack]), [pack])
    assert parsed == []
    write(pack, "3.txt", SENTENCES[8:10])
    assert findings(analyse_indexed(read_pack([pack]), [pack])) == findings(analyse_pack(read_pack([pack])))
    assert parsed == ["3.txt"]


def test_files_that_were_only_touched_or_renamed_settings_are_read_for_nothing(pack: Path, parsed: list[str]) -> None:
    index_pack([pack], watch=Watch())
    parsed.clear()
    for path in pack.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    summary = index_pack([pack], watch=Watch()).summary
    assert (summary.read, summary.searched, parsed) == (0, 0, [])
    (pack / "briefing.toml").write_text("[[document]]\nfile = '3.txt'\nlabel = 'Third'\n", encoding="utf-8")
    index_pack([pack], watch=Watch())
    assert parsed == []
    assert content_of(kept(pack))["documents"][0][4] == "Third"


def test_another_scenario_changes_claims_and_reads_no_names(pack: Path, parsed: list[str]) -> None:
    index_pack([pack], watch=Watch())
    parsed.clear()
    text = SCENARIO.replace('"money"', '"pilots"')
    (pack / "scenario.toml").write_text(text, encoding="utf-8")
    analysed = analyse_indexed(read_pack([pack]), [pack])
    assert parsed == []
    assert any("train 40 pilots" in claim.quote and claim.constraints == ("cost",) for claim in analysed.claims)
    assert findings(analysed) == findings(analyse_pack(read_pack([pack])))


def test_what_the_pack_says_of_names_reads_all_of_them_again(pack: Path, parsed: list[str]) -> None:
    index_pack([pack], watch=Watch())
    parsed.clear()
    (pack / "entities.toml").write_text("[[entity]]\ntype = 'ORG'\nname = 'envoys'\n", encoding="utf-8")
    analysed = analyse_indexed(read_pack([pack]), [pack])
    assert len(parsed) == 8
    assert any(entity.name == "envoys" for entity in analysed.entities)


def test_an_officers_corrections_lie_over_the_index(seeds: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(seeds, tmp_path / "seeds"))
    index_pack([folder], watch=Watch())
    before = content_of(kept(folder))
    (folder / "entities.toml").write_text(
        (folder / "entities.toml").read_text(encoding="utf-8")
        + "[[correction]]\ndo = 'add'\ntype = 'ORG'\nname = 'security'\n",
        encoding="utf-8",
    )
    pack = read_pack([folder])
    analysed = analyse_indexed(pack, [folder])
    assert any(entity.name == "security" for entity in analysed.entities)
    assert findings(analysed) == findings(analyse_pack(pack))
    assert content_of(kept(folder)) == before


def test_a_file_that_cannot_be_read_is_listed_with_the_reason(pack: Path) -> None:
    (pack / "4.txt").write_bytes(b"\0\1\2" * 50)
    summary = index_pack([pack], watch=Watch()).summary
    assert [str(fault) for fault in summary.faults] == ["4.txt: is not text; convert it to .txt or .md"]
    assert summary.documents == 7
    # It is tried again each time, and nothing else is done for it.
    again = index_pack([pack], watch=Watch()).summary
    assert (again.faults, again.read, again.searched) == (summary.faults, 0, 0)
    write(pack, "4.txt", SENTENCES[:2])
    assert index_pack([pack], watch=Watch()).summary.faults == ()


def test_what_is_no_pack_has_no_index(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="holds no document"):
        index_pack([tmp_path], watch=Watch())
    with pytest.raises(PackError, match="there is no such file or folder"):
        index_pack([tmp_path / "nothing"], watch=Watch())


@pytest.mark.parametrize("room", [copies._ROOM, 40])
def test_origins_of_a_large_pack_are_found_without_reading_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(indexing, "searched_for_conflicts", lambda documents, characters: False)
    monkeypatch.setattr(copies, "_ROOM", room)
    pack = write_copies(tmp_path / "pack")
    index_pack([pack], watch=Watch())
    assert likenesses_kept(pack) == likenesses_of(tuple(read_pack([pack]).documents))
    assert {len(one.documents) for one in likenesses_kept(pack)} == {2, 3}
    (pack / "04.txt").write_text("Nothing of that.\n", encoding="utf-8")
    (pack / "03.txt").unlink()
    settings = "[[document]]\nfile = '07.txt'\nlabel = 'Seventh'\norigin = 'taken from Harbour Wire'\n"
    (pack / "briefing.toml").write_text(settings, encoding="utf-8")
    read: list[str] = []

    def document_in(source: Source, data: bytes) -> Document:
        read.append(source.id)
        return pack_files.document_in(source, data)

    monkeypatch.setattr(sources, "document_in", document_in)
    index_pack([pack], watch=Watch())
    # What was written a moment ago is looked into anew; nothing is for what documents have in common.
    assert len(read) == len(set(read))
    assert likenesses_kept(pack) == likenesses_of(tuple(read_pack([pack]).documents))
    assert any("Seventh" in one.reason and "Harbour Wire" in one.reason for one in likenesses_kept(pack))


def write_copies(folder: Path) -> Path:
    """A pack of texts of which some are edited copies, parts or compilations of others, or name one source."""
    folder.mkdir()
    texts = [[f"w{number}x{place}" for place in range(150)] for number in range(12)]
    texts[3] = [*texts[0][:70], "other", *texts[0][72:]]
    texts[4] = [*texts[3][:140], "words"]
    texts[5] = texts[1][20:60]
    texts[6] = [*texts[2][:60], *texts[7][:60], *texts[8][:70]]
    texts[9] = ["According", "to", "Harbour", "Wire,", *texts[9]]
    for number, words in enumerate(texts):
        code = "\n\n```\n" + " ".join(texts[0]) + "\n```" if number in (10, 11) else ""
        name = f"{number:02}.{'md' if code else 'txt'}"
        (folder / name).write_text(" ".join(words) + code + "\n", encoding="utf-8")
    (folder / "briefing.toml").write_text(
        "".join(f"[[document]]\nfile = '{number}.md'\norigin = 'Harbour Wire'\n" for number in (10, 11)),
        encoding="utf-8",
    )
    return folder


def likenesses_kept(pack: Path) -> tuple[Likeness, ...]:
    """Those that stand in the index of a pack."""
    return likenesses_from(dict(content_of(kept(pack))["meta"])["likenesses"])


def test_near_duplicates_have_most_of_their_sketch_in_common() -> None:
    words = [f"word{number}" for number in range(400)]
    one = parse_document("a.txt", " ".join(words).encode())
    copy = parse_document("b.txt", " ".join([*words[:390], "and", "more"]).upper().encode())
    other = parse_document("c.txt", " ".join(reversed(words)).encode())

    def numbers(document: Document) -> set[bytes]:
        sketch = sketch_of(shingles_of(document))
        assert len(sketch) == 8 * 32
        return {sketch[start : start + 8] for start in range(0, len(sketch), 8)}

    assert len(numbers(one) & numbers(copy)) > 24
    assert numbers(one) & numbers(other) == set()
    assert sketch_of(shingles_of(parse_document("d.txt", b"too short"))) == b""
