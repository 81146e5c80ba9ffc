"""A PDF's own words, read without a library: enough to see what it declares about itself."""

import re
import zlib


class Pdf:
    """``text`` is every object that is no picture, font or page content; streams of objects are unpacked."""

    def __init__(self, data: bytes) -> None:
        assert data.startswith(b"%PDF-1.7")
        parts = [re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)]
        for head, body in re.findall(rb"(<<[^>]*(?:>(?!>)[^>]*)*>>)\s*stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            if b"/ObjStm" in head or b"/XML" in head:
                parts.append(zlib.decompress(body) if b"/FlateDecode" in head else body)
        self.text = b"\n".join(parts).decode("latin-1")

    @property
    def pages(self) -> int:
        return len(re.findall(r"/Type\s*/Page\b(?!s)", self.text))

    @property
    def tags(self) -> list[str]:
        """The kinds of structure elements, in no order."""
        return re.findall(r"/Type\s*/StructElem\s*/S\s*/(\w+)", self.text)

    @property
    def alternatives(self) -> int:
        """How many elements have an alternative text."""
        return len(re.findall(r"/Alt\s*[(<]", self.text))
