"""Small readers of what CI servers read, after their documents: to see what they would make of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SPLIT = re.compile(r"::([a-z-]+)(?: ([^:]*))?::(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A workflow command as GitHub's runner understands it."""

    name: str
    message: str
    properties: Mapping[str, str] = field(default_factory=dict)


def read_commands(text: str) -> list[Command]:
    """Every line's command; a line that is none is an error here, because nothing else may be printed."""
    found = []
    for line in re.split("\r\n|\r|\n", text):
        match = _SPLIT.fullmatch(line)
        assert match, ascii(line[:200])
        pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
        found.append(Command(match[1], undone(match[3]), {name: undone(value) for name, value in pairs}))
    return found


def undone(text: str) -> str:
    """Escapes of values and messages, from left to right."""
    return re.sub("%(0D|0A|3A|2C|25)", lambda match: chr(int(match[1], 16)), text)


def sarif_faults(log: Any) -> list[str]:
    """What SARIF 2.1.0 requires of a log with one run (sections in brackets) and is not so."""
    faults = [] if log.get("version") == "2.1.0" else ["3.13.2 version"]
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    faults += [] if driver["name"] else ["3.19.8 name"]
    rules = driver["rules"]
    ids = [rule["id"] for rule in rules]
    faults += [] if len(set(ids)) == len(ids) else ["3.19.23 rules differ"]
    for rule in rules:
        texts = [rule[name]["text"] for name in ("shortDescription", "fullDescription", "help")]
        faults += [] if all(texts) else ["3.11.8 message without text"]
        tags = rule.get("properties", {}).get("tags", [])
        faults += [] if len(tags) == len(set(tags)) else ["3.8.2 tags differ"]
    for invocation in run["invocations"]:
        faults += [] if isinstance(invocation["executionSuccessful"], bool) else ["3.20.14 executionSuccessful"]
    for result in run["results"]:
        faults += [] if ids[result["ruleIndex"]] == result["ruleId"] else ["3.27.6 ruleIndex"]
        faults += [] if result["message"]["text"] else ["3.27.11 message"]
        if (result["kind"] == "fail") is (result["level"] == "none"):
            faults.append("3.27.10 level")
        for location in result["locations"]:
            place = location["physicalLocation"]
            faults += [] if place["region"]["startLine"] >= 1 else ["3.30.5 startLine"]
            uri = place["artifactLocation"]["uri"]
            faults += [] if re.fullmatch(r"[a-z]+(/[a-z]+)*\.jsonl?", uri) else ["3.4.3 uri"]
            faults += [] if place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"] else ["3.4.4 base"]
    return faults


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb), WCAG 2.1."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
