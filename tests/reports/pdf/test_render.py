"""report.pdf: 4 to 10 pages, tagged, in its language, with its fonts; and whatever a target says is text in it."""

import json
import re
from collections import Counter
from dataclasses import replace

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.model.errors import RunStoreError
from harness.model.observations import TapStatus
from harness.model.outcome import Outcome
from reports.inputs import Lang, ReportInput
from reports.pdf.bench_rates import measured
from reports.pdf.document import build_document
from reports.pdf.letters import for_print
from reports.pdf.render import MOST_PAGES, render_pdf, typeset
from reports.text import clean
from tests.reports.hostile import FAMILIES, HOSTILE
from tests.reports.pdf.reading import Pdf
from tests.reports.samples import EvidenceMaker, build, record_run, run_info, verdict
from tests.reports.test_html import hostile_input

FEWEST_PAGES = 4


def everything(outcome: Outcome, text: str, lang: Lang) -> ReportInput:
    """A run with every check of the catalogue, and ``text`` wherever there is room for one."""
    maker = EvidenceMaker()
    cited = record_run(maker)
    for number in range(60):
        maker.add(TapStatus(call=f"call-{number}", vantage="sfu", state="failed", reason=text))
    verdicts = [verdict(check.id, outcome, text, text, cited) for check in CATALOGUE]
    info = run_info(target=text, versions={f"part-{number}": text for number in range(60)})
    return ReportInput(run=info, verdicts=verdicts, checks=CATALOGUE, evidence=maker.evidence(), lang=lang)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("case", ["clean", "plain-audio", "tap-silent"])
def test_it_declares_what_a_screen_reader_needs(case: str, lang: Lang) -> None:
    data = render_pdf(build(case, lang))
    pdf = Pdf(data)
    assert FEWEST_PAGES <= pdf.pages <= MOST_PAGES
    assert "/MarkInfo<</Marked true" in pdf.text
    assert f"/Lang({lang})" in pdf.text
    assert "/DisplayDocTitle true" in pdf.text
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.text
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in pdf.text
    tags = Counter(pdf.tags)
    assert tags["Title"] == 1
    assert tags["H1"] >= 10
    assert tags["TH"] >= 2
    assert tags["Figure"] == pdf.alternatives >= 4


def test_every_font_is_embedded_and_comes_with_the_typesetter() -> None:
    pdf = Pdf(render_pdf(build("clean")))
    fonts = set(re.findall(r"/FontName\s*/[A-Z]{6}\+([\w-]+)", pdf.text))
    assert fonts == {
        "LibertinusSerif-Regular", "LibertinusSerif-Bold", "LibertinusSerif-Semibold", "DejaVuSansMono",
    }  # fmt: skip
    assert len(re.findall(r"/FontFile[23]?\s", pdf.text)) == len(re.findall(r"/Type\s*/FontDescriptor", pdf.text))


def test_nothing_in_it_runs_or_leads_out() -> None:
    text = Pdf(render_pdf(build("plain-audio"))).text
    for word in ("/JavaScript", "/JS", "/URI", "/Launch", "/EmbeddedFile", "/GoToR", "/SubmitForm", "/AA"):
        assert not re.search(rf"{word}\b", text), word


@pytest.mark.parametrize("case", ["clean", "tap-silent"])
def test_same_input_gives_the_same_bytes(case: str) -> None:
    assert render_pdf(build(case)) == render_pdf(build(case))


def test_no_run_needs_more_pages_than_people_read() -> None:
    text = "Eine sehr lange Begründung mit vielen Wörtern und Zahlen wie 12345. " * 15
    assert FEWEST_PAGES <= Pdf(render_pdf(everything(Outcome.INCONCLUSIVE, text, "de"))).pages <= MOST_PAGES


def test_a_run_of_which_little_is_known_has_a_report() -> None:
    maker = EvidenceMaker()
    given = ReportInput(run=run_info(versions={}, browser=None), verdicts=(), checks=(), evidence=maker.evidence())
    assert FEWEST_PAGES <= Pdf(render_pdf(given)).pages <= MOST_PAGES


def test_a_date_before_the_epoch_is_a_date() -> None:
    assert Pdf(render_pdf(replace(build("clean"), run=run_info(started="1969-01-01T00:00:00Z")))).pages >= FEWEST_PAGES


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_names_change_nothing_but_the_text(family: str) -> None:
    usual = Counter(Pdf(render_pdf(hostile_input("harmless"))).tags)
    pdf = Pdf(render_pdf(hostile_input(FAMILIES[family][-1].encode("utf-8", "replace").decode())))
    tags = Counter(pdf.tags)
    for kind in ("H1", "H2", "Figure", "Table", "TR", "TH", "TD", "Link", "L"):
        assert tags[kind] == usual[kind], kind
    assert not re.search(r"/(URI|JS|Launch)\b", pdf.text)


def test_five_hundred_hostile_strings_are_five_hundred_lines_of_text() -> None:
    document = build_document(build("clean", "en"), measured())
    usual = Counter(Pdf(typeset(document, 0)[0]).tags)
    data = json.loads(document.data)
    before = len(data["open"])
    data["open"] = [["said", for_print(clean(text)) or "-"] for text in HOSTILE]
    tags = Counter(Pdf(typeset(replace(document, data=json.dumps(data)), 0)[0]).tags)
    assert tags["LI"] - usual["LI"] == len(HOSTILE) - before
    assert {kind: tags[kind] for kind in ("H1", "H2", "Figure", "Table", "TR", "Link")} == {
        kind: usual[kind] for kind in ("H1", "H2", "Figure", "Table", "TR", "Link")
    }


def test_what_the_typesetter_refuses_is_one_sentence() -> None:
    document = build_document(build("clean"), None)
    data = json.loads(document.data) | {"subtitle": "\u4e2d"}
    with pytest.raises(RunStoreError, match=r"^report.pdf cannot be typeset: .*"):
        typeset(replace(document, data=json.dumps(data)), 0)
