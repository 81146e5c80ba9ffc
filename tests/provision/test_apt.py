"""Distribution packages go in, the services they bring stay off, and the machine's own policy comes back."""

import subprocess
from pathlib import Path

import pytest

from harness.provision import apt
from harness.provision.apt import NO_CANDIDATE, candidate, policy_script, services_stay_off


def asked(policy: Path, service: str) -> int:
    """What invoke-rc.d would hear: 0 may start, 101 forbidden."""
    return subprocess.run(["sh", str(policy), service, "start"], check=False).returncode


def test_the_policy_forbids_our_services_under_both_names_and_no_other(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text(policy_script(["janus", "coturn"], tmp_path / "before"))
    assert [asked(policy, name) for name in ("janus", "janus.service", "coturn.service", "dbus")] == [101, 101, 101, 0]


def test_an_earlier_policy_keeps_its_say_for_other_services_and_is_put_back(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    with services_stay_off(["janus"], policy):
        assert asked(policy, "dbus") == 101
    assert policy.read_text() == "#!/bin/sh\nexit 101\n"
    assert list(tmp_path.iterdir()) == [policy]


def test_no_policy_is_left_where_there_was_none_even_after_an_error(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"

    def break_apt() -> None:
        with services_stay_off(["janus"], policy):
            assert policy.exists()
            raise RuntimeError("apt broke")

    with pytest.raises(RuntimeError, match="apt broke"):
        break_apt()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("had_one", [True, False])
def test_what_a_killed_start_left_behind_is_tidied_by_the_next(tmp_path: Path, had_one: bool) -> None:
    policy, before = tmp_path / "policy-rc.d", tmp_path / "policy-rc.d.before-pruefstand"
    policy.write_text(policy_script(["janus"], before))
    if had_one:
        before.write_text("# the operator's own\n")
    with services_stay_off(["janus"], policy):
        assert asked(policy, "janus") == 101
    assert [path.read_text() for path in tmp_path.iterdir()] == (["# the operator's own\n"] if had_one else [])


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("chromium:\n  Installed: (none)\n  Candidate: 150.0-1~deb12u1\n", "150.0-1~deb12u1"),
        ("chromium:\n  Installed: (none)\n  Candidate: (none)\n", None),
        ("chromium-browser:\n  Installed: (none)\n  Candidate: 2:1snap1-0ubuntu2\n", None),
        ("", None),
    ],
)
def test_a_wrapper_around_a_snap_is_no_candidate(said: str, version: str | None) -> None:
    assert candidate(said) == version


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution that knows janus and tcpdump only; ``calls`` holds what apt-get was told."""
    programs = {
        "apt-get": f'echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/calls',
        "apt-cache": 'case "$2" in janus|tcpdump) echo "  Candidate: 1.0" ;; *) echo "  Candidate: (none)" ;; esac',
        "systemctl": f'echo "systemctl $*" >> {tmp_path}/calls',
        "update-rc.d": "exit 1",
    }
    for name, body in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(apt, "_POLICY", tmp_path / "policy-rc.d")
    return tmp_path


def test_known_packages_go_in_without_recommendations_and_their_services_are_switched_off(distribution: Path) -> None:
    assert apt.main(["janus=janus", "tcpdump="]) == 0
    update, install, disable = (distribution / "calls").read_text().splitlines()
    assert update.startswith("noninteractive ")
    assert update.endswith(" update")
    assert install.endswith(" install --no-install-recommends janus tcpdump")
    assert disable == "systemctl disable janus"


def test_packages_without_candidate_are_named_and_the_others_still_go_in(
    distribution: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert apt.main(["tcpdump=", "chromium=", "coturn=coturn"]) == NO_CANDIDATE
    assert capsys.readouterr().out == "no candidate: chromium coturn\n"
    assert (distribution / "calls").read_text().splitlines()[-1].endswith("--no-install-recommends tcpdump")
