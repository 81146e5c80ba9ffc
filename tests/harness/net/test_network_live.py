"""Real hosts and real packets between them. Where they cannot be made, these are left out with the reason."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from harness.model.errors import NetworkError
from harness.net import netem
from harness.net.impairment import CLEAR, OUTAGE, Impairment, Pattern
from harness.net.network import Host, Network, network
from harness.net.prober import probe
from harness.net.profiles import profiles
from harness.net.reach import why_not
from harness.wait import wait_until

ROOT = Path(__file__).parents[3]
PROBLEM = why_not()
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(PROBLEM is not None, reason=PROBLEM.en if PROBLEM else ""),
]
ECHO = textwrap.dedent(
    """
    import socketserver, sys

    class Echo(socketserver.BaseRequestHandler):
        def handle(self):
            while data := self.request.recv(100):
                self.request.sendall(self.client_address[0].encode() + b" said " + data)

    with socketserver.ThreadingTCPServer(("0.0.0.0", int(sys.argv[1])), Echo) as server:
        print("ready", flush=True)
        server.serve_forever()
    """
)


@pytest.fixture(scope="module")
def town() -> Iterator[Network]:
    with network(["clerk", "citizen"], seed=7) as made:
        yield made


@pytest.fixture
def clerk(town: Network) -> Host:
    town.set("clerk")
    town.set("citizen")
    return town.hosts["clerk"]


@pytest.fixture
def citizen(town: Network, clerk: Host) -> Host:
    assert clerk.name == "clerk"  # whose fixture has cleared the links
    return town.hosts["citizen"]


@pytest.fixture
def echo(clerk: Host) -> Iterator[int]:
    """A TCP port of the clerk's host."""
    command = clerk.command([sys.executable, "-c", ECHO, "8123"])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield 8123
        server.kill()


def asks(host: Host, address: str, port: int) -> str:
    """What the echo answers to somebody inside a host; the empty string when nobody answers."""
    program = (
        "import socket\n"
        f"with socket.create_connection(({address!r}, {port}), 10) as one:\n"
        "    one.sendall(b'hello')\n"
        "    print(one.recv(100).decode())"
    )
    done = subprocess.run(host.command([sys.executable, "-c", program]), capture_output=True, text=True, check=False)
    return done.stdout.strip()


def test_delay_is_missing_in_one_direction(town: Network, clerk: Host, citizen: Host) -> None:
    town.set("citizen", up=Impairment(delay_ms=50), down=Impairment(delay_ms=20))
    there = probe(citizen, clerk, packets=50, rate=200, wait_s=0.3)
    back = probe(clerk, citizen, packets=50, rate=200, wait_s=0.3)
    assert min(delay for _, delay in there.arrived) >= 49.9  # how much later is a figure of benchmarks.links
    assert 19.9 <= min(delay for _, delay in back.arrived) < 49.9
    assert (there.loss, back.loss, there.overtaken) == (0, 0, 0)


def test_packets_are_lost_that_should_not_be_and_not_counted(town: Network, clerk: Host, citizen: Host) -> None:
    before = town.counts()["citizen"]["up"]
    town.set("citizen", up=Impairment(loss=Pattern("...x"), duplicate=1.0))
    seen = probe(citizen, clerk, packets=400, rate=2000, wait_s=0.3)
    after = town.counts()["citizen"]["up"]
    assert (seen.loss, seen.copies) == (0.25, 300)
    assert (after.taken - before.taken, after.lost - before.lost, after.given - before.given) == (400, 100, 600)
    assert (after.duplicated - before.duplicated, after.missed) == (300, 0)


def test_change_takes_effect_after_set_has_returned(town: Network, clerk: Host, citizen: Host) -> None:
    for impairment, loss in ((OUTAGE, 1.0), (CLEAR, 0.0)) * 5:
        town.set("citizen", up=impairment)
        assert probe(citizen, clerk, packets=20, rate=5000, wait_s=0.1).loss == loss


def test_closed_udp_closes_tcp_too(town: Network, clerk: Host, citizen: Host, echo: int) -> None:
    town.set("citizen", up=Impairment(blocks_udp=True), down=Impairment(blocks_udp=True))
    assert probe(citizen, clerk, packets=20, rate=1000, wait_s=0.1).loss == 1.0
    assert asks(citizen, clerk.address, echo) == f"{citizen.address} said hello"


