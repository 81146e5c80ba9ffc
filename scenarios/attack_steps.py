"""The steps of stories in which the server attacks."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from harness.bench import Bench
from harness.call import Call
from harness.mitm.agreement import AgreementMitm
from harness.mitm.downgrade import Downgrade, DowngradeMitm
from harness.mitm.frames import Attack, FrameMitm
from scenarios import steps

_TOLD: dict[Attack, str] = {
    "plain": "the server slips in plain frames",
    "unknown-key": "the server slips in frames under foreign keys",
    "replay": "the server repeats frames",
    "tampering": "the server changes frames, bit by bit",
}


def malicious_media_server(call: Call) -> FrameMitm:
    """From now on the frames that people receive pass through the bench's hands."""
    return FrameMitm(call)


def keys_are_agreed(bench: Bench, tenant: str, times: int, *, swaps: bool) -> None:
    """A call in which both pages agree on keys so many times, honestly or each with a stranger in between."""
    with (
        steps.call_between(bench, tenant, focus="agreements") as call,
        closing(AgreementMitm(call, swaps=swaps)) as server,
    ):
        bench.events.tell("call", "keys are agreed through a stranger" if swaps else "keys are agreed")
        steps.both_join(bench, call)
        server.tries(times)
        steps.both_hang_up(bench, call)


@contextmanager
def attack(bench: Bench, server: FrameMitm, kind: Attack, seconds: float) -> Iterator[None]:
    """The server attacks while something else happens, and for so many seconds at least."""
    bench.events.tell("call", _TOLD[kind])
    server.begins(kind, seconds)
    try:
        yield
    finally:  # what was let through is told of also where it kept people from seeing each other
        server.ends(kind, seconds)


def server_without_encryption(bench: Bench, call: Call, way: Downgrade) -> DowngradeMitm:
    """From now on the pages are told that there is no end-to-end encryption."""
    bench.events.tell("call", "the server says that there is no encryption")
    return DowngradeMitm(call, way)
