"""`briefing entities`: the cards of those that are named, and the rules that can be shared."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from briefing.model import Decision, EntityType, Merge, Reject, Retype, Split
from briefing.storage.journal import Journal, journal_folders
from tests.test_cli import FORMATS, lines, run

HARBOURS = "The Harbour Authority of Wicklow and the Harbour Bank met. The Harbour Bank of Arklow was not asked.\n"
ORG, PLACE = EntityType.ORG, EntityType.PLACE


@pytest.fixture
def harbours(tmp_path: Path) -> Path:
    """A pack in which three names begin alike."""
    folder = tmp_path / "harbours"
    folder.mkdir()
    names = (("ORG", "Harbour Authority"), ("ORG", "Harbour Bank"), ("PLACE", "Harbour Bank of Arklow"))
    rules = "".join(f'[[entity]]\ntype = "{type}"\nname = "{name}"\n' for type, name in names)
    (folder / "entities.toml").write_text(rules, encoding="utf-8")
    (folder / "a.txt").write_text(HARBOURS, encoding="utf-8")
    return folder


def decide(folder: Path, *decisions: Decision) -> str:
    """Write `decisions` into the officer's journal; who that is."""
    journal = Journal(journal_folders([folder]))
    return [journal.append(decision) for decision in decisions][-1].by


@pytest.mark.parametrize("order", [("Sea Breeze", "seeds"), ("seeds", "Sea Breeze"), ("sea", "BREEZE", "seeds")])
def test_a_name_gives_the_card_of_an_entity(
    capsys: pytest.CaptureFixture[str], seeds: Path, order: tuple[str, ...]
) -> None:
    given = [str(seeds) if one == "seeds" else one for one in order]
    code, out, err = run(capsys, "entities", *given)
    assert (code, err) == (0, "")
    assert out.startswith("Sea Breeze  EVENT  3 mentions in 1 document\nis      military exercise  ")
    assert out.replace("\n", "").isprintable()
    assert max(map(len, lines(out))) <= 100


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_a_card_is_an_object(capsys: pytest.CaptureFixture[str], seeds: Path, format: str) -> None:
    _, out, _ = run(capsys, "entities", str(seeds), "Motor Sich", "--format", format)
    (card,) = json.loads(out) if format == "json" else [json.loads(out)]
    assert (card["name"], card["type"], card["aliases"]) == ("Motor Sich", "ORG", ["Madasic"])
    assert card["first"] == {"date": "2021-03", "of": "document", "doc": "004_2d6187573546f256.txt"}
    assert {"name": "China", "type": "PLACE", "sentences": 1} in card["companions"]
    (described,) = card["descriptions"]
    (mention,) = card["mentions"]
    for words in (described, mention):
        text = (seeds / words["doc"]).read_bytes().decode()
        assert text[words["start"] : words["end"]] == words["text"]
        assert text.count("\n", 0, words["start"]) + 1 == words["line"]
    assert described["text"] == "key Ukrainian defense company"
    assert mention["before"].endswith("defense company “")


def test_a_card_in_a_table_is_its_mentions(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    _, out, _ = run(capsys, "entities", str(seeds), "Taran", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["text"], row["line"], row["canonical"]) for row in rows] == [
        ("Taran", "9", "Andrii Taran"),
        ("Taran", "11", "Andrii Taran"),
    ]
    _, out, _ = run(capsys, "entities", str(seeds), "Taran", "--format", "markdown")
    assert len(lines(out)) == 4


def test_all_entities_of_one_name_have_their_cards(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "entities.toml").write_text(
        '[[entity]]\ntype = "PLACE"\nname = "Wicklow"\n[[entity]]\ntype = "ORG"\nname = "Harbour Board"\n'
        'aliases = ["the Board"]\n[[entity]]\ntype = "ORG"\nname = "Harbour Bank"\n',
        encoding="utf-8",
    )
    text = "On that day the Harbour Board of Wicklow and the Harbour Bank came to terms, and all were glad of it.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "entities", "Wicklow", "Harbour Bank", str(tmp_path), "--format", "jsonl")
    assert [json.loads(line)["name"] for line in lines(out)] == ["Wicklow", "Harbour Bank"]
    _, out, _ = run(capsys, "entities", "wickl", str(tmp_path))
    assert lines(out)[0] == "Wicklow  PLACE  1 mention in 1 document"