def test_program_in_a_host_sees_this_machines_network(clerk: Host) -> None:
    names = subprocess.run(
        clerk.command([sys.executable, "-c", "import socket; print([name for _, name in socket.if_nameindex()])"]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert names.stdout == "['lo', 'eth0']\n"


def test_thread_stays_inside_or_does_not_come_in(clerk: Host) -> None:
    outside = os.readlink("/proc/thread-self/ns/net")
    with clerk.entered():
        assert os.readlink("/proc/thread-self/ns/net") != outside
    assert os.readlink("/proc/thread-self/ns/net") == outside


def test_wrapper_loses_arguments_or_the_pipes_of_playwright(clerk: Host, tmp_path: Path) -> None:
    """Playwright speaks to Chromium on descriptors 3 and 4."""
    script = clerk.wrapper("/bin/sh", tmp_path)
    read, write = os.pipe()
    command = [str(script), "-c", 'echo "$1" >&4', "sh", "two words"]
    subprocess.run(command, pass_fds=[write, 4], preexec_fn=lambda: os.dup2(write, 4), check=True)
    os.close(write)
    with os.fdopen(read) as told:
        assert told.read() == "two words\n"


def test_port_on_loopback_leads_nowhere_or_stays_behind_when_the_host_moves(
    clerk: Host, citizen: Host, echo: int
) -> None:
    citizen.forward(8080, clerk, echo)
    assert asks(citizen, "127.0.0.1", 8080) == f"{citizen.address} said hello"
    old = clerk.address
    assert clerk.readdress() == clerk.address != old
    assert asks(citizen, "127.0.0.1", 8080) == f"{citizen.address} said hello"
    citizen.readdress()
    assert asks(citizen, "127.0.0.1", 8080) == f"{citizen.address} said hello"
    assert probe(clerk, citizen, packets=20, rate=1000, wait_s=0.1).loss == 0


def test_taken_port_is_no_sentence(clerk: Host, citizen: Host, echo: int) -> None:
    with pytest.raises(NetworkError, match=f"^Host clerk cannot forward port {echo}: .*in use"):
        clerk.forward(echo, citizen)


def test_unknown_host_is_no_sentence(town: Network) -> None:
    with pytest.raises(NetworkError, match="^There is no host 'mayor' in this network; there are clerk, citizen.$"):
        town.set("mayor")


def test_profile_of_the_bench_cannot_be_played(town: Network) -> None:
    for each in profiles().values():
        town.play("citizen", each)
        assert (town.changes()[-1].host, town.changes()[-1].profile) == ("citizen", each.name)


def test_links_that_were_killed_are_no_sentence() -> None:
    with network(["a"], seed=1) as made:
        _router().kill()
        with pytest.raises(NetworkError, match="^The links between the hosts have stopped: no reason given.$"):
            made.set("a")


def test_two_networks_disturb_each_other(town: Network, clerk: Host, citizen: Host) -> None:
    with network(["clerk", "citizen"], seed=8) as other:
        other.set("clerk", down=OUTAGE)
        assert probe(citizen, clerk, packets=20, rate=1000, wait_s=0.1).loss == 0


def test_killed_bench_leaves_something_behind(tmp_path: Path) -> None:
    """Neither names of namespaces, nor processes, nor namespaces that something still holds."""
    program = textwrap.dedent(
        """
        import os, time
        from harness.net.network import network
        with network(["a", "b"], seed=1) as made:
            made.hosts["a"].forward(8080, made.hosts["b"])
            for host in made.hosts.values():
                with host.entered():
                    print(os.readlink("/proc/thread-self/ns/net"), end=" ")
            print(flush=True)
            time.sleep(60)
        """
    )
    named = _names()
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT) as bench:
        assert bench.stdout is not None
        spaces = set(bench.stdout.readline().split())
        children = psutil.Process(bench.pid).children(recursive=True)
        assert len(spaces) == len(children) == 2  # two hosts; the router, and what forwards
        assert _names() == named
        bench.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(map(_runs, children)), "the end of what the bench had started", 20)
    wait_until(lambda: not spaces & _held(), "the end of the namespaces", 20)
    assert _names() == named


def test_netem_is_not_known_and_nobody_says_why() -> None:
    problem = netem.why_not()
    assert problem is None or problem.en.startswith(("This kernel has no netem (", "The program tc"))


def _router() -> psutil.Process:
    """The newest of this process."""
    found = [each for each in psutil.Process().children() if "harness.net.router" in each.cmdline()]
    return max(found, key=psutil.Process.create_time)


def _names() -> set[str]:
    return {each.name for each in Path("/run/netns").glob("*")}


def _runs(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _held() -> set[str]:
    """Network namespaces that a process is in, or holds a descriptor of."""
    held = set()
    for pattern in ("[0-9]*/ns/net", "[0-9]*/fd/*"):
        for link in Path("/proc").glob(pattern):
            try:
                held.add(os.readlink(link))
            except OSError:
                continue  # it has just ended
    return held
