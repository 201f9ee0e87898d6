"""What is looked up in the index of a large pack is what would be found in its documents, whatever officers decide."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.analysis.corrections import with_events
from briefing.analysis.query import parse_query
from briefing.model import (
    AddName,
    ClaimLabel,
    Decision,
    Entity,
    EntityType,
    Mention,
    Mentions,
    Merge,
    Pack,
    PackError,
    Problem,
    Reject,
    Relabel,
    Retype,
    Span,
    Split,
    Strike,
    as_claims,
    as_mentions,
)
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
from briefing.storage.index.memory import in_memory_index, is_at_hand, passage_index
from briefing.storage.index.search import Passage, PassageIndex
from briefing.storage.index.search_stopped import SearchStoppedError
from briefing.storage.index.stored import StoredFindings, StoredMentions
from briefing.tui.state import DeskState
from tests.index_content import findings, kept
from tests.large_folder import SENTENCES, LargeFolder, name_of, was_read, words_of

TARAN = (EntityType.PERSON, "Ann Taran")
BERG = (EntityType.PERSON, "Lars Berg")
AUTHORITY = (EntityType.ORG, "Port Authority")
COUNCIL = (EntityType.ORG, "Harbour Council")
QUERIES = (
    "tugs",
    "pilots OR money",
    "tugs NOT lend",
    '"the law"',
    "mon*",
    "entity:taran",
    "entity:council harbour",
    "entity:taran cost",
    "entity:hc",
    "type:person port",
    "role:pilots",
    "role:pilots stance:limits",
    "constraint:cost",
    "status:possible",
    "stance:enables",
    "doc:07",
    r"~\b(tugs|pilots)\b",
    "entity:taran ~met",
)
LAW = "The law forbids the port to lend pilots."


def place_of(words: str, number: int) -> Span:
    start = words_of(number).index(words)
    return Span(start, start + len(words))


CORRECTIONS: dict[str, tuple[Decision, ...]] = {
    "none": (),
    "merge": (Merge(BERG, TARAN),),
    "split": (Split(TARAN, "Taran"),),
    "reject": (Reject(AUTHORITY),),
    "retype": (Retype(COUNCIL, EntityType.PROGRAMME),),
    "name": (AddName((EntityType.EQUIPMENT, "Tugs"), name_of(1), place_of("Tugs", 1)),),
    "names": (
        AddName((EntityType.PERSON, "Ann Taran"), name_of(1), place_of("Ann Taran", 1)),
        AddName((EntityType.EVENT, "Ann Taran in Oslo"), name_of(3), place_of("Ann Taran in Oslo", 3)),
        AddName((EntityType.PLACE, "Harbour"), name_of(5), place_of("Harbour", 5)),
        AddName((EntityType.PROGRAMME, "nobody says so"), name_of(1), place_of("Tugs", 1)),
    ),
    "strike": (Strike(name_of(1)),),
    "relabel": (
        Relabel(name_of(1), place_of(LAW, 1), LAW, ClaimLabel.STANCE, "enables"),
        Relabel(name_of(2), place_of(LAW, 2), LAW, ClaimLabel.STAGE, "done"),
    ),
    "all": (Merge(BERG, TARAN), Reject(AUTHORITY), Split(TARAN, "Taran"), Strike(name_of(3))),
}


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    """A large pack that nobody has indexed yet."""
    return LargeFolder(tmp_path / "pack").fill()


def entity(pack: Pack, key: tuple[EntityType, str]) -> Entity:
    (found,) = (entity for entity in pack.entities if entity.key == key)
    return found


def stored_of(mentions: object) -> StoredMentions:
    assert isinstance(mentions, StoredMentions)
    return mentions


def found_by(index: PassageIndex, text: str) -> list[Passage]:
    passages = list(index.all(index.find(parse_query(text))))
    return sorted(passages, key=lambda passage: (passage.document, passage.span))


def same_again(stored: Pack, plain: Pack) -> None:
    """Whether all that is found in both is the same, asked in every way there is."""
    assert findings(stored) == findings(plain)
    assert list(stored.mentions) == list(plain.mentions)
    for one, other in zip(stored.entities, plain.entities, strict=True):
        assert (one.key, one.aliases, one.document_count) == (other.key, other.aliases, other.document_count)
        assert len(one.mentions) == len(other.mentions)
        assert list(one.documents) == list(other.documents)
    claims, plainly = as_claims(stored.claims), as_claims(plain.claims)
    assert {kind: list(numbers) for kind, numbers in claims.kinds.items()} == dict(plainly.kinds)
    assert list(claims) == [claims[number] for number in range(len(claims))] == list(plainly)
    assert claims.counts == plainly.counts
    assert claims.latest(range(len(claims))) == plainly.latest(range(len(claims)))
    for document in plain.documents:
        numbers = claims.numbers_in(document.id)
        assert list(numbers) == list(plainly.numbers_in(document.id))
        assert list(claims.in_document(document.id)) == list(plainly.in_document(document.id))
        assert list(map(claims.place, numbers)) == list(map(plainly.place, numbers))
        assert claims.documents_of(numbers) == plainly.documents_of(numbers)
        assert list(stored.mentions_in(document.id)) == list(plain.mentions_in(document.id))
        for one, other in zip(stored.entities, plain.entities, strict=True):
            assert list(one.mentions_in(document.id)) == list(other.mentions_in(document.id))


# ---------------------------------------------------------------------- the same as in memory


@pytest.mark.parametrize("said", CORRECTIONS)
def test_the_same_is_found_whatever_officers_decide(folder: LargeFolder, said: str) -> None:
    plain_before = findings(folder.opened_anew())
    folder.decide(*CORRECTIONS[said])
    plain, stored = folder.opened_anew(), folder.stored()
    assert (findings(plain) == plain_before) is (said == "none")
    same_again(stored, plain)


def test_the_same_is_found_where_the_pack_says_it_itself(folder: LargeFolder) -> None:
    folder.put(
        "entities.toml",
        '[[entity]]\nname = "Harbour"\ntype = "PLACE"\naliases = ["Harbour Council"]\n'
        '[[reject]]\nname = "Oslo"\ntype = "PLACE"\n',
    )
    plain = folder.opened_anew()
    assert [one.name for one in plain.rejected] == ["Oslo"]
    same_again(folder.stored(), plain)


def test_the_same_is_found_without_a_scenario(folder: LargeFolder) -> None:
    (folder.folder / "scenario.toml").unlink()
    plain = folder.opened_anew()
    assert plain.matrix is None
    same_again(folder.stored(), plain)


@pytest.mark.parametrize("name", ["lamp fund", "🚀", "Taran", "the port", "mart", "Ann Taran", "lamp", "a & b", "🤔"])
def test_an_added_name_is_looked_up_wherever_it_stands(folder: LargeFolder, name: str) -> None:
    folder.put("a.md", "# The lamp fund\n\nOnce more the **lamp**\nfund pays; `lamp fund` is code.\n\n    lamp fund\n")
    folder.put(
        "b.txt", "A title\n\nThe mart of Mart\u0301in and lamp\nfund 🚀 for🤔 the 🤔 Port, the port.\nLamp fund/x.\n"
    )
    folder.put(
        "c.md", "*Ann Taran*🤔 met Ms **Tar**an; Ann\u202eTaran was <b>late</b>: a &amp; b, 🚀, lamp&nbsp;fund.\n"
    )
    folder.stored()
    folder.decide(AddName((EntityType.PROGRAMME, name), "a.md", Span(6, 6 + len(name))))
    stored = folder.stored()
    assert not any(was_read(document) for document in stored.documents if document.id in ("a.md", "b.txt", "c.md"))
    assert entity(stored, (EntityType.PROGRAMME, name)).mentions
    same_again(stored, folder.opened_anew())


drawn = st.lists(st.lists(st.sampled_from(SENTENCES), max_size=4), min_size=25, max_size=28)
corrections = st.lists(st.sampled_from([one for some in CORRECTIONS.values() for one in some]), max_size=4)


@given(drawn, corrections)
@settings(max_examples=15)
def test_the_same_is_found_in_any_pack(texts: list[list[str]], said: list[Decision]) -> None:
    with tempfile.TemporaryDirectory() as made, patch.dict(os.environ, {"XDG_CACHE_HOME": f"{made}/cache"}):
        folder = LargeFolder(Path(made, "pack"), documents=0).fill()
        for number, sentences in enumerate(texts):
            folder.put(name_of(number), "\n\n".join((f"Report {number}", *sentences)))
        folder.decide(*said)
        same_again(folder.stored(), folder.opened_anew())


@pytest.mark.parametrize("said", ["none", "merge", "reject", "name", "names", "relabel", "all"])
def test_the_same_passages_are_found(folder: LargeFolder, said: str) -> None:
    folder.decide(*CORRECTIONS[said])
    pack = folder.stored()
    assert is_at_hand(pack) is (said == "none")
    with closing(passage_index(pack)) as index, closing(in_memory_index(folder.opened_anew())) as made:
        for query in QUERIES:
            wanted = found_by(made, query)
            assert wanted, query
            assert found_by(index, query) == wanted, query


def test_what_was_put_right_for_one_search_is_not_kept(folder: LargeFolder) -> None:
    folder.stored()
    before = kept(folder.folder).read_bytes()
    folder.decide(Reject(AUTHORITY))
    with closing(passage_index(folder.stored())) as index:
        assert found_by(index, "entity:authority") == []
    assert kept(folder.folder).read_bytes() == before


@pytest.mark.parametrize("said", ["name", "relabel"])
def test_what_was_put_right_in_a_document_that_another_program_took_out_is_not_found(
    folder: LargeFolder, said: str
) -> None:
    folder.decide(*CORRECTIONS[said])
    pack = folder.stored()
    for number in (1, 2):
        (folder.folder / name_of(number)).unlink()
    index_pack([folder.folder], watch=Watch())
    with closing(passage_index(pack)) as index:
        found = {passage.document for passage in found_by(index, "role:pilots")}
        assert "11.txt" in found
        assert found.isdisjoint((name_of(1), name_of(2)))


# ---------------------------------------------------------------------- asked for piece by piece


def test_mentions_are_asked_for_by_number_as_of_a_tuple(folder: LargeFolder) -> None:
    wanted = entity(folder.opened_anew(), TARAN).mentions
    mentions = stored_of(entity(folder.stored(), TARAN).mentions)
    count = len(wanted)
    assert count == len(mentions) > 20
    assert [mentions[number] for number in range(count)] == list(wanted)
    assert [mentions[-number] for number in range(1, count + 1)] == list(wanted)[::-1]
    for part in (slice(3, 9), slice(-4, None), slice(None, None, 5), slice(9, 3, -1), slice(50, 40)):
        assert mentions[part] == tuple(wanted)[part]
    for number in (count, -count - 1):
        with pytest.raises(IndexError):
            mentions[number]


def test_only_the_documents_that_are_looked_at_are_looked_up(
    folder: LargeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = folder.stored()
    read = [document.id for document in pack.documents if was_read(document)]
    asked: list[str] = []
    in_document = StoredFindings.in_document

    def counted(found: StoredFindings, document: str, key: tuple[EntityType, str] | None) -> list[Mention]:
        asked.append(document)
        return in_document(found, document, key)

    monkeypatch.setattr(StoredFindings, "in_document", counted)
    mentions = stored_of(entity(pack, TARAN).mentions)
    assert (len(mentions), mentions.document_count, len(mentions.documents)) == (32, 21, 21)
    assert asked == []
    one = iter(mentions)
    assert [next(one).document, next(one).document] == ["00.md", "00.md"]
    assert asked == ["00.md"]
    assert mentions[-1].document == "29.txt"
    assert asked == ["00.md", "29.txt"]
    assert list(pack.mentions_in("05.md")) == list(pack.mentions_in("05.md"))
    assert asked == ["00.md", "29.txt", "05.md"]
    assert [document.id for document in pack.documents if was_read(document)] == read


def test_what_no_document_has_is_nowhere(folder: LargeFolder) -> None:
    pack = folder.stored()
    assert list(pack.mentions_in("none.txt")) == []
    assert list(entity(pack, TARAN).mentions_in("none.txt")) == []
    assert list(stored_of(pack.found).in_document("none.txt")) == []


# ---------------------------------------------------------------------- an index that does not stay what it was


def test_another_program_that_indexes_changes_nothing_but_what_is_of_other_words(folder: LargeFolder) -> None:
    pack, plain = folder.stored(), folder.opened_anew()
    before = {document.id: list(plain.mentions_in(document.id)) for document in plain.documents}
    assert len(pack.mentions_in("01.txt")) == len(before["01.txt"]) == 2
    folder.put("00.md", "New and first.\n\nAnn Taran came.\n")
    folder.put("0000.txt", "Newer and first.\n\nLars Berg of Norway came to Oslo with Ann Taran.\n")
    (folder.folder / "29.txt").unlink()
    index_pack([folder.folder], watch=Watch())
    lost = ("00.md", "29.txt")
    assert {id: list(pack.mentions_in(id)) for id in before} == {
        id: [] if id in lost else mentions for id, mentions in before.items()
    }
    assert list(entity(pack, TARAN).mentions) == [
        mention for mention in entity(plain, TARAN).mentions if mention.document not in lost
    ]
    assert list(entity(pack, TARAN).documents) == [id for id in entity(plain, TARAN).documents if id not in lost]


def test_a_mention_that_is_gone_since_it_was_counted_is_no_other(folder: LargeFolder) -> None:
    mentions = stored_of(entity(folder.stored(), TARAN).mentions)
    assert mentions.documents[-1] == "29.txt"
    folder.put("29.txt", "Nobody.\n")
    index_pack([folder.folder], watch=Watch())
    with pytest.raises(PackError, match="another program"):
        mentions[-1]
    assert mentions[0].text == "Ann Taran"


def test_an_index_that_is_thrown_away_is_read_on(folder: LargeFolder) -> None:
    pack, plain = folder.stored(), folder.opened_anew()
    kept(folder.folder).unlink()
    same_again(pack, plain)
    with pytest.raises(sqlite3.Error):
        passage_index(pack)


MEETING = (EntityType.EVENT, "Ann Taran in Oslo")


@pytest.mark.parametrize("when", ["after", "before"])
def test_names_hold_as_far_as_they_can_where_another_program_indexes(folder: LargeFolder, when: str) -> None:
    """Whether after the decision or before it. What is gone, or found to be somebody else since, is passed over."""
    ship = (EntityType.EQUIPMENT, "Ann Taran")
    said = (AddName(MEETING, name_of(3), place_of(MEETING[1], 3)), AddName(ship, "none.txt", Span(0, 1)))
    before = folder.stored()
    folder.decide(*said)
    if when == "after":
        before = folder.stored()
    folder.put("03.txt", "Report 3\n\nNobody.\n")
    (folder.folder / "12.txt").unlink()
    folder.put("zz.txt", "Minister Lars Olav Berg met Ann Maria Taran in Oslo. Ann Maria Taran spoke.\n")
    index_pack([folder.folder], watch=Watch())
    pack = before if when == "after" else with_events(before, folder.opened_anew().events)
    for key in (MEETING, ship):
        mentions = as_mentions(entity(pack, key).mentions)
        assert len(mentions.documents) == mentions.document_count > 0
        assert [mention.key for mention in mentions] == [key] * len(list(mentions))
    for one in pack.entities:
        assert len(list(one.mentions)) == sum(as_mentions(one.mentions).counts.values())
    with closing(passage_index(pack)) as index:
        assert found_by(index, "entity:oslo type:event")


def test_what_is_searched_follows_an_index_that_is_written_to_meanwhile(folder: LargeFolder) -> None:
    folder.decide(Merge(BERG, TARAN), AddName((EntityType.EQUIPMENT, "tugs"), name_of(1), place_of("Tugs", 1)))
    with closing(passage_index(folder.stored())) as index:
        before = {query: found_by(index, query) for query in ("type:equipment", "entity:taran", "entity:zebra")}
        assert [bool(found) for found in before.values()] == [True, True, False]
        folder.put("zz.txt", "Minister Zoe Zebra of Kenya met the Gazelle Committee. Zoe Zebra spoke.\n")
        folder.put("00.md", "Nobody.\n")
        index_pack([folder.folder], watch=Watch())
        after = {query: found_by(index, query) for query in before}
        for query in ("type:equipment", "entity:taran"):
            assert after[query] == [passage for passage in before[query] if passage.document != "00.md"]
        assert {passage.document for passage in after["entity:zebra"]} == {"zz.txt"}


def test_a_search_goes_on_where_another_program_found_a_name_to_be_somebody_elses(folder: LargeFolder) -> None:
    for number in range(3):
        folder.put(f"k{number}.txt", "A title\n\nMinister Kowal met Ann Taran. Kowal spoke.\n")
    folder.stored()
    folder.decide(AddName((EntityType.EVENT, "Kowal spoke"), "k0.txt", Span(0, 1)))
    pack = folder.stored()
    with closing(passage_index(pack)) as index:
        assert len(found_by(index, "entity:kowal type:person")) == 3
        folder.put("zz.txt", "A title\n\nMinister Jan Kowal met Zoe Zebra. Jan Kowal spoke.\n")
        index_pack([folder.folder], watch=Watch())
        assert {passage.document for passage in found_by(index, "entity:kowal tugs OR spoke")} >= {"k0.txt", "zz.txt"}
        assert found_by(index, "tugs")
        with pytest.raises(PackError, match="open the pack again"):
            list(entity(pack, (EntityType.PERSON, "Kowal")).mentions)


def test_a_key_does_not_wait_for_what_was_put_right_to_be_laid_over_the_index(folder: LargeFolder) -> None:
    folder.decide(*CORRECTIONS["merge"])
    with closing(passage_index(folder.stored())) as index:
        query = parse_query("tugs")
        with pytest.raises(SearchStoppedError):
            index.find(query, seconds=10)
        wanted = index.find(query).passages
        assert index.find(query, seconds=10).passages == wanted


def test_nothing_is_looked_up_while_a_search_keeps_others_from_writing(
    folder: LargeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that waits to write lets nobody begin to read: the search would wait for itself."""
    folder.decide(*CORRECTIONS["names"])
    asked: list[bool] = []
    in_document = StoredFindings.in_document

    def noted(found: StoredFindings, document: str, key: tuple[EntityType, str] | None) -> list[Mention]:
        asked.append(index._connection.in_transaction)
        return in_document(found, document, key)

    with closing(passage_index(folder.stored())) as index:
        monkeypatch.setattr(StoredFindings, "in_document", noted)
        assert found_by(index, "entity:taran")
        assert set(asked) == {False}


