"""The pump before a server that sends everything back: many peers' addresses, few sockets."""

import asyncio

from load.pump import media
from load.pump.mirror import look, measure, mirror, peer
from load.pump.pump import PER_LANE, Pump

LOOPS = (media.opus(0.5), media.video("vp9", 0.5))


def test_every_connection_has_an_address_of_its_own() -> None:
    assert [peer(number, 7)[0] for number in (1, 256, 65_536)] == ["127.1.0.1", "127.1.1.0", "127.2.0.0"]


def test_what_is_sent_comes_back_to_whom_it_is_of() -> None:
    async def run(port: int) -> None:
        pump = Pump(LOOPS, PER_LANE + 1, host="127.0.0.1")
        pump.start()
        try:
            made = [look(pump, port, number, LOOPS) for number in range(1, PER_LANE + 2)]
            assert len(pump.lanes) == 2
            async with asyncio.timeout(20):
                while not all(stream.packets > 9 for each in made for stream in pump.received(each)):
                    await pump.ticked()
            found = pump.statistics()
            assert (found.unopened, found.unknown, found.malformed) == (0, 0, 0)
            assert pump.faults == []
        finally:
            pump.stop()

    with mirror() as port:
        asyncio.run(run(port))


def test_a_measurement_counts_what_went_there_and_back() -> None:
    found = measure(LOOPS, 2, 0.3, warm=0.3)
    assert found.sent > 0
    assert found.received > 0
    assert found.own_loss == 0
