"""A space as its server tells it: pages of the log, checked and folded, and the roll (docs/sync-protocol.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.reader.base64url import to_base64url
from tests.reader.body import Saw
from tests.reader.rows import first_chain, folded, received

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reader.envelope import Revision
    from tests.reader.json_text import Json
    from tests.reader.site import Browser


@dataclass(frozen=True)
class Cursor:
    """What a phone has verified: of which generation, up to which number, and the chain there."""

    generation: str
    seq: int
    chain: bytes

    def saw(self) -> Saw | None:
        """Return it as bodies tell it."""
        return Saw(self.generation, self.seq, to_base64url(self.chain)) if self.generation else None


class AnotherHistoryError(Exception):
    """The server's history is not the one this phone has verified: time to reconcile."""


@dataclass(frozen=True)
class SpaceLog:
    """One space, asked by one browser."""

    browser: Browser
    space: bytes

    def ask(self, method: str, path: str, body: object = None) -> Json:
        """Send a request below the space's address. Raises `RefusedError`."""
        return self.browser.ask(method, f"/spaces/{to_base64url(self.space)}/{path}", body)

    def beginning(self) -> Cursor:
        """Return the cursor of who has read nothing."""
        return Cursor("", 0, first_chain(self.space))

    def pages(self, path: str, name: str, start: int | None) -> Iterator[Json]:
        """Yield page after page; `name` is what the place of the next one is asked by."""
        at = start
        while True:
            page = self.ask("GET", path if at is None else f"{path}&{name}={at}")
            yield page
            at = page["next"]
            if at is None:
                return

    def in_order(self, cursor: Cursor, query: str) -> Iterator[tuple[Cursor, list[Revision]]]:
        """Yield what is after the cursor, page by page with the cursor there. Raises `AnotherHistoryError`."""
        for page in self.pages(f"revisions?{query}", "after", cursor.seq):
            revisions = [received(row) for row in page["revisions"]]
            if [row["seq"] for row in page["revisions"]] != [*range(cursor.seq + 1, page["at"] + 1)]:
                raise AnotherHistoryError
            chain = cursor.chain
            for each in revisions:
                chain = folded(chain, each.id)
            is_same_life = cursor.generation in {"", page["generation"]} and cursor.seq <= page["head"]
            if not is_same_life or to_base64url(chain) != page["chain"]:
                raise AnotherHistoryError
            cursor = Cursor(page["generation"], page["at"], chain)
            yield cursor, revisions

    def roll(self) -> list[Revision]:
        """Return all entries of the roll, unchecked but for their ids."""
        return [received(row) for page in self.pages("roll?limit=1000", "after", 0) for row in page["revisions"]]
