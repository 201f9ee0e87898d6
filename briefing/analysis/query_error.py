"""What is wrong with a query."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that cannot be meant: where, what is wrong, and the way out."""

    def __init__(self, place: int, fault: str, remedy: str) -> None:
        """`place` is a character of the query, counted from 0."""
        super().__init__(f"{fault}: {remedy}")
        self.place = place
        self.fault = fault
        self.remedy = remedy
