"""Pages: each one file that asks nothing of any network, under a policy that allows our own script and style only."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.inputs import ReportInput
from reports.model import build_report
from reports.text import Words

_TEMPLATES = Path(__file__).parent / "templates"
_CSS = re.compile(r"/\*.*?\*/|:\s+|\s*([{};,])\s*", re.DOTALL)
# A text or pattern of a script, or a sign that needs no room around it.
_LOOSE = re.compile(r"""("[^"\n]*"|`[^`]*`|/[^/\s]+/g?)|\s*([=<>,;:?&|{}()\[\]*])\s*""")


def render_html(given: ReportInput) -> str:
    """The page. Whatever came from the target is escaped; a policy in the page forbids every request."""
    return render_page(
        "report.html.j2", ("report.css", "page.css", "print.css"), Words(given.lang), ("page.js",),
        report=build_report(given),
    )  # fmt: skip


def render_page(
    template: str, styles: tuple[str, ...], words: Words, scripts: tuple[str, ...] = (), **values: object
) -> str:
    """A template with its style sheets, scripts, texts (``t``) and values; escaped, and under the page's policy."""
    css, script = _tight(_joined(styles)), packed(_joined(scripts))
    policy = _policy(css, script)
    return _environment().get_template(template).render(t=words, css=css, script=script, policy=policy, **values)


def render_drawing(template: str, words: Words, **values: object) -> str:
    """A drawing (SVG) for ``<img>``: a document of its own, whose style is not under the page's policy."""
    return _environment().get_template(template).render(t=words, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _joined(names: tuple[str, ...]) -> str:
    return "".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in names)


@cache
def _tight(css: str) -> str:
    return _CSS.sub(lambda found: found[1] or (":" if found[0][0] == ":" else ""), css)


@cache
def packed(script: str) -> str:
    """A script without its remarks and the room around its signs; texts in it stay as they are."""
    lines = [line.strip() for line in script.splitlines()]
    kept = "\n".join(line for line in lines if line[:2] not in ("", "//"))
    return _LOOSE.sub(lambda found: found[1] or found[2], kept)


def _policy(css: str, script: str) -> str:
    """Content Security Policy: only our own style sheet and script (by digest), embedded pictures (W3C CSP3, 6.1)."""
    scripts = f" script-src '{_digest(script)}';" if script else ""
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(css)}';{scripts} base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
