"""What must not travel in a bundle is taken out of a run's texts before they are sealed, and each kind is counted.

The people of a test are made up, and so are their names; keys were never written (``harness.sweep`` takes out what a
deployment's passwords left). What is looked for here is what a deployment may have mixed in: mail addresses of real
domains, passwords in addresses, tokens, public network addresses, users' names in paths. The same value gets the same
stand-in everywhere, so that what was alike still is.
"""

import ipaddress
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SKIPPED = "versions"  # of run.json: a version may look like a network address

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]{1,63}\.)+[A-Za-z]{2,24})(?![\w-])")
_MADE_UP = re.compile(
    r"(^|\.)(example(\.(com|org|net))?|test|invalid|localhost|local)$", re.IGNORECASE
)  # RFC 2606, 6761
_USERINFO = re.compile(r"(?<=://)[^/\s@\"'<>\\]{1,200}:[^/\s@\"'<>\\]{1,200}(?=@)")
_BEARER = re.compile(r"(?i)(?<=\bbearer )[\w.~+/=-]{8,}|(?<=\bbasic )[\w.~+/=-]{16,}")
_JWT = re.compile(r"\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*")
_QUERY = re.compile(
    r"(?i)(?<=[?&#;])((?:access_|id_|auth_?|api_?)?(?:token|key|secret|password|passwd|pwd|session|sessionid))"
    r"=([^&\s\"'<>#\\]{4,})"
)
_HOME = re.compile(r"(?<=/home/)[^/\s\"'<>\\]{1,64}|(?<=/Users/)[^/\s\"'<>\\]{1,64}")
_IPV4 = re.compile(r"(?<![\w.-])(?<!\w/)(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
# RFC 4291, 2.4: global unicast, as it is given out, is 2000::/3
_IPV6 = re.compile(r"(?<![\w:.])[23][0-9A-Fa-f]{3}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}(?![\w:])")
_DOCUMENTED = ("192.0.2.", "198.51.100.", "203.0.113.")  # RFC 5737
_PICTURE = re.compile(r"base64,[A-Za-z0-9+/=]{100,}")  # a report is mostly pictures, and reading them takes seconds
_STANDS_IN = "redacted"


@dataclass(slots=True)
class Redactor:
    """Takes values out of texts, and remembers what stands for which. ``counted`` is by (file, kind)."""

    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    _stands: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self, file: str, text: str, *, addresses: bool = True) -> str:
        """``text`` without what must not travel; ``addresses`` says whether network addresses are looked for."""

        def take(kind: str, new: Callable[[str, int], str] = _numbered) -> Callable[[re.Match[str]], str]:
            return lambda match: self._stand_in(file, kind, match[0], new)

        if "@" in text:
            text = _USERINFO.sub(take("password in an address"), text)
            text = _MAIL.sub(lambda match: match[0] if _made_up(match[1]) else take("mail address", _mail)(match), text)
        text = _JWT.sub(take("token"), _BEARER.sub(take("token"), text))
        if "=" in text:
            text = _QUERY.sub(lambda match: self._query(file, match), text)
        text = _HOME.sub(lambda match: match[0] if _taken(match[0]) else take("user's name in a path")(match), text)
        if addresses:
            text = _IPV4.sub(
                lambda match: take("network address", _ipv4)(match) if _public(match[0]) else match[0], text
            )
            text = _IPV6.sub(
                lambda match: take("network address", _ipv6)(match) if _public(match[0]) else match[0], text
            )
        return text

    def value(self, file: str, value: object) -> object:
        """As ``text``, for all strings of a JSON value; names of members stay."""
        if isinstance(value, str):
            return self.text(file, value)
        if isinstance(value, list):
            return [self.value(file, each) for each in value]
        if isinstance(value, dict):
            return {name: each if name == SKIPPED else self.value(file, each) for name, each in value.items()}
        return value

    def lines(self, file: str, text: str) -> str:
        """As ``value``, for a file with one JSON value a line; a line without anything to take out stays as it is."""
        return "".join(self._line(file, line) for line in text.splitlines(keepends=True))

    def _line(self, file: str, line: str) -> str:
        try:
            before = json.loads(line)
        except ValueError:
            return line  # the cut-off last line of a killed run, which no reader believes
        after = self.value(file, before)
        return line if after == before else json.dumps(after, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _query(self, file: str, match: re.Match[str]) -> str:
        if _taken(match[2]):
            return match[0]
        return f"{match[1]}={self._stand_in(file, 'token', match[2], _numbered)}"

    def _stand_in(self, file: str, kind: str, value: str, new: Callable[[str, int], str]) -> str:
        if _taken(value):
            return value
        if (kind, value) not in self._stands:
            number = 1 + sum(1 for known, _ in self._stands if known == kind)
            self._stands[kind, value] = new(value, number)
        self.counted[file, kind] += 1
        return self._stands[kind, value]


def found_in(text: str) -> Mapping[str, int]:
    """How often what kind would have to be taken out of a text; network addresses are not looked for."""
    redactor = Redactor()
    redactor.text("", _PICTURE.sub("base64,", text), addresses=False)
    return {kind: count for (_, kind), count in sorted(redactor.counted.items())}


def _taken(value: str) -> bool:
    return value.startswith(_STANDS_IN)


def _numbered(value: str, number: int) -> str:
    return f"{_STANDS_IN}-{number}"


def _mail(value: str, number: int) -> str:
    return f"{_STANDS_IN}-{number}@{_STANDS_IN}.invalid"


def _ipv4(value: str, number: int) -> str:
    block, last = divmod(number - 1, 254)
    return f"{_DOCUMENTED[block % len(_DOCUMENTED)]}{last + 1}"


def _ipv6(value: str, number: int) -> str:
    return f"2001:db8::{number:x}"


def _made_up(domain: str) -> bool:
    return _MADE_UP.search(domain) is not None


def _public(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False
