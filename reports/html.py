"""report.html: one self-contained page without script that asks nothing of any network."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.inputs import ReportInput
from reports.model import build_report
from reports.text import Words

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(given: ReportInput) -> str:
    """The page. Whatever came from the target is escaped; a policy in the page forbids script and every request."""
    return render_page("report.html.j2", ("report.css", "print.css"), Words(given.lang), report=build_report(given))


def render_page(template: str, styles: tuple[str, ...], words: Words, **values: object) -> str:
    """A template with its style sheets, its texts as ``t`` and the values; escaped, and under the page's policy."""
    css = _style(styles)
    return _environment().get_template(template).render(t=words, css=css, policy=_policy(css), **values)


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
def _style(names: tuple[str, ...]) -> str:
    return "".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in names)


def _policy(css: str) -> str:
    """Content Security Policy: only our own style sheet (by its digest) and embedded pictures (W3C CSP3, 6.1)."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
