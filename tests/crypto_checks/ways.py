"""A clean run in which a few frames of one stream went another way: the first one, one in between, or all."""

from functools import cache

from harness.model.evidence import Evidence
from tests.flaws.beside import DIRECT, EXTRAS
from tests.flaws.plan import DOWNGRADED, StreamPlan, Way, clean_run
from tests.flaws.rendering import render

OTHER_WAYS = tuple(way for way in Way if way is not Way.SEALED)
SPANS = {"first": slice(0, 1), "one": slice(20, 21), "three": slice(20, 23), "all": slice(None)}
_PLACES = {
    "extras": (EXTRAS, "citizen", "audio"),
    "direct": (DIRECT, "clerk", "video"),
    "fault": ("winterbach-2", "citizen", "video"),
    "downgraded": (next(iter(DOWNGRADED)), "clerk", "audio"),
}
WAYS = {
    f"{way.name}, {span}, regular": ("kernen-1", "clerk", "video")
    for way in OTHER_WAYS
    for span in ("first", "one", "all")
} | {
    f"{way.name}, all, {name}": place
    for way in (Way.FORWARDED, Way.BARE, Way.SWALLOWED, Way.UNKNOWN)
    for name, place in _PLACES.items()
}
EVERY = ("BARE, first, every", "FORWARDED, one, every", "SWALLOWED, three, every", "UNKNOWN, first, every")


@cache
def evidence_with_way(name: str) -> Evidence:
    """The run of one name in ``WAYS``, or of ``EVERY`` stream of a call: nobody may change it."""
    way, span, _ = name.split(", ")
    run = clean_run()
    streams = [each for each in run.streams() if each.call == "kernen-1" or name not in EVERY]
    for stream in streams:
        if name in EVERY or _place(stream) == WAYS[name]:
            stream.ways[SPANS[span]] = [Way[way]] * len(stream.ways[SPANS[span]])
    return render(run)


def _place(stream: StreamPlan) -> tuple[str, str, str]:
    return stream.call, stream.party, stream.media
