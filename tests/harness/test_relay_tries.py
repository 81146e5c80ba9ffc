"""Asking a relay for an address: what it takes, what it refuses, and what is said when nobody answers."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from harness.model.errors import TargetError
from harness.vantage.relays import credentials_seen, relay_tried, relays_of
from harness.vantage.tapped import IceServer
from harness.vantage.turn import Allocation, RelayAddress, relay_address, try_allocation
from harness.wire import stun
from tests.flaws.beside import key_id

REALM, NONCE = b"winterbach.example", b"once"


def relay(password: str) -> Callable[[bytes], bytes]:
    """A relay's answers: a challenge, then what the message's integrity deserves (RFC 8489, section 9.2)."""

    def answer(data: bytes) -> bytes:
        asked = stun.parse_stun(data)
        user, tag = asked.first(stun.USERNAME), asked.first(stun.MESSAGE_INTEGRITY)
        refusal: tuple[tuple[int, bytes], ...] = (
            (stun.ERROR_CODE, b"\0\0\x04\x01"),
            (stun.REALM, REALM),
            (stun.NONCE, NONCE),
        )
        kind, attributes = stun.REFUSED, refusal
        if user is not None:
            key = stun.long_term_key(user.decode(), REALM.decode(), password)
            unsigned = stun.StunMessage(asked.type, asked.transaction, asked.attributes[:-1])
            if stun.parse_stun(stun.build_stun(unsigned, key)).first(stun.MESSAGE_INTEGRITY) == tag:
                kind, attributes = asked.type | 0x0100, ()
        return stun.build_stun(stun.StunMessage(kind, asked.transaction, attributes))

    return answer


@contextmanager
def listening(answer: Callable[[bytes], bytes], transport: str) -> Iterator[RelayAddress]:
    kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as server:
        server.bind(("127.0.0.1", 0))
        if transport == "tcp":
            server.listen()

        def serve_datagrams() -> None:
            while (received := server.recvfrom(2048))[0] != b"end":
                server.sendto(answer(received[0]), received[1])

        def serve_stream() -> None:
            line, _ = server.accept()
            with line:
                while data := line.recv(2048):
                    line.sendall(answer(data))

        served = threading.Thread(target=serve_datagrams if transport == "udp" else serve_stream, daemon=True)
        served.start()
        yield RelayAddress("127.0.0.1", server.getsockname()[1], "udp" if transport == "udp" else "tcp")
        if transport == "udp":
            server.sendto(b"end", server.getsockname())
        served.join(5)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_right_password_gets_an_address_and_a_wrong_one_does_not(transport: str) -> None:
    for password, expected in (("right", Allocation(True)), ("wrong", Allocation(False, 401))):
        with listening(relay("right"), transport) as where:
            assert try_allocation(where, "1800000000:p-1", password) == expected


def test_relay_that_asks_nobody_is_seen() -> None:
    def open_to_all(data: bytes) -> bytes:
        return stun.build_stun(stun.StunMessage(stun.ALLOCATED, stun.parse_stun(data).transaction))

    with listening(open_to_all, "udp") as where:
        assert try_allocation(where, "", "") == Allocation(True)


def test_silence_is_an_error_and_no_refusal() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(TargetError, match=r"The relay at 127\.0\.0\.1:\d+ \(tcp\) did not answer"):
            try_allocation(RelayAddress("127.0.0.1", taken.getsockname()[1], "tcp"), "a", "b")


def test_nonsense_for_an_answer_is_an_error() -> None:
    with (
        listening(lambda _: os.urandom(40), "udp") as where,
        pytest.raises(TargetError, match="did not answer: STUN"),
    ):
        try_allocation(where, "a", "b")


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("turn:relay.example", RelayAddress("relay.example", 3478, "udp")),
        ("turn:127.0.0.1:5000?transport=tcp", RelayAddress("127.0.0.1", 5000, "tcp")),
        ("turns:relay.example?transport=tcp", RelayAddress("relay.example", 5349, "tls")),
        ("turn:[::1]:5000", RelayAddress("::1", 5000, "udp")),
    ],
)
def test_addresses(url: str, where: RelayAddress) -> None:
    assert relay_address(url) == where


@pytest.mark.parametrize("url", ["stun:relay.example", "turn:", "turns:relay.example?transport=udp", "http://a"])
def test_what_is_no_relay_of_ours_is_named(url: str) -> None:
    with pytest.raises(TargetError):
        relay_address(url)


def test_credential_tells_its_end_and_never_itself() -> None:
    servers = [
        IceServer("stun:stun.example"),
        IceServer("turn:relay.example?transport=udp", "1800000600:p-1", "secret"),
        IceServer("turn:relay.example?transport=tcp", "1800000600:p-1", "secret"),
        IceServer("turn:other.example", "rathaus", "for ever"),
    ]
    first, second = credentials_seen(relays_of(servers), "clerk", 2, 1_800_000_000.0)
    assert (first.expires_at, first.turn, first.party) == (1_800_000_600.0, 2, "clerk")
    assert second.expires_at is None
    assert first.credential_id == key_id("1800000600:p-1\0secret")
    assert "secret" not in first.model_dump_json() + second.model_dump_json()


def test_forged_try_uses_another_password() -> None:
    with listening(relay("secret"), "udp") as where:
        server = IceServer(f"turn:127.0.0.1:{where.port}", "1800000600:p-1", "secret")
        fresh, forged = relay_tried(server, "clerk", "fresh"), relay_tried(server, "clerk", "forged")
    assert (fresh.allocated, forged.allocated, forged.code) == (True, False, 401)
