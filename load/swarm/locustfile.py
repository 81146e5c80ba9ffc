"""The locustfile: one user is one desk, whose appointments follow one another.

    python -m locust -f load/swarm/locustfile.py --host http://127.0.0.1:8080 --mails MAILS --tenant lasthausen

It runs in one process, in several (``--processes``), or on several machines (``--master``, ``--worker``): each worker
has a generator of its own. docs/load.md has the whole guide.
"""

import itertools
import os
from pathlib import Path
from typing import Any

from locust import HttpUser, constant, events, task
from locust.argument_parser import LocustArgumentParser
from locust.clients import HttpSession
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from harness.model.errors import BenchError
from load.bots.town import Desk
from load.models.callplan import plan_call
from load.swarm.bots import Bots
from load.swarm.session import LocustWeb
from load.swarm.visit import Visit

WORKERS = 64  # at most: desks are dealt out among so many
_STATE: dict[str, Any] = {}


@events.init_command_line_parser.add_listener
def _options(parser: LocustArgumentParser) -> None:
    group = parser.add_argument_group("appointments")
    group.add_argument(
        "--tenant", default="lasthausen", help="municipality of the desks", env_var="LOAD_TENANT"
    )
    group.add_argument("--desks", default="amt{:04}", help="name of a clerk by number", env_var="LOAD_DESKS")
    group.add_argument("--mails", default="mails", help="folder in which its mails arrive", env_var="LOAD_MAILS")
    group.add_argument("--talk", type=float, default=60.0, help="seconds that a call lasts", env_var="LOAD_TALK")
    group.add_argument("--pace", type=float, default=1.0, help="divide all times of a call", env_var="LOAD_PACE")
    group.add_argument("--bots", type=int, default=200, help="bots in each worker, at most", env_var="LOAD_BOTS")
    group.add_argument("--seed", type=int, default=1, help="of the calls' plans", env_var="LOAD_SEED")


@events.test_start.add_listener
def _begin(environment: Environment, **_: Any) -> None:
    if isinstance(environment.runner, MasterRunner) or "bots" in _STATE:
        return
    options = environment.parsed_options
    assert options is not None
    _STATE["bots"] = Bots(environment, options.bots)
    worker = environment.runner.worker_index if isinstance(environment.runner, WorkerRunner) else 0
    _STATE["desks"] = itertools.count(worker, WORKERS)
    _STATE["visits"] = itertools.count()


@events.quitting.add_listener
def _end(**_: Any) -> None:
    if bots := _STATE.pop("bots", None):
        bots.close()


class DeskUser(HttpUser):
    """A desk: its clerk logs in once; one appointment after the other is booked, held and ended."""

    wait_time = constant(1)

    def on_start(self) -> None:
        """The clerk logs in; the password comes by the environment, so that no list of processes shows it."""
        options = self.environment.parsed_options
        assert options is not None
        self.number = next(_STATE["desks"])
        user = options.desks.format(self.number + 1)
        self.desk = Desk(LocustWeb(self.client), options.tenant, user, os.environ.get("LOAD_CLERK_PASSWORD", ""))

    @task
    def appointment(self) -> None:
        """One appointment, from the booking to the goodbye."""
        options = self.environment.parsed_options
        assert options is not None
        number = next(_STATE["visits"])
        plan = plan_call(options.talk, hash_of(options.seed, self.number, number))
        citizen = HttpSession(self.host or "", self.environment.events.request, user=self)
        visit = Visit(self.desk, citizen, _STATE["bots"], Path(options.mails), options.pace)
        try:
            visit.follow(plan, f"Bot {self.number}-{number}", f"bot{self.number}-{number}@example.org")
        except BenchError as error:
            self.environment.events.request.fire(
                request_type="page", name="appointment", response_time=0, response_length=0, exception=error, context={}
            )
        finally:
            citizen.close()


def hash_of(seed: int, desk: int, visit: int) -> int:
    """The plan's seed: the same run gives everybody the same calls, and no two calls the same."""
    return (seed * 1_000_003 + desk) * 1_000_003 + visit
