"""Which names a sealed file may have: those that mean the same file on every machine, and nothing outside a folder."""

import re
import unicodedata

SEAL = "seal.dsse.json"
LONGEST = 200  # characters; room for a folder before it where paths end at 260
LONGEST_PART = 255  # bytes between two slashes (NAME_MAX of Linux)
_DRIVE = re.compile("^[A-Za-z]:")
_FORBIDDEN = frozenset('\\:*?"<>|')
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def fault_of(name: str) -> str:
    """Why ``name`` may not be sealed, as the end of "its name …"; empty where nothing speaks against it."""
    if not name or len(name) > LONGEST:
        return f"is empty or longer than {LONGEST} characters"
    if name == SEAL:
        return "is the seal's own"
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for char in name):
        return "holds characters that cannot be seen"
    if unicodedata.normalize("NFC", name) != name:
        return "is not in Unicode's normal form C"
    if name.startswith("/") or _DRIVE.match(name):
        return "is absolute"
    if _FORBIDDEN & set(name):
        return "holds characters that other systems do not allow"
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return "leaves its folder or is not plain"
    if any(len(part.encode()) > LONGEST_PART for part in parts):
        return f"has a part of more than {LONGEST_PART} bytes"
    if any(part.endswith((" ", ".")) or part.startswith(" ") or _DEVICES.match(part) for part in parts):
        return "means something else on other systems"
    return ""


def shown(name: str) -> str:
    """A name for people: one line, whatever cannot be seen as an escape, cut where it is too long."""
    seen = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"
