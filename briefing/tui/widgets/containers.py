"""Containers that share out their room and never scroll."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Size


class Column(Vertical):
    """What it holds stands one below the other."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Take the size in. The framework would lay the whole screen out again, for what it holds is of another size.

        The framework's private method, called for each widget while it lays the screen out.
        """
        return super()._size_updated(size, virtual_size, container_size, layout=False)


class Beside(Horizontal):
    """What it holds stands side by side."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """As in `Column`."""
        return super()._size_updated(size, virtual_size, container_size, layout=False)
