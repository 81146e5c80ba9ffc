"""The page: complete, self-contained, and deaf to whatever the target says."""

import re
from html.parser import HTMLParser
from typing import Literal

import pytest

from harness.model.observations import CallFact, PictureSeen, ScenarioResult, TapStatus
from harness.model.outcome import Outcome
from reports.html import render_html
from reports.inputs import Lang, ReportInput
from reports.text import LONGEST
from tests.reports.samples import EvidenceMaker, build, run_info, verdict

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}</style>",
    "{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[31m",
    "</title><base href=//evil.example>",
    "javascript:alert(1)",
)
VOID = {"meta", "img", "br", "path", "circle", "input"}


class Page(HTMLParser):
    """Tags, attributes and text of a page; checks that every tag is closed by its own."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def hostile_input(text: str, lang: Lang = "de") -> ReportInput:
    """A run in which everything that a target can say says ``text``."""
    maker = EvidenceMaker()
    picture = maker.blob(f"sfu/{text}.png", b"\x89PNG\r\n\x1a\n" + text.encode("utf-8", "replace"))
    cited = (
        maker.add(
            CallFact(call=text, tenant=text, party=text, parties=(text,), connected=True, began_at=0, ended_at=1)
        ),
        maker.add(PictureSeen(call=text, party=text, place="server", caption_de=text, caption_en=text, blob=picture)),
    )
    maker.add(TapStatus(call=text, party=text, vantage=text, state="failed", reason=text))
    maker.add(
        ScenarioResult(call=text, name=text, title=text, title_en=text, outcome="failed", sentence=text, seconds=1)
    )
    verdicts = [
        verdict("E02", Outcome.FAIL, text, text, cited, figures={text: 1.5}),
        verdict("E01", Outcome.INCONCLUSIVE, text, text, (text,), bench_error=text),
        verdict(text, Outcome.PASS, text, text, cited),
    ]
    info = run_info(id=text, target=text, browser=text, seed=text, flaw=text, versions={text: text})
    return ReportInput(info, verdicts, (), maker.evidence(), lang)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_text_everywhere(text: str) -> None:
    page, plain = Page(render_html(hostile_input(text))), Page(render_html(hostile_input("harmless")))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert [sorted(attributes) for _, attributes in page.tags] == [sorted(attributes) for _, attributes in plain.tags]
    for _, attributes in page.tags:
        for name in ("href", "src"):
            assert (attributes.get(name) or "#").startswith(("#", "data:image/png;base64,"))


def test_control_and_direction_characters_are_shown_as_replaced() -> None:
    html = render_html(hostile_input("a\x00b\x1b[31m \u202egnp.exe"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", html)
    assert "a\ufffdb\ufffd[31m \ufffdgnp.exe" in html


def test_text_too_long_is_cut_and_says_so() -> None:
    given = hostile_input("x" * 5000, "en")
    html = render_html(given)
    assert "x" * LONGEST + " … [cut, 4100 more characters]" in html
    assert "x" * (LONGEST + 1) not in html


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("case", ["clean", "plain-audio", "tap-silent"])
def test_page_is_well_formed_and_asks_for_nothing(case: str, lang: Literal["de", "en"]) -> None:
    html = render_html(build(case, lang))
    page = Page(html)
    assert page.all("html") == [{"lang": lang}]
    assert len(page.all("script")) == 1
    assert not {"link", "iframe", "object", "base", "form"} & {tag for tag, _ in page.tags}
    assert all((image["src"] or "").startswith("data:image/png;base64,") and image["alt"] for image in page.all("img"))
    assert "http://" not in html
    assert "https://" not in html
    assert "url(" not in html
    policy = next(m["content"] or "" for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert re.fullmatch(
        "default-src 'none'; img-src data:; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; "
        "form-action 'none'", policy,
    )  # fmt: skip


@pytest.mark.parametrize("case", ["clean", "plain-audio", "tap-silent"])
def test_landmarks_headings_and_labels_are_in_order(case: str) -> None:
    page = Page(render_html(build(case)))
    names = [tag for tag, _ in page.tags]
    assert (names.count("main"), names.count("h1"), names.count("header"), names.count("footer")) == (1, 1, 1, 1)
    levels = [int(tag[1]) for tag in names if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    refers = [attributes.get("aria-labelledby") for _, attributes in page.tags if "aria-labelledby" in attributes]
    refers += [(link["href"] or "")[1:] for link in page.all("a")]
    assert set(refers) <= set(ids)
    assert all("scope" in cell for cell in page.all("th"))


def test_outcome_is_said_in_words_and_not_by_colour_alone() -> None:
    html = render_html(build("plain-audio"))
    chips = re.findall(r'<span class="chip (\w+)">\s*<svg.*?</svg>([^<]+)</span>', html, re.DOTALL)
    assert ("fail", "nicht bestanden") in chips
    assert ("weak", "schwach") in chips
    assert ("pass", "bestanden") in chips


def test_failed_run_names_the_broken_promises_first() -> None:
    text = Page(render_html(build("plain-audio"))).text
    order = ["Ein Server konnte Bild oder Ton lesen.", "Nicht eingehaltene Zusagen", "erkennt kein Bild und hört",
             "Alle Prüfungen auf einen Blick", "Was zu sehen war", "Die Prüfungen", "Die Gegenprobe"]  # fmt: skip
    places = [text.index(part, 200) for part in order]
    assert places == sorted(places)


def test_leak_is_said_beside_the_positive_control() -> None:
    sentence = "Aber auch ohne Schlüssel wurde am Server etwas erkannt."
    assert Page(render_html(build("plain-audio"))).text.count(sentence) == 4
    assert sentence not in Page(render_html(build("clean"))).text


def test_silent_tap_is_what_was_missing() -> None:
    text = Page(render_html(build("tap-silent"))).text
    line = "Medienserver: war da, lieferte nichts. rec_dir war da, aber Janus schrieb keine Aufzeichnung (0 Dateien)"
    assert text.index("Was fehlte") < text.index(line) < text.index("Alle Prüfungen auf einen Blick")
    assert "Es gibt keine Gegenprobe zu diesem Lauf." in text


def test_page_says_how_to_judge_again_and_states_no_law() -> None:
    text = Page(render_html(build("clean", "en"))).text
    assert "./pruefstand judge runs/2025-11-22T190712Z-townhall-3f9a\n./pruefstand report runs/2025" in text
    assert "It contains no legal assessment." in text
    for word in ("compliant", "lawful", "legal basis", "GDPR-"):
        assert word not in text


def test_run_id_cannot_smuggle_a_command() -> None:
    text = Page(render_html(hostile_input("x; rm -rf /"))).text
    assert "./pruefstand judge 'runs/x; rm -rf /'" in text


def test_run_without_anything_still_gives_a_page() -> None:
    maker = EvidenceMaker()
    text = Page(render_html(ReportInput(run_info(), (), (), maker.evidence(), "en"))).text
    for sentence in (
        "No verdict is possible: nothing was judged.",
        "No pictures were recorded.",
        "There is no verdict.",
    ):
        assert sentence in text
