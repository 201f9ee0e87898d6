"""The least application of the framework: what a start, a session and leaving cost at the least."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Label


class Hello(App[None]):
    """Says that it is ready, and whether it has heard a key."""

    BINDINGS = [("q", "quit", "")]  # noqa: RUF012 - the framework declares it so

    def compose(self) -> ComposeResult:
        """One word."""
        yield Label("ready")

    def on_key(self, _: Key) -> None:
        """Another word."""
        self.query_one(Label).update("heard")


if __name__ == "__main__":
    Hello().run()
