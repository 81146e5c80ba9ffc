"""WebSocket messages of a party's pages: what signalling could read, both ways."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class WebSocketTap:
    """Messages in memory, each with the direction in which it went."""

    urls: list[str] = field(default_factory=list)
    messages: list[tuple[str, bytes]] = field(default_factory=list)  # ("sent" or "received", payload)

    def opened(self, url: str) -> None:
        """Notes a connection."""
        self.urls.append(url)

    def sent(self, payload: str | bytes) -> None:
        """Notes what the page sent."""
        self.messages.append(("sent", _bytes(payload)))

    def received(self, payload: str | bytes) -> None:
        """Notes what the server sent."""
        self.messages.append(("received", _bytes(payload)))


def _bytes(payload: str | bytes) -> bytes:
    return payload.encode("utf-8", "surrogatepass") if isinstance(payload, str) else payload
