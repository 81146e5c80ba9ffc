"""The inventory: complete, current, named by SPDX, without a host."""

import json
import re

import pytest

from harness.cli.sbom import rendered
from harness.inventory.component import Component
from harness.inventory.packages import inventory
from harness.inventory.sbom import render_sbom
from harness.run import ROOT

COMPONENTS = inventory(ROOT)


def test_the_files_in_the_documentation_are_current() -> None:
    for path, text in rendered().items():
        assert (ROOT / path).read_text("utf-8") == text, (
            f"run ./pruefstand sbom --write: {path} is older than the locks"
        )


def test_every_package_of_both_locks_is_there() -> None:
    locked = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in locked} <= {each.purl for each in COMPONENTS}
    web = json.loads((ROOT / "townhall" / "web" / "package-lock.json").read_text())["packages"]
    named = {(path.rpartition("node_modules/")[2], said["version"]) for path, said in web.items() if path}
    assert {(each.name, each.version) for each in COMPONENTS if each.kind == "npm"} == named


def test_every_component_has_a_licence_in_spdx_words() -> None:
    assert [
        each.name
        for each in COMPONENTS
        if not re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR) [A-Za-z0-9.+-]+)*", each.licence)
    ] == []


def test_nobody_needs_what_is_not_there() -> None:
    known = {each.purl for each in COMPONENTS}
    assert [need for each in COMPONENTS for need in each.needs if need not in known] == []
    needs = {each.name: each.needs for each in COMPONENTS}
    assert any(need.startswith("pkg:pypi/starlette@") for need in needs["fastapi"])
    assert "pkg:npm/base64-js@0.0.8" in needs["linebreak"]


def test_no_host_is_named() -> None:
    for text in rendered().values():
        assert re.findall(r"https?://[^\s\"]*", text) == []


@pytest.mark.parametrize(
    ("component", "purl"),
    [
        (Component("npm", "@noble/hashes", "2.4.0", "MIT"), "pkg:npm/%40noble/hashes@2.4.0"),
        (Component("pypi", "types-psutil", "7.2", ""), "pkg:pypi/types-psutil@7.2"),
        (Component("deb", "janus", "", ""), "pkg:deb/debian/janus"),
    ],
)
def test_references_are_package_urls(component: Component, purl: str) -> None:
    assert component.purl == purl


def test_the_same_inventory_gives_the_same_bytes_and_another_one_another_number() -> None:
    one, other = render_sbom(COMPONENTS, "1"), render_sbom(COMPONENTS[1:], "1")
    assert one == render_sbom(list(COMPONENTS), "1")
    assert json.loads(one)["serialNumber"] != json.loads(other)["serialNumber"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", json.loads(one)["serialNumber"])


def test_publiccode_names_the_version_and_licence_of_the_project() -> None:
    said = (ROOT / "publiccode.yml").read_text("utf-8")
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version
    assert f"softwareVersion: {version[1]}\n" in said
    assert "  license: Apache-2.0\n" in said
    assert re.findall(r"^publiccodeYmlVersion: ", said, re.MULTILINE)
    for lang in ("de", "en"):
        short = re.search(rf"^  {lang}:\n(?:    .*\n|\n)*?    shortDescription: >-\n      (.*)\n", said, re.MULTILINE)
        assert short, lang
        assert len(short[1]) <= 150
