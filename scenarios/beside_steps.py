"""The steps of stories about what a call offers beside picture and sound."""

from contextlib import closing

from harness.bench import Bench
from harness.beside import Beside
from harness.call import Call
from harness.media.shared import open_shared_page
from harness.model.errors import TargetError
from harness.person import Person

INTERPRETER = "Amina Dolmetsch"
TOGETHER = 4.0  # seconds of a call of three: those who were there before must have changed their keys for it


def beside(bench: Bench, call: Call) -> Beside:
    """The hands and eyes of the bench beside the picture; leave it before the call is left."""
    if bench.deployment.extras is None:
        raise TargetError("The calls of this target offer nothing beside picture and sound.")
    return Beside(call, bench.deployment.extras)


def clerk_shares_the_screen(bench: Bench, call: Call, beside: Beside) -> None:
    """A tab of the clerk's browser is shared; the citizen sees it, and it moves for a while."""
    bench.events.tell("call", "the clerk shares the screen")
    with closing(open_shared_page(call.clerk.context, "clerk", bench.canaries.token)):
        call.clerk.page.bring_to_front()
        beside.shares_screen("clerk")
        call.watch(2.0)


def citizen_mutes_and_unmutes(bench: Bench, call: Call, beside: Beside) -> None:
    """The microphone goes off, and on again."""
    bench.events.tell("call", "the citizen mutes and unmutes")
    beside.mutes("citizen")
    call.watch(0.5)
    beside.unmutes("citizen")
    call.watch(1.5)


def they_write_and_share(bench: Bench, call: Call, beside: Beside) -> None:
    """The form by both at once, a line of chat, a caption, a file; then the servers' memory is searched."""
    bench.events.tell("call", "form, chat, captions and a file")
    beside.fill_in_together("clerk", "citizen")
    beside.writes("citizen", "chat")
    beside.writes("clerk", "caption")
    beside.shares_file("citizen")
    bench.events.tell("search", "searching the memory of every server")
    call.search_memory()


def interpreter_comes_and_goes(bench: Bench, call: Call, beside: Beside) -> None:
    """A third person is invited during the call, joins, is seen by all, and leaves; the call of two goes on."""
    interpreter_comes(bench, call, beside)
    call.watch(TOGETHER)
    beside.look_who_is_there("citizen", "clerk", "guest")
    beside.leaves("guest")
    beside.look_who_is_there("citizen", "clerk")


def interpreter_comes(bench: Bench, call: Call, beside: Beside) -> Person:
    """A third person is invited during the call, and joins it."""
    bench.events.tell("call", "an interpreter joins")
    extras, appointment = bench.deployment.extras, call.appointment
    assert extras is not None
    guest = bench.guest()
    mail = f"dolmetsch+{bench.next_number()}@example.org"
    link = extras.invites(call.clerk.page, appointment.tenant, appointment.id, INTERPRETER, mail)
    beside.third_person(guest, link)
    return guest


def the_two_talk_on(bench: Bench, beside: Beside) -> None:
    """Long enough to say what the interpreter, who has left, can still open."""
    bench.events.tell("call", "the two talk on without the interpreter")
    beside.talk_on_without("guest")
