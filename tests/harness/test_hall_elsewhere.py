"""A town hall whose media and relay are at an address of their own: every place that names one names that one."""

from pathlib import Path

import pytest

from harness.processes import Child, ProcessRegister
from harness.targets.media_servers import start_coturn, start_janus
from harness.targets.townhall import TownhallTarget

ELSEWHERE = "10.77.0.1"


class Unstarted(ProcessRegister):
    """A register that starts nothing."""

    def start(self, name: str, command: object, log: Path, **_: object) -> Child:
        return Child(name, None, log)  # type: ignore[arg-type]


def test_janus_keeps_its_media_at_the_address_and_its_api_on_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.targets.media_servers.find_program", lambda _: "/usr/bin/janus")
    sfu = start_janus(Unstarted(tmp_path / "register"), tmp_path / "janus", tmp_path, ELSEWHERE)

    written = (tmp_path / "janus" / "janus.jcfg").read_text()
    assert f'interface = "{ELSEWHERE}"' in written
    assert f'ice_enforce_list = "{ELSEWHERE}"' in written
    assert "127.0.0.1" not in written
    assert sfu.url.startswith("ws://127.0.0.1:")


def test_the_relay_listens_and_relays_at_the_address(tmp_path: Path) -> None:
    turn = start_coturn(Unstarted(tmp_path / "register"), tmp_path / "coturn", tmp_path, ELSEWHERE)

    written = (tmp_path / "coturn" / "turnserver.conf").read_text().splitlines()
    assert f"listening-ip={ELSEWHERE}" in written
    assert f"relay-ip={ELSEWHERE}" in written
    assert all(ELSEWHERE in url for url in turn.urls)
    assert turn.address == ELSEWHERE


def test_the_address_is_declared_as_one_that_pages_may_contact() -> None:
    assert TownhallTarget(address=ELSEWHERE).declaration.hosts == ("127.0.0.1", ELSEWHERE)
    assert TownhallTarget().declaration.hosts == ("127.0.0.1",)
