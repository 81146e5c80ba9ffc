"""Five hundred hostile strings, everywhere a target can say something: in every kind of report they are text."""

import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console

from harness.cli.progress import Progress
from harness.model.errors import RunStoreError
from harness.model.observations import TapStatus
from harness.store import RunStore, read_run
from reports.ci.github import annotations
from reports.ci.write import ci_files, write_ci
from reports.html import render_html
from reports.junit import render_junit
from reports.matrix_markdown import escaped
from reports.seal.names import fault_of, shown
from reports.terminal import print_verdicts
from reports.text import Words, clean, plain
from reports.verdicts_json import read_verdicts, render_verdicts
from tests.reports.ci.reading import read_commands, sarif_faults
from tests.reports.hostile import FAMILIES, HOSTILE
from tests.reports.test_html import Page, hostile_input

# ESC, C0 but tab and line end, DEL, C1; direction controls; what cannot be written as UTF-8
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def kept(text: str) -> str:
    """A text as the evidence keeps it: half of a surrogate pair has no UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_there_are_five_hundred_and_no_two_alike() -> None:
    assert len(HOSTILE) >= 500
    assert len(set(HOSTILE)) == len(HOSTILE)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_page_has_the_same_elements_whatever_is_said(family: str) -> None:
    usual = Page(render_html(hostile_input("harmless")))
    for text in FAMILIES[family]:
        html = render_html(hostile_input(kept(text)))
        assert not UNSEEN.search(html), ascii(text[:80])
        assert len(html.encode()) < 500_000, ascii(text[:80])
        page = Page(html)
        if clean(text):
            assert [tag for tag, _ in page.tags] == [tag for tag, _ in usual.tags], ascii(text[:80])
        assert len(page.all("script")) == 1
        assert not {"iframe", "object", "embed", "base", "form", "link"} & {tag for tag, _ in page.tags}
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on")], ascii(text[:80])
            for name in ("href", "src", "action", "data", "srcset", "poster"):
                assert (attributes.get(name) or "#").startswith(("#", "data:image/png;base64,")), ascii(text[:80])


@pytest.mark.parametrize("family", FAMILIES)
def test_junit_is_xml_with_the_same_elements(family: str) -> None:
    usual = [element.tag for element in ElementTree.fromstring(render_junit(hostile_input("harmless"))).iter()]
    for text in FAMILIES[family]:
        xml = render_junit(hostile_input(text))
        assert not UNSEEN.search(xml), ascii(text[:80])
        root = ElementTree.fromstring(xml.encode())
        if text:  # without one there is no error of the bench
            assert [element.tag for element in root.iter()] == usual, ascii(text[:80])
        assert "<!DOCTYPE" not in xml
        assert not re.search(r"\[\[\s*ATTACHMENT", xml, re.IGNORECASE)  # Jenkins and GitLab would fetch that file


@pytest.mark.parametrize("family", FAMILIES)
def test_verdicts_are_ascii_and_come_back(family: str, tmp_path: Path) -> None:
    for text in FAMILIES[family]:
        told = render_verdicts(hostile_input(text))
        assert told.isascii()
        assert not UNSEEN.search(told)
        assert json.loads(told)["verdicts"][0]["finding"]["sentence"]["de"] == text
        if not re.search("[\ud800-\udfff]", text):
            (tmp_path / "verdicts.json").write_text(told)
            assert read_verdicts(tmp_path / "verdicts.json").verdicts[0].finding.sentence.en == text


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_reaches_the_terminal_but_text(family: str, terminal: bool) -> None:
    for text in FAMILIES[family]:
        file = io.StringIO()
        console = Console(file=file, force_terminal=terminal, color_system=None, width=100, legacy_windows=False)
        print_verdicts(hostile_input(text), console)
        with Progress(Console(file=file, width=100)) as progress:
            progress.bus.tell("target", text)
        assert not UNSEEN.search(file.getvalue()), ascii(text[:80])


@pytest.mark.parametrize("family", FAMILIES)
def test_ci_servers_read_the_same_whatever_is_said(family: str, tmp_path: Path) -> None:
    usual = read_commands("\n".join(annotations(hostile_input("harmless"))))
    usual_files = ci_files(hostile_input("harmless"))
    usual_metrics = [family.name for family in parsed(usual_files["metrics"][1])]
    for text in FAMILIES[family]:
        given = hostile_input(text)
        files = {kind: told for kind, (_, told) in ci_files(given).items()}
        assert not any(map(UNSEEN.search, files.values())), ascii(text[:80])
        assert all(len(told.encode()) < 100_000 for told in files.values()), ascii(text[:80])
        commands = read_commands("\n".join(annotations(given)))
        assert {each.name for each in commands} <= {"error", "warning", "notice"}, ascii(text[:80])
        assert all(each.properties.keys() == {"title"} and each.message for each in commands), ascii(text[:80])
        if text:  # without one there is no error of the bench
            assert [each.name for each in commands] == [each.name for each in usual], ascii(text[:80])
        assert [each.name for each in parsed(files["metrics"])] == usual_metrics, ascii(text[:80])
        assert sarif_faults(json.loads(files["sarif"])) == [], ascii(text[:80])
        for entry in json.loads(files["codequality"]):
            assert entry["location"]["path"] in ("evidence/records.jsonl", "verdicts.json")
        assert files["badge"] == usual_files["badge"][1]
    write_ci(hostile_input(FAMILIES[family][0]), tmp_path)  # what is made can be written


@pytest.mark.parametrize("family", FAMILIES)
def test_the_summary_has_the_same_parts_whatever_is_said(family: str) -> None:
    usual = markdown_parts(ci_files(hostile_input("harmless"))["summary"][1])
    for text in FAMILIES[family]:
        if text:
            assert markdown_parts(ci_files(hostile_input(text))["summary"][1]) == usual, ascii(text[:80])


def markdown_parts(told: str) -> list[str]:
    """The kinds of blocks of a Markdown text, and what is inside of them but text; markup only where it is ours."""
    parts = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(told):
        inside = [part for part in token.children or [] if part.type not in ("text", "text_special")]
        parts += [token.type, *(part.type for part in inside)]
        for part in [token, *inside]:
            if part.type.startswith("html"):
                assert re.fullmatch(r"</?details>(<summary>[\w ]+</summary>)?\n?", part.content), ascii(told[:200])
    assert not {"link_open", "image", "code_inline"} & set(parts)
    return parts


def parsed(metrics: str) -> list[Metric]:
    """Families as Prometheus reads them."""
    return list(text_string_to_metric_families(metrics))


def test_markdown_says_it_and_does_nothing() -> None:
    words = Words("en")
    for text in HOSTILE:
        told = escaped(words.short(text))
        assert "\n" not in told
        assert not UNSEEN.search(told)
        assert not re.search(r"(?<!\\)[<>\[\]`|*_#~&]", told), ascii(text[:80])


def test_whatever_is_said_is_kept_as_evidence_and_read_again(tmp_path: Path) -> None:
    store = RunStore.create(tmp_path, "t", {})
    for text in HOSTILE:
        store.add(TapStatus(call=text, vantage=text, state="failed", reason=text))
    store.finish()
    _, evidence = read_run(store.folder)
    seen = [record.seen for record in evidence.of(TapStatus)]
    assert [each.reason for each in seen] == list(map(kept, HOSTILE))


def test_no_name_leaves_the_run_folder(tmp_path: Path) -> None:
    store, refused = RunStore.create(tmp_path / "runs", "t", {}), []
    for text in HOSTILE:
        for path in (text, f"call/{text}.png", f"{text}/x.png"):
            try:
                store.add_blob(path, b"blob")
            except RunStoreError as error:
                refused.append(str(error))
    assert refused
    assert not any(map(UNSEEN.search, refused))
    store.close()
    outside = [file for file in tmp_path.rglob("*") if file.is_file() and store.evidence_folder not in file.parents]
    assert outside == [store.folder / "run.json"]
    assert (store.evidence_folder / "records.jsonl").read_bytes() == b""


def test_what_may_be_sealed_is_a_plain_name_and_shown_as_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for text in HOSTILE:
            assert not UNSEEN.search(shown(text))
            assert "\n" not in shown(text)
            if fault_of(text) == "":
                archive.writestr(text, b"")
                assert not text.startswith("/")
                assert ".." not in text.split("/")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        archive.extractall(tmp_path / "out")
    for file in tmp_path.rglob("*"):
        assert file.name == "x.zip" or file.is_relative_to(tmp_path / "out")


def test_plain_text_keeps_lines_and_indents() -> None:
    assert plain("a\n  b\tc") == "a\n  b\tc"
    assert plain("a\x1b[31m\u202eb\ud800") == "a\ufffd[31m\ufffdb\ufffd"