def test_what_cannot_be_put_right_is_a_fault_of_the_index(folder: LargeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.decide(*CORRECTIONS["names"])

    def refused(found: StoredFindings, document: str, key: tuple[EntityType, str] | None) -> list[Mention]:
        raise PackError(Problem("index", "cannot be read", ""))

    with closing(passage_index(folder.stored())) as index:
        with monkeypatch.context() as patched:
            patched.setattr(StoredFindings, "in_document", refused)
            with pytest.raises(sqlite3.DatabaseError, match="cannot be read"):
                index.find(parse_query("tugs"))
        assert found_by(index, "entity:taran")


@given(st.data())
@settings(max_examples=20)
def test_what_overlaps_a_place_is_looked_up_as_it_is_in_memory(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as made, patch.dict(os.environ, {"XDG_CACHE_HOME": f"{made}/cache"}):
        pack = LargeFolder(Path(made, "pack")).fill().stored()
        known = Mentions(lambda: tuple(pack.found))
        spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 150), st.integers(1, 60))
        places = data.draw(st.lists(st.tuples(st.sampled_from([name_of(1), name_of(5), "none"]), spans), max_size=20))
        assert list(stored_of(pack.found).overlapping(places)) == list(known.overlapping(places))


def test_a_name_that_no_text_can_hold_does_not_keep_a_pack_from_opening(folder: LargeFolder) -> None:
    folder.decide(AddName((EntityType.PERSON, "a\0b"), "a.txt", Span(0, 1)), AddName(COUNCIL, "a.txt", Span(0, 1)))
    same_again(folder.stored(), folder.opened_anew())


