"""The screen that a party shares: a page of its own with the party's canary, which moves a few times a second."""

import base64
import io
from itertools import islice

from PIL import Image
from playwright.sync_api import BrowserContext, Page

from harness.media.picture import pictures

SHARED_TITLE = "Pruefstand Bildschirm"  # by its title the bench's browsers know which tab is to be shared
SIZE = (640, 360)
_PICTURES = 8
_MILLISECONDS = 200

_PAGE = """<!doctype html><html lang="de"><title>{title}</title>
<style>html, body {{ margin: 0; background: white; overflow: hidden }} img {{ display: block }}</style>
<img id="shown" width="{width}" height="{height}" alt="">
<script>
const all = {pictures};
let at = 0;
setInterval(() => {{ shown.src = all[at++ % all.length]; }}, {milliseconds});
</script></html>"""


def open_shared_page(context: BrowserContext, party: str, token: str) -> Page:
    """Opens the page in a party's browser, where sharing a screen will take it. Close it after use."""
    page = context.new_page()
    page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    shown = [_data_url(picture) for picture in islice(pictures(party, token), _PICTURES)]
    page.set_content(
        _PAGE.format(title=SHARED_TITLE, width=SIZE[0], height=SIZE[1], pictures=shown, milliseconds=_MILLISECONDS)
    )
    return page


def _data_url(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
