"""What lies between a phone and the server, and two ways in which it goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from e2e.journal import Journal
    from e2e.server import Server

Cut = Literal["no network", "server stopped"]


class Network:
    """The network of all phones of a test. Their browsers know when it is away."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def offline(self) -> None:
        """Take it away."""
        self._journal.goes(offline=True)

    def online(self) -> None:
        """Give it back."""
        self._journal.goes(offline=False)


class Connection:
    """Network and server together. With the server stopped, the browser believes itself online."""

    def __init__(self, network: Network, server: Server, *, way: Cut) -> None:
        self._network = network
        self._server = server
        self._way = way

    def is_lost(self) -> None:
        """Cut it."""
        if self._way == "no network":
            self._network.offline()
        else:
            self._server.stop()

    def is_back(self) -> None:
        """Mend it: the same address answers again."""
        if self._way == "no network":
            self._network.online()
        else:
            self._server.start()
