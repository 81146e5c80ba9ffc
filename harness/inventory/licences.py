"""Licences as SPDX names. Packages say theirs in three ways, two of them loosely."""

from email.message import Message

# what packages write in the old free field, where it is not SPDX already
_LOOSE = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "ISC License": "ISC",
}
_SPDX = frozenset({"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "PSF-2.0"})
_CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
}
# read in the packages' own licence files, because their metadata does not say which one it is, or not all
READ = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # axe-core is inside
    "colorama": "BSD-3-Clause",
    "dejavu-fonts-ttf": "Bitstream-Vera",
    "imageio-ffmpeg": "BSD-2-Clause AND GPL-3.0-or-later",  # a program is inside, which is run and not linked
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "png-js": "MIT",
    "pywin32": "PSF-2.0",  # for Windows alone, so its metadata is not at hand here
    "scipy": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "tqdm": "MPL-2.0 AND MIT",
}
# the programs of the distribution, from their packages' copyright files
PROGRAMS = {
    "ca-certificates": "MPL-2.0 AND GPL-2.0-or-later",
    "chromium": "BSD-3-Clause",
    "coturn": "BSD-3-Clause",
    "espeak-ng": "GPL-3.0-or-later",
    "firefox-esr": "MPL-2.0",
    "fonts-dejavu-core": "Bitstream-Vera",
    "iproute2": "GPL-2.0-only",
    "janus": "GPL-3.0-only",  # with an exception for OpenSSL
    "postgresql": "PostgreSQL",
    "python": "PSF-2.0",
    "tcpdump": "BSD-3-Clause",
    "tesseract-ocr": "Apache-2.0",
    "tesseract-ocr-deu": "Apache-2.0",
}


def licence_of(name: str, metadata: Message | None) -> str:
    """The licence of a Python package; empty where neither its metadata nor ``READ`` says it."""
    if metadata is None or name in READ:
        return READ.get(name, "")
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    loose = str(metadata.get("License") or "").strip()
    if loose in _SPDX or loose in _LOOSE:
        return _LOOSE.get(loose, loose)
    said = {_CLASSIFIERS[each] for each in metadata.get_all("Classifier") or () if each in _CLASSIFIERS}
    return said.pop() if len(said) == 1 else ""