def test_a_name_that_nobody_bears_ends_in_3(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, out, err = run(capsys, "entities", str(seeds), "Nobody\x1b[2J")
    assert (code, out) == (3, "")
    (line,) = lines(err)
    assert line.startswith("briefing: entities: no entity and no file is called 'Nobody")
    assert line.endswith("; `briefing entities` lists them")
    assert line.isprintable()


@pytest.mark.parametrize("given", ["nowhere.txt", "nowhere.md", "./nowhere", "no\\where.x"])
def test_what_looks_like_a_path_is_one(capsys: pytest.CaptureFixture[str], given: str) -> None:
    code, out, err = run(capsys, "entities", given)
    assert (code, out) == (3, "")
    assert "there is no such file or folder" in err


@pytest.mark.parametrize("format", FORMATS)
def test_a_name_that_may_mean_several_names_them_on_standard_error(
    capsys: pytest.CaptureFixture[str], harbours: Path, format: str
) -> None:
    code, out, err = run(capsys, "entities", "harbour", str(harbours), "--format", format)
    assert (code, out) == (3, "")
    assert lines(err) == [
        "briefing: entities: 3 entities have 'harbour' in their names; give the whole name of one",
        "briefing: ORG: Harbour Authority",
        "briefing: ORG: Harbour Bank",
        "briefing: PLACE: Harbour Bank of Arklow",
    ]


def test_of_many_that_may_be_meant_twenty_are_named(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    _, _, err = run(capsys, "entities", "a", str(seeds))
    assert len(lines(err)) == 22
    assert lines(err)[-1].endswith(" more; give more of the name")


def test_options_may_stand_among_names_and_paths(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, out, _ = run(capsys, "entities", str(seeds), "--format", "json", "Taran")
    assert code == 0
    assert [card["name"] for card in json.loads(out)] == ["Andrii Taran"]
    code, out, _ = run(capsys, "search", "--format", "csv", "--", "--no-such-words", str(seeds))
    assert (code, out) == (0, "")
    code, out, _ = run(capsys, "search", "Taran", "--format", "jsonl", str(seeds))
    assert (code, len(lines(out))) == (0, 2)


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_wrong_usage(capsys: pytest.CaptureFixture[str], seeds: Path, name: str) -> None:
    code, out, err = run(capsys, "entities", str(seeds), name)
    assert (code, out) == (2, "")
    assert lines(err) == ["briefing: entities: a name is empty; give a name, or leave it out to list all entities"]


@pytest.mark.parametrize("format", ["table", "json"])
def test_the_card_of_what_was_rejected_says_by_whom(
    capsys: pytest.CaptureFixture[str], harbours: Path, format: str
) -> None:
    officer = decide(harbours, Reject((ORG, "Harbour Authority")))
    code, out, err = run(capsys, "entities", str(harbours), "Harbour Authority", "--format", format)
    assert code == 0
    assert "Harbour Authority" in out
    (said,) = lines(err)
    assert said.startswith(f"briefing: ORG Harbour Authority: was rejected by {officer} on 20")
    assert said.endswith(" UTC; choose it and press d to take it up again")


def test_the_card_of_what_the_pack_rejects_says_so(capsys: pytest.CaptureFixture[str], harbours: Path) -> None:
    rules = harbours / "entities.toml"
    rules.write_text(rules.read_text() + '[[reject]]\ntype = "ORG"\nname = "Harbour Bank"\n')
    code, _, err = run(capsys, "entities", str(harbours), "Harbour Bank")
    assert code == 0
    assert lines(err) == [
        "briefing: ORG Harbour Bank: was rejected by the pack; take it out of entities.toml if it is an entity"
    ]


def test_exported_rules_make_a_copy_read_the_same(
    capsys: pytest.CaptureFixture[str], harbours: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(harbours, copy)
    authority, bank = (ORG, "Harbour Authority"), (ORG, "Harbour Bank")
    arklow = (PLACE, "Harbour Bank of Arklow")
    decide(harbours, Merge(bank, authority), Split(authority, "Harbour Bank"), Retype(arklow, ORG), Reject(authority))
    code, rules, err = run(capsys, "entities", "--export-rules", str(harbours))
    assert (code, err) == (0, "")
    (copy / "entities.toml").write_text(rules, encoding="utf-8")
    mentions = [run(capsys, "mentions", str(folder), "--format", "csv")[1] for folder in (harbours, copy)]
    assert mentions[0] == mentions[1]
    rows = [(row["type"], row["canonical"]) for row in csv.DictReader(io.StringIO(mentions[1]))]
    assert rows == [bank, (ORG, "Harbour Bank of Arklow")]
    assert run(capsys, "entities", "Harbour Authority", str(copy))[2].startswith(
        "briefing: ORG Harbour Authority: was rejected by the pack"
    )


def test_rules_are_written_in_one_format_only(capsys: pytest.CaptureFixture[str], harbours: Path) -> None:
    code, out, err = run(capsys, "entities", "--export-rules", str(harbours), "--format", "json")
    assert (code, out) == (2, "")
    assert lines(err) == ["briefing: --export-rules: rules are not written as json; leave --format out"]
