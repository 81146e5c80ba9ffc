"""Not everything by video, and not everything in the morning."""

from datetime import date, time, timedelta

import pytest

from harness.bench import Bench
from harness.targets.office import MovedHours, Slot
from scenarios import office_steps
from scenarios.privacy import Towns

THURSDAY = 3
AFTERNOON, EVENING = (time(14), time(16)), (time(18), time(20))


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Für den Ausweis wird ein Termin am Schalter gebucht", en="For an identity card, the counter is booked"
)
def test_counter_is_offered_and_booked(bench: Bench, towns: Towns) -> None:
    office, clerk = office_steps.office(bench), towns.clerk("winterbach")
    mail = office_steps.address(bench, "ludwig.lichtbild")
    slot = office.free_slots(clerk.page, "winterbach", "ausweis", first=office_steps.in_days(3))[0]
    reason, appointment = office.books_at_the_counter(
        clerk.page, "winterbach", "Ludwig Lichtbild", mail, "ausweis", slot
    )
    assert "Fingerabdrücke" in reason, f"the page does not say why it cannot be by video: {reason}"
    letter = office_steps.letter_without_link(bench, mail, 0, slot)
    for needed in ("Marktplatz 2", "73650 Winterbach", "biometrisches Lichtbild"):
        assert needed in letter.text, f"the mail does not name {needed!r}"
    assert letter.entry is not None
    assert "Marktplatz 2" in letter.entry.place, f"the calendar sends people to {letter.entry.place!r}"
    assert not office.offers_call(clerk.page, "winterbach", appointment), "an appointment at the counter offers a call"
    assert "invitation" not in office.deliveries(clerk.page, "winterbach", appointment)


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Kernen gibt einen Nachmittag her und öffnet dafür am Abend",
    en="Kernen gives an afternoon away and opens in the evening instead",
)
def test_afternoon_becomes_an_evening(bench: Bench, towns: Towns) -> None:
    office, page = office_steps.office(bench), towns.clerk("kernen").page
    thursday = office_steps.in_days(21)
    thursday += timedelta(days=(THURSDAY - thursday.weekday()) % 7)
    tuesday = thursday - timedelta(days=2)

    def free() -> list[Slot]:
        return list(office.free_slots(page, "kernen", "kita", first=tuesday))

    before, capacity = free(), office.capacity(page, "kernen", thursday)
    assert _within(before, thursday, *AFTERNOON), "Kernen has no afternoon that could be given away"
    assert not _within(before, tuesday, *EVENING), "Kernen is open that evening already"
    rule = office.moves_hours(page, "kernen", MovedHours(thursday, *AFTERNOON, tuesday, EVENING[0]))
    try:
        after = free()
        assert not _within(after, thursday, *AFTERNOON), "hours that were given away can still be booked"
        assert len(_within(after, tuesday, *EVENING)) == len(_within(before, thursday, *AFTERNOON))
        assert office.capacity(page, "kernen", thursday) == capacity, "moving hours changed how many there are"
    finally:
        office.takes_hours_back(page, "kernen", rule)
    assert free() == before, "the hours are not as they were when the rule is gone"


def _within(slots: list[Slot], day: date, opens: time, closes: time) -> list[Slot]:
    """The slots of a day between two times: slots carry the municipality's own time."""
    return [slot for slot in slots if slot.start.date() == day and opens <= slot.start.time() < closes]
