"""The plan of a call as one of its people follows it: in the words that a generator is told."""

from load.errors import LoadError
from load.generator.messages import Act, Behaves, Step
from load.models.callplan import Action, CallPlan, Habits, Party, plan_call

_ACTS: dict[Action, Act] = {
    "talks": "talks", "falls-silent": "falls-silent", "camera-on": "camera-on", "camera-off": "camera-off",
}  # fmt: skip
STANDING = 300.0  # seconds of a conversation that begins anew for as long as a call stands
_STAYS = Habits(no_show=0, early=0, late=0, hangs_up=0, reconnects=0)  # of those who come and go by a search's wish


def behaves(plan: CallPlan, party: Party, since: float, pace: float = 1.0) -> Behaves:
    """What a person does who joins, or comes back, at a second of a plan; ``pace`` divides all times."""
    if pace <= 0:
        raise LoadError(f"A pace of {pace:g} leads nowhere: give one above 0.")
    camera: Act = "camera-on"
    steps = []
    for event in plan.of(party):
        act = _ACTS.get(event.action)
        if event.at <= since and act in ("camera-on", "camera-off"):
            camera = act
        elif event.at >= since and act is not None:
            steps.append(Step(at=(event.at - since) / pace, does=act))
        elif event.at > since and event.action == "loses-connection":
            break
    return Behaves(steps=(Step(at=0, does="falls-silent"), Step(at=0, does=camera), *steps))


def standing(number: int, party: Party, partner: int) -> Behaves:
    """What a person does in the call of that number, which stands for as long as somebody wants it to."""
    plan = plan_call(STANDING, number, _STAYS)
    return behaves(plan, party, 0.0).model_copy(update={"every": plan.talk, "partner": partner})