def damaged(folder: LargeFolder, how: str) -> Pack:
    """A pack whose index was damaged after it was opened."""
    pack = folder.stored()
    path = kept(folder.folder)
    if how == "cut":
        os.truncate(path, 8_192)
    elif how == "overwritten":
        with path.open("r+b") as file:
            file.seek(100)  # behind what says whose it is
            file.write(b"\xff" * path.stat().st_size)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(how)
            connection.commit()
    return pack


DAMAGES = (
    "cut",
    "overwritten",
    "UPDATE entity SET type = 'SHIP'",
    "DROP TABLE mention",
)


@pytest.mark.parametrize("how", [*DAMAGES, "DELETE FROM entity"])
def test_what_cannot_be_looked_up_any_more_is_said_or_not_there(folder: LargeFolder, how: str) -> None:
    pack = damaged(folder, how)
    asked: tuple[Callable[[], Sequence[Mention]], ...] = (
        lambda: list(pack.mentions),
        lambda: list(pack.mentions_in("01.txt")),
        lambda: list(entity(pack, TARAN).mentions),
        lambda: entity(pack, AUTHORITY).mentions[3:4],
    )
    for look in asked:
        try:
            assert list(look()) == []
        except PackError as error:
            (problem,) = error.problems
            assert (problem.path, problem.remedy) == ("index", "open the pack again")
    assert list(DeskState(pack, analysed=True).mentions_in("01.txt")) == []
    assert pack.document("01.txt").text == words_of(1)


@pytest.mark.parametrize(
    "how",
    [
        *DAMAGES,
        "DELETE FROM entity",
        "UPDATE entity SET aliases = 'none'",
        "UPDATE evidence SET claims = substr(claims, 1, 8) || x'01000000' || substr(claims, 13) WHERE length(claims)",
    ],
)
def test_a_damaged_index_is_not_believed_when_the_pack_is_opened_again(folder: LargeFolder, how: str) -> None:
    damaged(folder, how)
    same_again(folder.opened_from_index(), folder.opened_anew())
