"""A pack that changes on the disk while it is open: what is taken in, when, and how much is read for it."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Decision, EntityType, Pack, PackError, Rate, Rating, Reject, Strike
from briefing.storage import watching
from briefing.storage.pack_files import Source, read_source
from briefing.storage.watching import WatchedPack
from tests.open_folder import DOCUMENTS, SCENARIO, OpenFolder, content, gone_on, look_twice

STRIKE = Strike("a.txt")


@pytest.fixture
def folder(tmp_path: Path) -> OpenFolder:
    """A pack of three documents."""
    folder = OpenFolder(tmp_path / "pack")
    folder.begin()
    return folder


Opened = tuple[WatchedPack, Pack]


@pytest.fixture
def open_pack(folder: OpenFolder) -> Opened:
    """The same pack, open."""
    return opened(folder)


@pytest.fixture
def read(open_pack: Opened, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the documents that are read once the pack is open."""
    ids: list[str] = []

    def noted(source: Source) -> object:
        ids.append(source.id)
        return read_source(source)

    monkeypatch.setattr(watching, "read_source", noted)
    return ids


def opened(folder: OpenFolder) -> Opened:
    watched = folder.watched()
    watched.open()
    return watched, folder.opened_anew()


# ---------------------------------------------------------------------- what is taken in

NAMES = ("a.txt", "b.txt", "c.txt", "d.md", "deep/e.txt")
TEXTS = (
    *DOCUMENTS.values(),
    "",
    "Pilots\n\nAnn Taran of the Port Authority said that pilots cost no money.\n",
    "The law\n\nThe Port Authority must not lend tugs; the law forbids it. It lent none in March 2024.\n",
)
RULES = '[[entity]]\ntype = "PERSON"\nname = "Ann Taran"\naliases = ["Taran"]\n'
STEPS = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.sampled_from((*TEXTS, None))),
    st.tuples(st.just("scenario.toml"), st.sampled_from((SCENARIO, SCENARIO.replace('"pilot*"', '"Taran"'), None))),
    st.tuples(st.just("entities.toml"), st.sampled_from((RULES, None))),
    st.tuples(st.just("briefing.toml"), st.sampled_from(('marking = "SECRET"\n', "", None))),
    st.tuples(st.just("journal"), st.sampled_from(("", "strike", "reject"))),
)
DECISIONS: dict[str, list[Decision]] = {
    "": [],
    "strike": [Strike("a.txt"), Rate("tugs", "cost", Rating.HIGH)],
    "reject": [Reject((EntityType.PERSON, "Ann Taran"))],
}


def do(folder: OpenFolder, name: str, value: str | None) -> None:
    if name == "journal":
        folder.decide(*DECISIONS[value or ""])
    elif value is None:
        (folder.folder / name).unlink(missing_ok=True)
    else:
        folder.put(name, value)


