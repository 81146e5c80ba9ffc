"""A line on which nothing but the relay works: the call stands all the same, by UDP, by TCP and by TLS."""

from collections.abc import Iterator

import pytest

from tests.live.call_of_three import Town, moves, town

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    # The relay's certificate is self-signed, which browsers rightly do not take.
    folder = tmp_path_factory.mktemp("hall") / "town"
    with town(folder, "--ignore-certificate-errors", TOWNHALL_ICE_POLICY="relay") as running:
        yield running


@pytest.mark.parametrize(
    ("address", "protocol"), [("^turn:.*=udp$", "udp"), ("^turn:.*=tcp$", "tcp"), ("^turns:", "tls")]
)
def test_call_stands_through_the_relay_alone(hall: Town, address: str, protocol: str) -> None:
    hall.only_turn = address
    clerk, citizen, _ = hall.called()
    try:
        for page in (clerk, citizen):
            assert moves(page)
            assert {tuple(pair) for pair in page.evaluate("pairs()")} == {("relay", protocol)}
    finally:
        hall.close_people()
