"""The flaw plain-forward: the media server sends a copy of all media, as it holds them after SRTP, to another port."""

import asyncio

from townhall.errors import MediaServerError
from townhall.hub import Hub
from townhall.logs import complain

PORT = 40_004  # of this machine; nobody needs to listen there


class Forwarder:
    """Forwards every publication of every call; one a town hall."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._feeds: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, event: str, appointment_id: str, role: str) -> None:
        """A listener of the hub."""
        call = self._hub.running(appointment_id)
        if call is None or call.room is None or event != "publishing":
            return
        for person in call.people.values():
            for publication in person.publications.values():
                if publication.up and publication.leg.feed not in self._feeds:
                    self._feeds.add(publication.leg.feed)
                    task = asyncio.create_task(self._forward(appointment_id, publication.leg.feed))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

    async def _forward(self, appointment_id: str, feed: int) -> None:
        call = self._hub.running(appointment_id)
        try:
            if call is not None and call.room is not None:
                await call.room.forward(feed, PORT)
        except MediaServerError as error:
            complain("not forwarded", error, appointment=appointment_id)