@given(st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=4), st.booleans())
@settings(max_examples=40)
def test_whatever_happens_it_is_as_if_opened_anew(rounds: list[list[tuple[str, str | None]]], indexed: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = OpenFolder(Path(place) / "pack", indexed)
        folder.begin()
        watched, pack = opened(folder)
        for steps in rounds:
            for name, value in steps:
                do(folder, name, value)
            pack = gone_on(watched, pack)
            try:
                anew = folder.opened_anew()
            except PackError:
                continue  # no document is left: what was read stays
            assert content(pack) == content(anew)
            assert all(pack.document(claim.document).quote(claim.span) == claim.quote for claim in pack.claims)


def test_only_what_changed_is_read(folder: OpenFolder, open_pack: Opened, read: list[str]) -> None:
    watched, pack = open_pack
    folder.put("b.txt", DOCUMENTS["b.txt"] + "More.\n")
    folder.put("d.txt", "New.\n")
    offer = look_twice(watched, pack)
    assert offer is not None
    assert offer.after is not None
    assert read == ["b.txt", "d.txt"]
    kept = [one.id for one in offer.after.documents if one in pack.documents]
    assert kept == ["a.txt", "c.txt"]


def test_what_is_only_touched_is_no_change(folder: OpenFolder, open_pack: Opened, read: list[str]) -> None:
    watched, pack = open_pack
    folder.put("b.txt", DOCUMENTS["b.txt"])
    assert look_twice(watched, pack) is None
    assert read == ["b.txt"]
    assert look_twice(watched, pack) is None
    assert read == ["b.txt"]


def test_what_the_pack_says_of_one_document_leaves_the_others(
    folder: OpenFolder, open_pack: Opened, read: list[str]
) -> None:
    watched, pack = open_pack
    folder.put("briefing.toml", '[[document]]\nfile = "c.txt"\nlabel = "Third"\n')
    after = gone_on(watched, pack)
    assert read == ["c.txt"]
    assert [one.label for one in after.documents] == ["Third", "Harbour", "Law"]


def test_decisions_of_others_are_laid_over_what_was_found(
    folder: OpenFolder, open_pack: Opened, read: list[str]
) -> None:
    watched, pack = open_pack
    folder.decide(STRIKE, Rate("tugs", "cost", Rating.HIGH))
    after = gone_on(watched, pack)
    assert [event.decision for event in after.events] == [STRIKE, Rate("tugs", "cost", Rating.HIGH)]
    assert content(after) == content(folder.opened_anew())
    assert after.documents is pack.documents
    assert read == []


# ---------------------------------------------------------------------- when


def test_a_file_that_is_being_written_waits_until_it_is_still(folder: OpenFolder, open_pack: Opened) -> None:
    watched, pack = open_pack
    folder.put("d.txt", "Half")
    assert watched.look(pack) is None
    folder.put("d.txt", "Half of it")
    assert watched.look(pack) is None
    offer = watched.look(pack)
    assert offer is not None
    assert offer.after is not None
    assert offer.after.document("d.txt").text == "Half of it"


def test_one_that_never_keeps_still_does_not_hold_up_the_others(folder: OpenFolder, open_pack: Opened) -> None:
    watched, pack = open_pack
    folder.put("b.txt", "x")
    folder.put("d.txt", "Still.\n")
    folder.put("e.txt", "1")
    assert watched.look(pack) is None
    folder.put("b.txt", "xx")
    folder.put("e.txt", "12")
    pack = gone_on(watched, pack)
    assert [one.id for one in pack.documents] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert pack.document("b.txt").text == DOCUMENTS["b.txt"]
    pack = gone_on(watched, pack)
    assert (pack.document("b.txt").text, pack.document("e.txt").text) == ("xx", "12")


def test_settings_that_are_being_written_hold_up_all(folder: OpenFolder, open_pack: Opened) -> None:
    watched, pack = open_pack
    folder.put("d.txt", "New.\n")
    watched.look(pack)
    folder.put("scenario.toml", SCENARIO[:40])
    assert watched.look(pack) is None
    folder.put("scenario.toml", SCENARIO)
    assert watched.look(pack) is None
    offer = watched.look(pack)
    assert offer is not None
    assert offer.after is not None
    assert content(offer.after) == content(folder.opened_anew())


def test_what_is_written_while_the_pack_is_opened_is_seen(folder: OpenFolder) -> None:
    def slow(files: object, reader: object) -> Pack:
        pack = folder.opened_anew()
        folder.put("a.txt", "Written meanwhile.\n")
        return pack

    watched = WatchedPack([folder.folder], None, slow, lambda pack: pack)
    pack = watched.open()
    assert pack.document("a.txt").text == DOCUMENTS["a.txt"]
    assert look_twice(watched, pack) is not None


def test_an_offer_stands_until_it_is_answered(folder: OpenFolder, open_pack: Opened) -> None:
    watched, pack = open_pack
    folder.put("d.txt", "New.\n")
    offer = look_twice(watched, pack)
    folder.put("e.txt", "Newer.\n")
    assert offer is not None
    assert watched.look(pack) is offer
    watched.accept()
    assert offer.after is not None
    assert [one.id for one in offer.after.documents] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert content(gone_on(watched, pack)) == content(folder.opened_anew())


# ---------------------------------------------------------------------- what cannot be read


def test_broken_settings_are_told_once_and_taken_in_when_mended(folder: OpenFolder, open_pack: Opened) -> None:
    watched, pack = open_pack
    folder.put("d.txt", "New.\n")
    folder.put("scenario.toml", SCENARIO.replace('actor = "the port"', "actor = "))
    offer = look_twice(watched, pack)
    assert offer is not None
    assert offer.after is None
    assert offer.problem is not None
    assert (Path(offer.problem.path).name, offer.problem.line) == ("scenario.toml", 2)
    watched.accept()
    assert look_twice(watched, pack) is None
    folder.put("scenario.toml", SCENARIO)
    assert content(gone_on(watched, pack)) == content(folder.opened_anew())


@pytest.mark.parametrize("how", ["documents", "folder"])
def test_when_all_is_gone_what_was_read_stays(folder: OpenFolder, open_pack: Opened, how: str) -> None:
    watched, pack = open_pack
    if how == "folder":
        shutil.rmtree(folder.folder)
    for name in DOCUMENTS:
        (folder.folder / name).unlink(missing_ok=True)
    offer = look_twice(watched, pack)
    assert offer is not None
    assert offer.after is None
    assert offer.problem is not None
    watched.accept()
    folder.begin()
    folder.put("b.txt", "Back, and other.\n")
    assert content(gone_on(watched, pack)) == content(folder.opened_anew())


def test_a_file_that_is_no_text_is_told_and_the_rest_stays(folder: OpenFolder, open_pack: Opened) -> None:
    watched, pack = open_pack
    (folder.folder / "d.txt").write_bytes(b"\0\1\2" * 100)
    after = gone_on(watched, pack)
    assert [problem.fault for problem in after.problems] == ["is not text"]
    assert after.documents is pack.documents
    assert look_twice(watched, after) is None


def test_a_fault_of_the_program_is_told_and_what_was_read_stays(folder: OpenFolder) -> None:
    def fails(pack: Pack) -> Pack:
        raise ZeroDivisionError("by zero")

    watched = WatchedPack([folder.folder], None, folder.read_listed, fails)
    pack = watched.open()
    folder.put("d.txt", "New.\n")
    offer = look_twice(watched, pack)
    assert offer is not None
    assert offer.problem is not None
    assert offer.problem.fault == "ZeroDivisionError: by zero"


# ---------------------------------------------------------------------- what it costs


def test_a_slow_look_is_repeated_seldom(folder: OpenFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    watched, pack = opened(folder)
    watched.look(pack)
    assert watched.interval == 3.0
    clock = iter([0.0, 2.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    watched.look(pack)
    assert watched.interval == 100.0


def test_a_link_that_leads_out_of_the_pack_is_not_followed(
    folder: OpenFolder, open_pack: Opened, read: list[str], tmp_path: Path
) -> None:
    watched, pack = open_pack
    (tmp_path / "secret.txt").write_text("Secret.\n", encoding="utf-8")
    (folder.folder / "d.txt").symlink_to(tmp_path / "secret.txt")
    (folder.folder / "a.txt").unlink()
    (folder.folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    after = gone_on(watched, pack)
    assert [one.id for one in after.documents] == ["b.txt", "c.txt"]
    assert [problem.fault for problem in after.problems] == ["is a link out of the pack"] * 2
    assert read == []
