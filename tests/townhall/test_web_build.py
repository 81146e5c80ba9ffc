"""The web client's build, its lock file, and its own tests run by node."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from townhall.web import build as web_build
from townhall.web.build import NODE, WEB, BuildError, build, fingerprint, run_node


def test_client_modules_pass_their_own_tests() -> None:
    build()
    web_build.install()
    result = subprocess.run([str(NODE), "--test"], cwd=WEB, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    passed = re.search(r"^\S+ pass (\d+)$", result.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed.group(1)) >= 60, "some of the tests were not found"


def test_a_second_build_has_nothing_to_do() -> None:
    build()
    assert build() is False
    assert {"call.js", "sframe-worker.js"} <= {file.name for file in (WEB / "dist").iterdir()}


def test_bundles_need_nothing_from_elsewhere() -> None:
    build()
    for name in ("call.js", "sframe-worker.js"):
        bundle = (WEB / "dist" / name).read_text()
        assert not re.search(r"""(fetch|Worker|WebSocket|importScripts|import)\(\s*["'`](https?|wss?):""", bundle)
        assert not re.search(r"^(import|export) .*from ", bundle, re.MULTILINE), "a package was not bundled"


def test_a_changed_source_changes_the_fingerprint(tmp_path: Path) -> None:
    source = tmp_path / "call.js"
    source.write_text("one")
    before = fingerprint([source], tmp_path)
    source.write_text("two")
    assert fingerprint([source], tmp_path) != before


def test_moving_text_from_one_source_to_the_next_changes_the_fingerprint(tmp_path: Path) -> None:
    first, second = tmp_path / "a.js", tmp_path / "b.js"
    first.write_text("xy")
    second.write_text("z")
    before = fingerprint([first, second], tmp_path)
    first.write_text("x")
    second.write_text("yz")
    assert fingerprint([first, second], tmp_path) != before


def test_a_source_that_does_not_parse_is_a_build_error_and_leaves_the_old_bundle(tmp_path: Path) -> None:
    build()
    copy = tmp_path / "web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("node_modules", "test"))
    (copy / "node_modules").symlink_to(WEB / "node_modules")
    (copy / "src" / "call.js").write_text("const = ;")
    before = (copy / "dist" / "call.js").read_bytes()
    with pytest.raises(BuildError, match=r"^Bundling src/call\.js \(esbuild\) failed with exit status 1:\n"):
        build(copy)
    assert (copy / "dist" / "call.js").read_bytes() == before


def test_what_a_failed_tool_printed_is_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as failure:
        run_node(["-e", "console.error('no space left'); process.exit(3)"], tmp_path, "Installing")
    assert str(failure.value) == "Installing failed with exit status 3:\nno space left"


def test_lock_pins_every_package_by_hash_and_names_no_host() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {"node_modules/ts-mls", "node_modules/@noble/hashes", "node_modules/esbuild"} <= packages.keys()
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_direct_dependencies_are_pinned_to_one_version() -> None:
    package = json.loads((WEB / "package.json").read_text())
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
