"""The locustfile: one user is one desk, whose appointments follow one another.

    python -m locust -f load/swarm/locustfile.py --host http://127.0.0.1:8080 --mails MAILS --tenant lasthausen

It runs in one process, in several (``--processes``), or on several machines (``--master``, ``--worker``): each worker
has a generator of its own. docs/load.md has the whole guide.
"""

import itertools
import os
import secrets
from pathlib import Path
from typing import Any

from gevent.event import AsyncResult
from locust import HttpUser, constant, events, task
from locust.argument_parser import LocustArgumentParser
from locust.clients import HttpSession
from locust.env import Environment
from locust.exception import StopUser
from locust.runners import MasterRunner, WorkerRunner

from harness.model.errors import BenchError
from load.bots.town import Booked, Desk, invited
from load.models.callplan import plan_call
from load.swarm.bots import Bots
from load.swarm.naming import seed_of
from load.swarm.session import LocustWeb
from load.swarm.visit import Visit

WORKERS = 64  # at most: desks are dealt out among so many


class Worker:
    """What the users of this process share."""

    bots: "AsyncResult[Bots]" = AsyncResult()  # a generator takes seconds to start, and users may come before
    desks = itertools.count()


@events.init_command_line_parser.add_listener
def _options(parser: LocustArgumentParser) -> None:
    group = parser.add_argument_group("appointments")
    group.add_argument("--tenant", default="lasthausen", help="municipality of the desks", env_var="LOAD_TENANT")
    group.add_argument("--desks", default="amt{:04}", help="name of a clerk by number", env_var="LOAD_DESKS")
    group.add_argument("--mails", default="mails", help="folder in which its mails arrive", env_var="LOAD_MAILS")
    group.add_argument("--talk", type=float, default=60.0, help="seconds that a call lasts", env_var="LOAD_TALK")
    group.add_argument("--pace", type=float, default=1.0, help="divide all times of a call", env_var="LOAD_PACE")
    group.add_argument("--bots", type=int, default=200, help="bots in each worker, at most", env_var="LOAD_BOTS")
    group.add_argument(
        "--always", action="store_true", help="send sound and picture all the time", env_var="LOAD_ALWAYS"
    )
    group.add_argument("--seed", type=int, default=1, help="of the calls' plans", env_var="LOAD_SEED")


@events.init.add_listener
def _begin(environment: Environment, **_: Any) -> None:
    """Every process but the master's gets its generator before the first user comes."""
    if isinstance(environment.runner, MasterRunner):
        return
    options = environment.parsed_options
    assert options is not None
    try:
        Worker.bots.set(Bots(environment, options.bots))
    except BenchError as error:
        Worker.bots.set_exception(error)


@events.test_start.add_listener
def _deal(environment: Environment, **_: Any) -> None:
    """Deals the desks out: no two workers have the same."""
    runner = environment.runner
    first, step = (runner.worker_index, WORKERS) if isinstance(runner, WorkerRunner) else (0, 1)
    Worker.desks = itertools.count(first, step)


@events.quitting.add_listener
def _end(**_: Any) -> None:
    if Worker.bots.successful():
        Worker.bots.get().close()


class DeskUser(HttpUser):
    """A desk: its clerk logs in and books; that appointment is then held again and again, by another citizen.

    A desk has one appointment at a time, and the town hall lets nobody in before theirs: time does not run faster. When
    the appointment is over, the next one is booked.
    """

    wait_time = constant(1)

    def on_start(self) -> None:
        """The clerk logs in; the password comes by the environment, so that no list of processes shows it."""
        options = self.environment.parsed_options
        assert options is not None
        self.number, self.visits = next(Worker.desks), itertools.count()
        self.appointed: tuple[Booked, str] | None = None
        user = options.desks.format(self.number + 1)
        try:
            self.desk = Desk(LocustWeb(self.client), options.tenant, user, os.environ.get("LOAD_CLERK_PASSWORD", ""))
        except BenchError as error:
            self._failed("login", error)
            raise StopUser from error

    @task
    def appointment(self) -> None:
        """One appointment, from the link to the goodbye."""
        options = self.environment.parsed_options
        assert options is not None
        plan = plan_call(options.talk, seed_of(options.seed, self.number, next(self.visits)))
        bots = Worker.bots.get()
        citizen = HttpSession(self.host or "", self.environment.events.request, user=self)
        try:
            booked, link = self.appointed = self.appointed or self._book(Path(options.mails))
            Visit(self.desk, booked, link, citizen, bots, options.pace, options.always).follow(plan)
        except BenchError as error:
            self.appointed = None
            self._failed("appointment", error)
        finally:
            citizen.close()

    def _book(self, mails: Path) -> tuple[Booked, str]:
        """A booking and its link; the address is new each time, so that no earlier mail is taken for this one's."""
        mail = f"bot{self.number + 1}-{secrets.token_hex(4)}@example.org"
        booked = self.desk.books(f"Bot {self.number + 1}", mail)
        return booked, invited(mails, booked)

    def _failed(self, what: str, error: Exception) -> None:
        self.environment.events.request.fire(
            request_type="page", name=what, response_time=0, response_length=0, exception=error, context={}
        )
