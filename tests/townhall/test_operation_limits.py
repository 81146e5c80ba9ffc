"""Who tries too often has to wait, and is told how long; nobody else is held up."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.townhall.conftest import Town
from townhall.operation import limits
from townhall.operation.limits import Bucket, GrowingDelay, address_key


def test_bucket_gives_its_capacity_at_once_and_then_evenly() -> None:
    bucket = Bucket(3, 60)
    assert [bucket.take("a", 100.0) for _ in range(3)] == [0, 0, 0]
    assert bucket.take("a", 100.0) == bucket.wait("a", 100.0) == pytest.approx(20)
    assert bucket.take("b", 100.0) == 0, "another address has its own"
    assert bucket.take("a", 110.0) == pytest.approx(10)
    assert bucket.take("a", 120.5) == 0
    assert bucket.take("a", 121.0) > 0


@given(st.integers(1, 50), st.lists(st.floats(0, 30), max_size=100))
def test_bucket_never_gives_more_than_it_says(capacity: int, pauses: list[float]) -> None:
    bucket, now, given_out = Bucket(capacity, 60), 0.0, 0
    for pause in pauses:
        now += pause
        given_out += bucket.take("a", now) == 0
        assert given_out <= capacity + now * capacity / 60 + 1e-6


def test_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour() -> None:
    delay, now, waits = GrowingDelay(2), 0.0, []
    for _ in range(15):
        delay.failed("a", now)
        waits.append(delay.wait("a", now))
        now += waits[-1]
    assert waits == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]
    assert delay.wait("b", now) == 0
    delay.succeeded("a")
    assert delay.wait("a", now) == 0


def test_limit_of_nought_is_no_limit() -> None:
    bucket, delay = Bucket(0, 60), GrowingDelay(0)
    for _ in range(50):
        assert bucket.take("a", 0.0) == bucket.wait("a", 0.0) == 0
        delay.failed("a", 0.0)
    assert delay.wait("a", 0.0) == 0


def test_addresses_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_KEYS", 100)
    bucket, delay = Bucket(5, 60), GrowingDelay(5)
    for number in range(1000):
        bucket.take(str(number), 0.0)
        delay.failed(str(number), 0.0)
    assert len(bucket._states) == len(delay._states) == 100


def test_an_ipv6_subscriber_is_one_address() -> None:
    assert address_key("2001:db8:1:2::1") == address_key("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert address_key("2001:db8:1:3::1") != address_key("2001:db8:1:2::1")
    assert address_key("::ffff:192.0.2.1") == address_key("192.0.2.1") == "192.0.2.1"
    assert address_key("testclient") == "testclient"


def test_passwords_cannot_be_guessed_without_waiting(
    start_town: Callable[..., Town], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Time stands still: the first wait is a second, and a slow machine takes longer for a request.
    monkeypatch.setattr("townhall.operation.login.time", SimpleNamespace(monotonic=lambda: 100.0))
    town = start_town(limit_logins=2)
    assert [town.log_in(password="falsch").status_code for _ in range(2)] == [401, 401]
    refused = town.log_in(password="falsch")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert "Das waren zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in 1 Sekunden" in refused.text
    assert town.log_in().status_code == 429, "nor does the right one get in earlier"
    assert town.log_in(user="lenz").status_code != 429, "another account is not held up"
    assert "haug" not in town.log()


def test_links_cannot_be_guessed_for_ever(start_town: Callable[..., Town]) -> None:
    town = start_town(limit_links=3)
    _, path = town.invited()
    assert [town.client.get(path).status_code for _ in range(6)] == [200] * 6, "known links are no guesses"
    assert [town.client.get(f"/t/{number}").status_code for number in range(4)] == [404, 404, 404, 429]
    page = town.client.get("/t/x?lang=en")
    assert 190 <= int(page.headers["retry-after"]) <= 200
    assert "Those were too many tries in a short time. Please try again in 4 minutes." in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


def test_forms_and_joins_are_limited(start_town: Callable[..., Town]) -> None:
    town = start_town(limit_forms=2, limit_joins=1)
    assert [town.client.post("/winterbach/amt/anmelden").status_code for _ in range(3)] == [403, 403, 429]
    assert town.client.get("/winterbach/").status_code == 200
    address = f"{town.address.replace('http', 'ws')}/api/call/none/ws"
    with connect(address):
        pass
    with pytest.raises(InvalidStatus) as refused, connect(address):
        pass
    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["retry-after"]) <= 60
    assert '"status": 429' in town.log()
    assert 'townhall_rate_limited_total{kind="joins"} 1.0' in town.client.get("/metrics").text
