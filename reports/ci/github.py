"""Workflow commands of GitHub Actions: what a run says as annotations on the page of its workflow.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions. The runner splits a line at ``::`` and
at commas and undoes ``%XX``; so those are escaped, and a text can neither end its command nor begin another one.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from reports.ci.issues import Issue, Rank, issues_of
from reports.ci.state import kind_of, state_of
from reports.headline import count_line, make_headline
from reports.inputs import ReportInput
from reports.text import Words, clean

Level = Literal["error", "warning", "notice"]
MOST = 10  # annotations of a level that GitHub shows of one step; it drops the rest without a word
_LEVELS: dict[Rank, Level] = {"failed": "error", "bench": "error", "inconclusive": "warning", "weak": "notice"}
_TONES: dict[str, Level] = {"failed": "error", "bench": "error", "inconclusive": "warning"}


def data(text: str) -> str:
    """A text as the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """A text as the value of a property."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def command(level: Level, title: str, message: str) -> str:
    """One line that GitHub shows as an annotation; control and direction characters become U+FFFD."""
    return f"::{level} title={value(clean(title)) or '-'}::{data(clean(message)) or '-'}"


def annotations(given: ReportInput) -> list[str]:
    """The run in one sentence, then what needs attention, gravest first; at most ``MOST`` lines of a level."""
    words, state = Words(given.lang), state_of(given)
    said = headline_of(given, words)
    first = (f"{state.label}: {state.said}", f"{said} {count_line(given.verdicts, words)}")
    return commands(_TONES.get(state.tone, "notice"), first, issues_of(given), words)


def commands(level: Level, first: tuple[str, str], issues: Sequence[Issue], words: Words) -> list[str]:
    """A first annotation (title, message) of ``level``, and those of the issues."""
    lines = [command(level, *first)]
    for each in ("error", "warning", "notice"):
        group = [issue for issue in issues if _LEVELS[issue.rank] == each]
        lines += _limited(each, group, MOST - (each == level), words)
    return lines


def _limited(level: Level, issues: Sequence[Issue], most: int, words: Words) -> Iterable[str]:
    shown = issues if len(issues) <= most else issues[: most - 1]
    yield from (command(level, issue.title, issue.sentence) for issue in shown)
    if hidden := issues[len(shown) :]:
        named = ", ".join(dict.fromkeys(issue.check for issue in hidden))
        more = words("ci.more", n=len(hidden), checks=words.short(named))
        yield command(level, words("ci.label.verify"), more)


def headline_of(given: ReportInput, words: Words) -> str:
    """The sentence on top: of a quality run its state, of any other that of the report."""
    if kind_of(given) == "quality":
        return words("ci.quality", said=state_of(given).said)
    return make_headline(given, words).sentence
