"""The restricted mode: nothing is read outside the pack, nothing written outside the state folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli import main
from tests.terminal import Terminal


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "a.txt").write_text("The ministry will pay the cost.\nMr John Smith agreed.\n", encoding="utf-8")
    return folder


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario outside the pack."""
    path = tmp_path / "scenario.toml"
    path.write_text(
        "question = 'q'\nactor = 'a'\nactor_terms = ['the ministry']\n[[role]]\nid = 'pay'\nname = 'Pay'\n"
        "terms = ['pay*']\n[[constraint]]\nid = 'cost'\nname = 'Cost'\nterms = ['cost*']\n",
        encoding="utf-8",
    )
    return path


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that says why `arguments` are not done."""
    assert main(list(arguments)) == 3
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert "restricted mode; " in line
    return line


@pytest.mark.parametrize("before", [True, False])
def test_a_scenario_outside_the_pack_is_not_read(
    capsys: pytest.CaptureFixture[str], pack: Path, scenario: Path, before: bool
) -> None:
    arguments = ["evidence", str(pack), "--scenario", str(scenario)]
    assert main(arguments) == 0
    capsys.readouterr()
    asked = ["--restricted", *arguments] if before else [*arguments, "--restricted"]
    assert refused(capsys, *asked).endswith("scenario.toml: lies outside the pack, and this is the restricted mode; "
                                            "name a file inside the pack")  # fmt: skip


def test_a_scenario_inside_the_pack_is_read(capsys: pytest.CaptureFixture[str], pack: Path, scenario: Path) -> None:
    inside = scenario.rename(pack / "other.toml")
    assert main(["evidence", str(pack), "--scenario", str(inside), "--restricted"]) == 0
    assert "ministry will pay" in capsys.readouterr().out


def test_a_link_does_not_lead_a_scenario_out(capsys: pytest.CaptureFixture[str], pack: Path, scenario: Path) -> None:
    (pack / "linked.toml").symlink_to(scenario)
    refused(capsys, "evidence", str(pack), "--scenario", str(pack / "linked.toml"), "--restricted")
    assert main(["check", str(pack), "--scenario", f"{pack}/../pack/../scenario.toml", "--restricted"]) == 3


def test_a_link_in_the_place_of_a_file_is_not_followed(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").symlink_to(pack / "a.txt")
    assert "b.txt: is a link" in refused(capsys, "documents", str(tmp_path / "b.txt"), "--restricted")


@pytest.mark.parametrize("name", ["briefing.toml", "entities.toml", "scenario.toml"])
def test_no_settings_are_read_through_a_link_out_of_any_pack(
    capsys: pytest.CaptureFixture[str], pack: Path, scenario: Path, name: str
) -> None:
    (pack / name).symlink_to(scenario)
    assert main(["documents", str(pack)]) == 3
    err = capsys.readouterr().err
    assert err.endswith(f"{name}: is a link out of the pack; copy what it points to into the pack\n")


def test_no_pack_is_begun(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_RESTRICTED", "1")
    refused(capsys, "init", str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_names_and_views_are_shown_as_ever(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    assert main(["entities", "NSATU", str(seeds), "--restricted"]) == 0
    assert "NATO Security Assistance" in capsys.readouterr().out


def test_decisions_are_kept_in_the_state_folder(pack: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_RESTRICTED", "1")
    with Terminal(str(pack)) as terminal:
        terminal.wait_for("The ministry will pay", "PEOPLE")
        terminal.press("x")
        terminal.wait_for("saved: struck")
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert [path.name for path in pack.iterdir()] == ["a.txt"]
    assert len([*(home / ".local" / "state" / "briefing" / "journal").rglob("*.jsonl")]) == 1
