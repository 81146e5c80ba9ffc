"""Progress on the console while a run works: where it is, and for how long."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from harness.cli.ci import unheard
from harness.events import Event, EventBus
from reports.text import clean


class Progress:
    """A live line on a terminal; plain lines, one a step, where output goes to a file or a CI log; never a command."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = console.is_terminal
        self._unheard = unheard(console)
        self._bar = Bar(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._last = ""
        self.bus = EventBus([self._heard])

    def __enter__(self) -> "Progress":
        self._unheard.__enter__()
        if self._live:
            self._bar.start()
            self._task = self._bar.add_task("starting", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._bar.stop()
        self._unheard.__exit__(kind, error, trace)

    def _heard(self, event: Event) -> None:
        text = clean(event.text)  # a target may have had its say in it
        if self._task is not None:
            if event.step == "scenario":
                self._bar.update(self._task, completed=event.done, total=event.total)
            self._bar.update(self._task, description=f"{event.step}: {text}")
        elif event.text != self._last:
            count = f" [{event.done + 1}/{event.total}]" if event.step == "scenario" else ""
            self._console.print(f"{event.step}{count}: {text}", soft_wrap=True, markup=False, highlight=False)
        self._last = event.text
