"""Reads the text back from the papers that pdfkit made: enough of PDF for that, and no more."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(r"/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ", re.DOTALL)


class Paper:
    """A PDF file's ``text``, a line for each line on the paper, and how many ``pages`` it has."""

    def __init__(self, file: bytes) -> None:
        self.file = file
        self._objects = {int(number): body for number, body in _OBJECT.findall(file)}
        contents = [int(number) for number in re.findall(rb"/Contents (\d+) 0 R", file)]
        self.pages = len(contents)
        named = re.findall(rb"/(F\d+) (\d+) 0 R", file)
        fonts = {name.decode(): self._characters(int(number)) for name, number in named}
        self.text = "\n".join(_lines(self._stream(number).decode("latin-1"), fonts) for number in contents)

    def _stream(self, number: int) -> bytes:
        found = _STREAM.search(self._objects[number])
        assert found is not None
        return zlib.decompress(found[1])

    def _characters(self, font: int) -> dict[int, str]:
        """Glyph number -> text, from the font's ToUnicode map (ISO 32000-1, 9.10.3)."""
        found = re.search(rb"/ToUnicode (\d+) 0 R", self._objects[font])
        assert found is not None, "the text of this font cannot be copied or read aloud"
        characters: dict[int, str] = {}
        for start, listed in re.findall(r"<(\w+)> <\w+> \[(.*?)\]", self._stream(int(found[1])).decode("latin-1")):
            for place, code in enumerate(re.findall(r"<([\w ]*)>", listed)):
                characters[int(start, 16) + place] = bytes.fromhex(code).decode("utf-16-be")
        return characters


def _lines(content: str, fonts: dict[str, dict[int, str]]) -> str:
    lines, characters = [], next(iter(fonts.values()))
    for font, shown in _SHOWN.findall(content):
        if font:
            characters = fonts[font]
            continue
        glyphs = "".join(re.findall(r"<(\w*)>", shown))
        codes = [int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4)]
        lines.append("".join(characters[code] for code in codes))
    return "\n".join(lines)
