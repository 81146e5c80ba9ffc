"""What people do in a call beside picture and sound, as the bench does it with them and notes it."""

import time
from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from types import TracebackType
from typing import Literal

from playwright.sync_api import Page

from harness.call import Call
from harness.model.errors import TargetError
from harness.model.observations import CanaryText, Media, MemberChange, TextChannel, TrackChange
from harness.person import Person
from harness.roster import Roster
from harness.staying import Staying
from harness.targets.extras import Extras
from harness.texts import TextCanary, file_canary, text_canary
from harness.vantage.keyboard import Keyboard
from harness.wait import PATIENCE, wait_until

_PAUSE_MS = 200  # between two looks at whether those who stay have sent enough
Line = Literal["chat", "caption"]


class Beside:
    """The screen, the mute button, form, chat, file and captions of one call, and the people in it.

    Use as a context manager inside the call; leaving it notes what became of the texts.
    """

    def __init__(self, call: Call, extras: Extras) -> None:
        self._call = call
        self._extras = extras
        self._roster = Roster(call, extras)

    def __enter__(self) -> "Beside":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for text in self._call.texts:
            self._call.noted.append(
                CanaryText(
                    call=self._call.label, party=text.party, what=text.what, text_id=text.id,
                    arrived=tuple(text.arrived),
                )
            )  # fmt: skip
        self._roster.finish()

    def shares_screen(self, party: str) -> None:
        """A party shares its screen; the others' pages get it."""
        self._changes(party, "screen", "started", self._extras.shares_screen)
        for other in self._others(party):
            self._extras.sees_screen(self._page(other))

    def mutes(self, party: str) -> None:
        """A party switches its microphone off."""
        self._changes(party, "audio", "muted", self._extras.mutes)

    def unmutes(self, party: str) -> None:
        """A party switches its microphone on again."""
        self._changes(party, "audio", "unmuted", self._extras.unmutes)

    def _changes(
        self,
        party: str,
        media: Media,
        change: Literal["started", "muted", "unmuted"],
        does: Callable[[Page], None],
    ) -> None:
        at = time.time()  # of the click: what is sent after it is sent after the change
        does(self._page(party))
        self._call.noted.append(TrackChange(call=self._call.label, party=party, media=media, change=change, at=at))

    def fill_in_together(self, *parties: str) -> None:
        """The clerk opens the form; all type into it at once, key by key, until all see what all have typed."""
        self._extras.opens_form(self._page("clerk"))
        texts = [text_canary("form", party, umlauts=number > 0) for number, party in enumerate(parties)]
        self._call.texts += texts
        for text in texts:
            self._extras.begins_field(self._page(text.party), text.party)
        for letters in zip_longest(*(text.text for text in texts), fillvalue=""):
            for text, letter in zip(texts, letters, strict=True):
                self._page(text.party).keyboard.type(letter)
        for text in texts:
            self._arrives(text, partial(self._extras.field_of, party=text.party))

    def writes(self, party: str, what: Line) -> None:
        """A party writes a line by keyboard; it is noted who got it, and whether their page announces it."""
        text = text_canary(what, party)
        self._call.texts.append(text)
        keyboard = Keyboard(self._page(party))
        keyboard.reach(self._extras.input_of(what), f"the field for the {what}")
        keyboard.write(text.text)
        keyboard.press("Enter")
        try:
            self._arrives(text, partial(self._extras.lines, what=what))
        finally:
            for other in self._others(party):
                self._call.noted.append(
                    TextChannel(
                        call=self._call.label, party=party, what=what, to=other, arrived=other in text.arrived,
                        by_keyboard=True, announced=self._extras.announces(self._page(other), what),
                    )
                )  # fmt: skip

    def shares_file(self, party: str) -> None:
        """A party shares a file; the others fetch it and get it byte by byte."""
        shared = file_canary(party)
        self._call.texts.append(shared)
        file = self._call.canaries.folder / f"{self._call.label}-{shared.id}.bin"
        file.write_bytes(shared.body)
        self._extras.shares_file(self._page(party), file)
        for other in self._others(party):
            if self._extras.fetches_file(self._page(other)) != shared.body:
                raise TargetError(f"The file that the {other} fetched is not the one that the {party} shared.")
            shared.arrived.append(other)

    def third_person(self, guest: Person, link: str) -> None:
        """The guest follows the invitation, and the clerk lets the guest in."""
        self._call.people[guest.party] = guest
        self._extras.guest_comes(guest.page, link)
        self._comes_or_goes(guest.party, "joined")
        self._extras.admits_guest(self._page("clerk"))
        self._call.deployment.journey.waits_for(guest.page, "connected")

    def leaves(self, party: str) -> None:
        """A party hangs up; the others stay."""
        self._comes_or_goes(party, "left")
        self._call.deployment.journey.hangs_up(self._page(party))

    def _comes_or_goes(self, party: str, change: Literal["joined", "left"]) -> None:
        self._call.noted.append(MemberChange(call=self._call.label, party=party, change=change, at=time.time()))

    def talk_on_without(self, party: str) -> None:
        """Those who stay talk on until enough was sent to say what who left can still open (see ``Staying``)."""
        left = [seen.at for seen in self._call.noted if isinstance(seen, MemberChange) and seen.change == "left"]
        staying = Staying([person for other, person in self._call.people.items() if other != party], left[-1])
        while not staying.enough(time.time()):
            self._page("clerk").wait_for_timeout(_PAUSE_MS)
            self._call.flush()
            for other in self._others(party):
                self._is_still_there(other)

    def _is_still_there(self, party: str) -> None:
        journey, page = self._call.deployment.journey, self._page(party)
        if journey.state(page) in ("ended", "failed"):
            raise TargetError(f"The {party} is not in the call any more; the page says: {journey.message(page)}")

    def look_who_is_there(self, *parties: str) -> None:
        """Notes whom every page shows and to whom the media server gives media, with these people in the call."""
        self._roster.look(*parties)

    def _arrives(self, text: TextCanary, shown: Callable[[Page], str]) -> None:
        for other in self._others(text.party):
            page = self._page(other)
            what = f"Arrival of the {text.party}'s {text.what} at the {other}"
            wait_until(partial(_shows, text.text, shown, page), what, PATIENCE)
            text.arrived.append(other)

    def _page(self, party: str) -> Page:
        return self._call.people[party].page

    def _others(self, party: str) -> list[str]:
        return [other for other in self._call.people if other != party]


def _shows(text: str, shown: Callable[[Page], str], page: Page) -> bool:
    return text in shown(page)
