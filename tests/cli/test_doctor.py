"""What ``doctor`` says of machines that lack something."""

import io
from dataclasses import replace

from rich.console import Console

from harness.cli.doctor import Row, State, examine, table
from harness.cli.machine import Machine, read_lock
from harness.provision.needs import NEEDS

ALL_CAPABILITIES = (1 << 41) - 1
GOOD = Machine(
    python="3.11.2",
    versions={need.name: "1.2" if need.version else "" for need in NEEDS},
    locked={"rich": "15.0.0", "av": "18.1.0"},
    installed={"rich": "15.0.0", "av": "18.1.0", "extra": "1"},
    client_built=True,
    capabilities=ALL_CAPABILITIES,
    ptrace_scope=1,
    cores=2,
    memory=8 * 2**30,
    shared_memory=True,
)


def troubles(machine: Machine) -> list[Row]:
    return [row for row in examine(machine) if row.state is not State.OK]


def test_a_machine_with_everything_has_no_trouble() -> None:
    assert troubles(GOOD) == []
    assert Row("chromium", State.OK, "1.2") in examine(GOOD)
    assert Row("font", State.OK, "umlauts in pictures and pages") in examine(GOOD)


def test_a_missing_tool_names_its_package() -> None:
    versions = {name: version for name, version in GOOD.versions.items() if name != "coturn"}
    assert troubles(replace(GOOD, versions=versions)) == [
        Row(
            "coturn",
            State.MISSING,
            "not found (the relay of the town hall)",
            "start ./pruefstand again, or: apt-get install --no-install-recommends coturn",
        )
    ]


def test_packages_that_are_not_as_locked_are_named() -> None:
    installed = {"rich": "14.0.0"}
    assert troubles(replace(GOOD, installed=installed)) == [
        Row("python packages", State.MISSING, "not as locked: av, rich", "delete .pruefstand and start again")
    ]


def test_many_other_packages_are_counted() -> None:
    locked = {f"p{number}": "1" for number in range(7)}
    assert troubles(replace(GOOD, locked=locked))[0].seen == "not as locked: p0, p1, p2, p3, p4 and 2 more"


def test_without_rights_vantage_points_are_lost_but_the_bench_can_work() -> None:
    assert troubles(replace(GOOD, capabilities=0, ptrace_scope=1)) == [
        Row(name, State.LIMITED, f"not granted: {lost}", "run as root (sudo ./pruefstand …)")
        for name, lost in (
            ("right to capture", "nothing is seen on the wire"),
            ("right to make hosts", "no network namespaces"),
        )
    ]
    strict = troubles(replace(GOOD, capabilities=0, ptrace_scope=2))
    assert strict[-1].seen == "not granted: server processes cannot be searched for keys"


def test_a_small_machine_is_a_limit_and_missing_shared_memory_stops_the_browsers() -> None:
    assert troubles(replace(GOOD, cores=1, memory=2 * 2**30, shared_memory=False)) == [
        Row("cores and memory", State.LIMITED, "1 cores, 2.0 GiB", "give it 2 cores and 4 GiB"),
        Row("shared memory", State.MISSING, "/dev/shm is not writable", "mount a tmpfs there: browsers need it"),
    ]


def test_the_table_shows_every_row_and_prints_markup_as_it_is() -> None:
    shown = io.StringIO()
    Console(file=shown, width=160).print(table([Row("[bold]", State.MISSING, "[red]", "[x]")]))
    assert "[bold]" in shown.getvalue()
    assert "[red]" in shown.getvalue()


def test_the_lock_is_read_for_this_python_only() -> None:
    lock = (
        "Zxing_cpp==3.1.1 \\\n    --hash=sha256:00\n    # via -r requirements.in\n"
        "old==1 ; python_full_version < '3.1' \\\n    --hash=sha256:00\n"
        "new==2 ; python_full_version >= '3.1' \\\n    --hash=sha256:00\n"
    )
    assert read_lock(lock) == {"zxing-cpp": "3.1.1", "new": "2"}
