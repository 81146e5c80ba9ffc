"""Who receives what, by certificates: the people of a call, strangers, and connections that are not there yet."""

from harness.vantage.receivers import Receivers, Snapshot, fingerprints, who_receives
from harness.wire.janus_admin import SfuHandle

PAGES = {"citizen": {"C1", "C2"}, "clerk": {"K1", "K2"}}


def publisher(feed: int, fingerprint: str) -> SfuHandle:
    return SfuHandle("publisher", 3, feed, (), fingerprint, True)


def subscriber(fingerprint: str, *feeds: int, connected: bool = True) -> SfuHandle:
    return SfuHandle("subscriber", 3, 0, feeds, fingerprint, connected)


BOTH = (publisher(1, "C1"), publisher(2, "K1"), subscriber("C2", 2), subscriber("K2", 1))


def test_each_receives_the_other() -> None:
    assert who_receives(Snapshot(BOTH, {}), PAGES) == {
        "citizen": Receivers(("clerk",), 0),
        "clerk": Receivers(("citizen",), 0),
    }


def test_certificate_of_no_page_is_unknown_whatever_it_is_called() -> None:
    found = who_receives(Snapshot((*BOTH, subscriber("X", 1, 2)), {}), PAGES)
    assert found["citizen"].parties == ("clerk", "unknown")
    assert found["clerk"].parties == ("citizen", "unknown")


def test_connection_without_its_handshake_receives_nothing() -> None:
    found = who_receives(Snapshot((*BOTH, subscriber("", 1, connected=False)), {}), PAGES)
    assert found["citizen"].parties == ("clerk",)


def test_calls_of_others_are_none_of_this_calls_business() -> None:
    others = (publisher(9, "Y"), subscriber("Z", 9))
    assert who_receives(Snapshot((*BOTH, *others), {9: 1}), PAGES) == who_receives(Snapshot(BOTH, {}), PAGES)


def test_screen_and_camera_of_a_party_are_added_up() -> None:
    screen = (publisher(5, "K2"), subscriber("X", 5))
    assert who_receives(Snapshot((*BOTH, *screen), {5: 2, 2: 1}), PAGES)["clerk"] == Receivers(
        ("citizen", "unknown"), 3
    )


def test_fingerprints_are_read_from_what_the_page_described() -> None:
    line = f"a=fingerprint:sha-256 {':'.join(['ab'] * 32)}"
    sdp = f"v=0\r\n{line}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fingerprint:sha-1 AA:BB\r\n"
    assert fingerprints([sdp, "no description"]) == {":".join(["AB"] * 32)}
