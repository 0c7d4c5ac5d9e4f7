"""A phone with this reader: pushes, pulls, checks what it is told, and reconciles (docs/sync-protocol.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.envelope import Kind, Revision, parse_header
from tests.reader.keys import Device, Vault, follow_roll, laid_on
from tests.reader.recovery_code import code_token
from tests.reader.rows import batches, folded, received, sent
from tests.reader.space_log import AnotherHistoryError, Cursor, SpaceLog
from tests.reader.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.reader.records import Records
    from tests.reader.site import Browser
    from tests.reader.slots import Code

MOST_ASKED = 1_000


@dataclass
class Phone:
    """One phone, signed in, with its vault open."""

    browser: Browser
    code: Code
    device: Device
    records: Records
    roll: list[Revision]
    unsent: dict[bytes, Revision] = field(default_factory=dict)
    refused: dict[bytes, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        self.cursor = self.log.beginning()

    @property
    def vault(self) -> Vault:
        """Return the vault as this phone knows it."""
        return self.records.vault

    @property
    def log(self) -> SpaceLog:
        """Return the vault as its server tells it."""
        return SpaceLog(self.browser, self.vault.space)

    def save(self, *revisions: Revision) -> None:
        """Keep revisions to be sent."""
        self.unsent.update({each.id: each for each in revisions})

    def sync(self) -> None:
        """Send what waits, then read on; where the server was put back, bring back what it lost."""
        try:
            self.read_roll()
            self.push(list(self.unsent.values()))
            self.pull()
        except AnotherHistoryError:
            self.reconcile()

    def push(self, revisions: Sequence[Revision]) -> None:
        """Send revisions, parents before what stands on them. Raises `RefusedError`."""
        for batch in batches(revisions):
            answer = self.log.ask("POST", "revisions", {"revisions": [sent(each) for each in batch]})
            for result in answer["results"]:
                id_ = from_base64url(result["id"], 32)
                if result["status"] == "rejected":
                    self.refused[id_] = result["code"]
                else:
                    self.refused.pop(id_, None)
                    self.unsent.pop(id_, None)

    def push_entries(self, entries: Sequence[Revision]) -> None:
        """Send roll entries, with a proof where one is asked for. Raises `UnreadableError` where they are not taken."""
        self.push(entries)
        if "proof_needed" in [self.refused.get(each.id) for each in entries]:
            proof = {
                "challenge": self.browser.challenge("proof"),
                "recovery": to_base64url(code_token(self.code.secret)),
            }
            self.browser.ask("POST", "/proofs", proof)
            self.push(entries)
        refused = [self.refused[each.id] for each in entries if each.id in self.refused]
        if refused:
            raise UnreadableError(refused[0])

    def pull(self, limit: int = MOST_ASKED) -> None:
        """Read on from the cursor, in order, folding the chain. Raises `AnotherHistoryError`."""
        for cursor, revisions in self.log.in_order(self.cursor, f"&limit={limit}"):
            self.take(revisions)
            self.cursor = cursor
            self.records.saw = cursor.saw()

    def pull_heads_first(self, limit: int = MOST_ASKED) -> None:
        """Read what stands, newest first; then what came meanwhile; then prove it all by the index."""
        pages = self.log.pages(f"revisions?heads=1&limit={limit}", "before", None)
        for number, page in enumerate(pages):
            if number == 0:
                self.cursor = Cursor(page["generation"], page["head"], from_base64url(page["chain"], 32))
            self.take([received(row) for row in page["revisions"]])
        self.pull(limit)
        self.prove(limit)

    def prove(self, limit: int = MOST_ASKED) -> None:
        """Read the index from the beginning up to here, fold it, and fetch what is known by its stub alone."""
        reached = self.log.beginning()
        told: list[bytes] = []
        for cursor, revisions in self.log.in_order(reached, f"&limit={limit}&blobs=0"):
            told += [each.id for each in revisions]
            self.take([each for each in revisions if each.id not in self.records.sealed])
            reached = cursor
        chain = self.log.beginning().chain
        for id_ in told[: self.cursor.seq]:
            chain = folded(chain, id_)
        if chain != self.cursor.chain:
            raise AnotherHistoryError
        self._fetch_unknown()
        self.cursor = reached
        self.records.saw = reached.saw()

    def reconcile(self) -> None:
        """Give the server back what it lost, and read its history anew. Nothing here is dropped."""
        self._give_back_roll()
        heads = {each.id: each for each in [*self.records.all_heads(), *self.unsent.values()]}
        for some in _cut(list(heads)):
            missing = self.log.ask("POST", "missing", {"ids": [to_base64url(id_) for id_ in some]})["missing"]
            self.push([heads[from_base64url(id_, 32)] for id_ in missing])
        self.cursor = self.log.beginning()
        self.prove()
        self.read_roll()

    def read_roll(self) -> None:
        """Follow the roll. Raises `UnreadableError`, and `AnotherHistoryError` where the server is behind."""
        try:
            given = self.log.roll()
            self.records.vault = follow_roll(self.vault, self.roll, given, self.device)
        except UnreadableError as error:
            if error.code == "roll-behind":
                raise AnotherHistoryError from error
            raise
        self.roll += given[len(self.roll) :]
        self.records.open_waiting()

    def take(self, revisions: Sequence[Revision]) -> None:
        """Take records in; the roll is read by itself."""
        for each in revisions:
            if parse_header(each.header).kind is not Kind.ROLL:
                self.records.add(each)

    def _give_back_roll(self) -> None:
        """Send the entries the server lacks; where one of them is a stub here, lay the last on top of the server's."""
        there = self.log.roll()
        lacking = [each for each in self.roll if each.id not in {entry.id for entry in there}]
        if all(each.blob is not None for each in lacking):
            self.push_entries(lacking)
            return
        self.records.vault = laid_on(self.vault, there[-1])
        self.push_entries([self.vault.last])
        self.roll = [*there, self.vault.last]

    def _fetch_unknown(self) -> None:
        stubs = [id_ for some in self.records.stubs.values() for id_ in some if id_ not in self.records.sealed]
        for some in _cut(stubs):
            left = set(some)
            while left:
                page = self.log.ask("POST", "wanted", {"ids": [to_base64url(id_) for id_ in left]})
                came = [received(row) for row in page["revisions"]]
                self.take([each for each in came if each.id in left])
                left -= {each.id for each in came}
                if page["next"] is None or not came:
                    break


def show_code(browser: Browser, code: Code, path: str, purpose: str) -> None:
    """Sign in with a code, or prove it once more. Raises `RefusedError` where the site does not know it."""
    challenge = browser.challenge(purpose)
    browser.ask("POST", path, {"challenge": challenge, "recovery": to_base64url(code_token(code.secret))})


def _cut(ids: list[bytes]) -> Iterator[list[bytes]]:
    return (ids[at : at + MOST_ASKED] for at in range(0, len(ids), MOST_ASKED))
