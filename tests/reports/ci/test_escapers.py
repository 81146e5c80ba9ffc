"""Whatever a text holds, the reader at the other end gets that text back, and nothing of it as a command."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from prometheus_client.parser import text_string_to_metric_families

from reports.ci.github import command, data, value
from reports.ci.prometheus import LONGEST, Family, label, number, render
from reports.ci.sarif import message
from reports.ci.summary import inert
from reports.text import clean
from tests.reports.ci.reading import read_commands, undone

TEXTS = st.text(st.characters() | st.sampled_from("%:,=\r\n\\\"'{}[]#@$|<>&*_`~/.")) | st.text(
    "%250DA3Cn\\\n:{}[]", max_size=40
)


@settings(deadline=None)  # no test asserts a time
@given(TEXTS)
def test_an_escaped_text_comes_back_and_holds_no_end_of_its_command(text: str) -> None:
    assert undone(data(text)) == undone(value(text)) == text
    assert not re.search("[\r\n]", data(text))
    assert not re.search("[\r\n:,]", value(text))


@settings(deadline=None)  # no test asserts a time
@given(TEXTS, TEXTS)
def test_one_annotation_stays_one_with_its_title_and_message(title: str, said: str) -> None:
    [found] = read_commands(command("error", title, said))
    assert (found.name, found.message) == ("error", clean(said) or "-")
    assert found.properties == {"title": clean(title) or "-"}


@settings(deadline=None)  # no test asserts a time
@given(TEXTS, st.floats(allow_nan=False), TEXTS)
def test_a_label_comes_back_as_prometheus_reads_it(text: str, amount: float, says: str) -> None:
    told = render([Family("pruefstand_x", says).add(amount, {"check": text, "outcome": "pass"})])
    [family] = text_string_to_metric_families(told)
    [sample] = family.samples
    assert (sample.name, sample.value) == ("pruefstand_x", amount)
    assert sample.labels == {"check": clean(text)[:LONGEST], "outcome": "pass"}
    assert family.documentation == clean(says)
    assert told.count("\n") == 3


def test_values_are_written_as_go_reads_them() -> None:
    said = [number(value) for value in (1.0, 0.5, float("inf"), float("-inf"), float("nan"), 1e300)]
    assert said == ["1", "0.5", "+Inf", "-Inf", "NaN", "1e+300"]
    assert label('a"b\\c\nd') == 'a\\"b\\\\c d'


def test_the_same_series_is_not_told_twice_and_an_empty_family_not_at_all() -> None:
    twice = Family("pruefstand_x", "X.").add(1, {"check": "a\x00"}).add(2, {"check": "a\x01"})
    assert render([twice, Family("pruefstand_y", "Y.")]).splitlines()[2:] == ['pruefstand_x{check="a\ufffd"} 1']


@pytest.mark.parametrize("name", ["Pruefstand", "x-y", "1x", "", "x_", "a b", 'x{y="z"}'])
def test_a_name_that_prometheus_refuses_is_refused_here(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a metric"):
        Family(name, "X.")


@pytest.mark.parametrize("name", ["__name__", "Check", "a-b", "", 'x="1",y'])
def test_a_label_that_prometheus_refuses_is_refused_here(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a label"):
        Family("pruefstand_x", "X.").add(1, {name: "x"})


@settings(deadline=None)  # no test asserts a time
@given(TEXTS)
def test_markdown_reads_a_cell_as_its_text_alone(text: str) -> None:
    shown = clean(text)
    [paragraph] = MarkdownIt("gfm-like", {"linkify": False}).parseInline(inert("x" + shown))
    parts = paragraph.children or []
    assert {part.type for part in parts} <= {"text", "text_special"}
    assert "".join(part.content for part in parts) == "x" + shown


@pytest.mark.parametrize(
    "text", ["- a", "+ a", "1. a", "12) a", "---", "===", "***", "# a", "> a", "```", "| a |", "<b>"]
)
def test_a_text_begins_no_block(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(inert(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize("text", ["https://a.example", "www.a.example", "@all", "a@b.example", "$x$", "ftp://x"])
def test_nothing_is_left_that_github_would_link_or_draw(text: str) -> None:
    assert not re.search(r"(?<!\\)[@$]|(?<!\\)://|www\.", inert(text))


@settings(deadline=None)  # no test asserts a time
@given(TEXTS)
def test_a_sarif_message_has_no_link_and_no_place_holder(text: str) -> None:
    told = message(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]]", told)
    assert not re.search(r"(?<!\{)(?:\{\{)*\{(?!\{)", told)
    undone_ = re.sub(r"\\([\\\[\]])", r"\1", told.replace("{{", "{").replace("}}", "}"))
    assert undone_ == text
