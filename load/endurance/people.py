"""The people of the long call: real Chromium pages without the bench's taps, which would keep frames in memory."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from harness.model.errors import TargetError
from harness.wait import wait_until

# The only script of ours in the page: it knows the newest WebSocket, to end it as a lost network would.
_SOCKET = """
self.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); self.enduranceSocket = this; }
};
"""
_FRAMES = "document.querySelector('#remote')?.getVideoPlaybackQuality().totalVideoFrames ?? 0"
_ANSWERS = 10.0  # seconds in which a worker must answer the DevTools


@dataclass(slots=True)
class Person:
    """A party's page and the DevTools sessions to it and to its worker."""

    party: str
    browser: Browser
    page: Page
    devtools: CDPSession
    workers: list[str]
    answers: dict[int, dict[str, Any]]
    asked: int = 0

    def heap(self) -> dict[str, float]:
        """Bytes in use after a forced garbage collection (Chrome DevTools Protocol, Runtime.getHeapUsage)."""
        self.devtools.send("HeapProfiler.collectGarbage")
        return _used(self.devtools.send("Runtime.getHeapUsage"))

    def worker_heap(self) -> dict[str, float]:
        """As ``heap``, of all workers of the page together."""
        used: dict[str, float] = {}
        for worker in self.workers:
            self._ask(worker, "HeapProfiler.collectGarbage")
            for name, size in _used(self._ask(worker, "Runtime.getHeapUsage")).items():
                used[name] = used.get(name, 0) + size
        return used

    def counters(self) -> tuple[int, int]:
        """Nodes and event listeners that the page's process holds, also those that no document shows any more."""
        counted = self.devtools.send("Memory.getDOMCounters")
        return int(counted["nodes"]), int(counted["jsEventListeners"])

    def frames(self) -> int:
        """How many pictures of the other's the page has shown so far."""
        return int(self.page.evaluate(_FRAMES))

    def loses_connection(self) -> None:
        """Ends the signalling connection."""
        self.page.evaluate("enduranceSocket.close()")

    def closes(self) -> None:
        """Closes the page; the browser stays."""
        self.page.context.close()

    def _ask(self, worker: str, method: str) -> dict[str, Any]:
        self.asked += 1
        number = self.asked
        message = json.dumps({"id": number, "method": method})
        self.devtools.send("Target.sendMessageToTarget", {"sessionId": worker, "message": message})

        def answered() -> dict[str, Any] | None:
            self.page.wait_for_timeout(10)  # lets Playwright take what has come
            return self.answers.pop(number, None)

        answer = wait_until(answered, f"The answer of the {self.party}'s worker to {method}", _ANSWERS)
        if "result" not in answer:
            raise TargetError(f"The {self.party}'s worker refused {method}: {answer.get('error')}.")
        result: dict[str, Any] = answer["result"]
        return result


def person(browser: Browser, party: str) -> Person:
    """A fresh context with camera and microphone, and nothing of the bench in its pages but a hold on its socket."""
    context = browser.new_context(locale="de-DE", permissions=["camera", "microphone"])
    context.set_default_timeout(20_000)
    context.add_init_script(_SOCKET)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    made = Person(party, browser, page, devtools, [], {})

    def attached(event: dict[str, Any]) -> None:
        if event["targetInfo"]["type"] == "worker":
            made.workers.append(event["sessionId"])

    def detached(event: dict[str, Any]) -> None:
        if event["sessionId"] in made.workers:
            made.workers.remove(event["sessionId"])

    def answered(event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            made.answers[int(message["id"])] = message

    devtools.on("Target.attachedToTarget", attached)
    devtools.on("Target.detachedFromTarget", detached)
    devtools.on("Target.receivedMessageFromTarget", answered)
    # Playwright's own sessions are flat and out of reach from here; this one carries the worker's messages inside.
    devtools.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
    return made


def _used(usage: dict[str, Any]) -> dict[str, float]:
    """V8's own heap, the browser's objects behind it (DOM), and the bytes of array buffers."""
    kinds = {"js": "usedSize", "dom": "embedderHeapUsedSize", "buffers": "backingStorageSize"}
    return {kind: float(usage.get(name, 0)) for kind, name in kinds.items()}
