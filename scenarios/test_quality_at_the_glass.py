"""Picture, sound and a shared screen as people really get them: measured where they look and listen."""

import pytest

from harness.bench import Bench
from harness.glass_motion import GlassMeter
from harness.model.errors import TargetError
from scenarios import steps


@pytest.mark.needed_for("A02", alone=True)
@pytest.mark.story(
    de="Bild, Ton und geteilter Bildschirm werden gemessen, wie sie ankommen",
    en="Picture, sound and a shared screen are measured as they arrive",
)
def test_quality_at_the_glass(bench: Bench) -> None:
    journey = bench.deployment.journey
    clerk = bench.watcher("clerk")
    journey.clerk_logs_in(clerk.page, "winterbach")
    appointment = steps.mail_arrives(bench, steps.citizen_telephones(bench, clerk, "winterbach"))
    with bench.call(appointment, clerk, bench.watcher("citizen"), focus="quality") as call:
        steps.both_join(bench, call)
        meter = GlassMeter(call)
        meter.waits_for_pictures(1, "citizen", "clerk")
        bench.events.tell("call", f"measuring picture and sound of call {call.label}")
        meter.measures_faces()
        meter.finish()
        if bench.deployment.extras is None:
            raise TargetError("The calls of this target share no screen that could be measured.")
        bench.deployment.extras.shares_screen(clerk.page)
        meter.waits_for_pictures(2, "citizen")
        meter.measures_screen("clerk")
        steps.both_hang_up(bench, call)
