"""Which decisions hold: undo takes one back, redo gives it back, and nothing is ever struck from a journal."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from briefing import model


def standing(events: Iterable[model.Event]) -> tuple[model.Event, ...]:
    """Those of `events` that have not been taken back, in their order, without those that take back."""
    kept: dict[str, model.Event] = {}
    taken_back: set[str] = set()
    for event in events:
        match event.decision:
            case model.Undo(id):
                taken_back.add(id)
            case model.Redo(id):
                taken_back.discard(id)
            case _:
                kept[event.id] = event
    held = [event for id, event in kept.items() if id not in taken_back]
    restored = {event.decision.event for event in held if isinstance(event.decision, model.Restore)}
    return tuple(event for event in held if event.id not in restored and not isinstance(event.decision, model.Restore))


def taken_back_by(events: Sequence[model.Event], ids: Container[str]) -> model.Event | None:
    """The last of `events` that took back one of those with `ids`; None when none did."""
    for event in reversed(events):
        if isinstance(event.decision, (model.Undo, model.Restore)) and event.decision.event in ids:
            return event
    return None


def undoable(events: Sequence[model.Event], officer: str) -> model.Event | None:
    """What `officer` decided last and has not taken back; None when there is nothing."""
    return next(reversed(_done_and_undone(events, officer)[0]), None)


def redoable(events: Sequence[model.Event], officer: str) -> model.Event | None:
    """What `officer` took back last, unless they have decided something else since."""
    return next(reversed(_done_and_undone(events, officer)[1]), None)


def _done_and_undone(events: Sequence[model.Event], officer: str) -> tuple[list[model.Event], list[model.Event]]:
    done: dict[str, model.Event] = {}
    undone: dict[str, model.Event] = {}
    for event in events:
        if event.by != officer:
            continue
        match event.decision:
            case model.Undo(id) if id in done:
                undone[id] = done.pop(id)
            case model.Redo(id) if id in undone:
                done[id] = undone.pop(id)
            case model.Undo() | model.Redo():
                pass
            case _:
                done[event.id] = event
                undone.clear()
    held = {event.id for event in standing(events)}
    kept = [event for id, event in done.items() if id in held or isinstance(event.decision, model.Restore)]
    return kept, list(undone.values())
