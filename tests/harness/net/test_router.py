"""The process that carries packets, on pairs of sockets instead of devices: no rights are needed for that."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.net.profiles import Profile
from harness.wait import wait_until
from tests.harness.net.test_links import packet

ROOT = Path(__file__).parents[3]


class Talk:
    """A router with the hosts a (10.0.0.1) and b (10.0.0.2), whose devices are in our hands."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.control, theirs = socket.socketpair()
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in "ab"]
        self.a, self.b = (ours for ours, _ in pairs)
        for _, device in pairs:
            device.setblocking(False)
        self._kept = [theirs, *(device for _, device in pairs)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "harness.net.router", str(theirs.fileno()), str(log)],
            pass_fds=[each.fileno() for each in self._kept], cwd=ROOT,
        )  # fmt: skip
        self._answers = self.control.makefile("r")
        for each in (self.a, self.b, self.control):
            each.settimeout(20)
        hosts = [("a", "10.0.0.1", pairs[0][1].fileno()), ("b", "10.0.0.2", pairs[1][1].fileno())]
        self.urgency = self.ask("begin", seed=3, hosts=hosts)

    def ask(self, do: str, **what: Any) -> Any:
        self.control.sendall(json.dumps({"do": do, **what}).encode() + b"\n")
        return json.loads(self._answers.readline())

    def close(self) -> None:
        self._answers.close()
        for each in (self.control, self.a, self.b, *self._kept):
            each.close()
        assert self.process.wait(20) == 0  # it ends with whoever told it


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    made = Talk(tmp_path_factory.mktemp("router") / "log.jsonl")
    yield made
    made.close()


def test_packet_does_not_arrive(talk: Talk) -> None:
    talk.ask("set", host="a", up={"delay_ms": 5, "loss": {"marks": ".x"}}, down={})
    for mark in (1, 2, 3):
        talk.a.send(packet("10.0.0.2", mark))
    assert [talk.b.recv(99)[-1] for _ in range(2)] == [1, 3]
    counts = talk.ask("counts")
    assert (counts["a"]["up"]["taken"], counts["a"]["up"]["lost"], counts["b"]["down"]["given"]) == (3, 1, 2)


def test_host_that_moved_is_not_found(talk: Talk) -> None:
    talk.ask("address", host="a", address="10.0.0.9")
    talk.b.send(packet("10.0.0.1", 1))
    talk.b.send(packet("10.0.0.9", 2))
    assert talk.a.recv(99)[-1] == 2


def test_steps_of_a_profile_do_not_happen_by_themselves_or_go_on_after_something_else_was_set(talk: Talk) -> None:
    profile = Profile.model_validate(
        {
            "name": "short",
            "sentence": {"de": "Kurz.", "en": "Short."},
            "source": "this test",
            "steps": [{}, {"at_s": 0.02, "up": {"outage": True}}],
            "loops_after_s": 0.04,
        }
    )
    before = len(talk.ask("changes"))
    talk.ask("play", host="b", profile=profile.model_dump(mode="json"))
    wait_until(lambda: len(talk.ask("changes")) >= before + 4, "two rounds of the profile", 20)
    steps = talk.ask("changes")[before:]
    assert [step["up"]["en"] for step in steps[:4]] == ["unimpaired", "outage"] * 2
    assert {step["profile"] for step in steps} == {"short"}
    talk.ask("set", host="b", up={"delay_ms": 1}, down={})
    talk.ask("play", host="a", profile=profile.model_dump(mode="json"))
    wait_until(lambda: talk.ask("changes")[-1]["up"]["en"] == "outage", "a step of the other host's profile", 20)
    told = talk.ask("changes")
    assert [each["up"]["en"] for each in told if each["host"] == "b"][-1] == "delay 1 ms"
    talk.ask("set", host="a", up={}, down={})


def test_log_is_not_what_happened(talk: Talk) -> None:
    talk.ask("set", host="a", up={"delay_ms": 1}, down={"blocks_udp": True})
    lines = [json.loads(line) for line in talk.log.read_text("utf-8").splitlines()]
    assert lines == talk.ask("changes")
    assert lines[-1]["host"] == "a"
    assert lines[-1]["down"] == {"de": "UDP gesperrt", "en": "UDP blocked"}


def test_urgency_is_not_told(talk: Talk) -> None:
    assert talk.urgency in {"SCHED_FIFO", "nice -10", "like everyone"}
