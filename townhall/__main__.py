"""The command line, ``python -m townhall COMMAND``: the service, what its operator needs, and a mail sink for tests."""

import argparse
import asyncio
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from townhall import mailsink, server
from townhall.errors import TownhallError
from townhall.flaws import FLAWS
from townhall.operation import commands
from townhall.settings import Settings, load


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m townhall", description="The reference video town hall.")
    commands = parser.add_subparsers(dest="command", required=True)
    # The settings' own options, with --help, come from the settings; only the file they start from is known here.
    serve = commands.add_parser("serve", add_help=False, help="run the service; --help lists every setting")
    serve.add_argument("--config", type=Path)
    sink = commands.add_parser("mailsink", help="run an SMTP server that keeps every mail as a file")
    sink.add_argument("--host", default="127.0.0.1")
    sink.add_argument("--port", type=int, default=0)
    sink.add_argument("--dir", type=Path, required=True)
    _add_operation(commands)
    flaws = commands.add_parser("flaws", help="list the built-in defects")
    flaws.add_argument("--json", action="store_true")
    return parser


def _add_operation(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The operator's commands; each takes the settings of ``serve`` as well, first of all --database-url."""
    migrate = commands.add_parser("migrate", help="bring the database up to date (serve does so by itself)")
    backup = commands.add_parser("backup", help="write all that the database holds to one file")
    restore = commands.add_parser("restore", help="put a backup's content into the database; stop the service first")
    restore.add_argument("--force", action="store_true", help="replace what the database holds")
    for command in (backup, restore):
        command.add_argument("file", type=Path)
    off = commands.add_parser("second-factor-off", help="let a clerk who lost their device in by password again")
    off.add_argument("tenant")
    off.add_argument("user")
    for command in (migrate, backup, restore, off):
        command.add_argument("--config", type=Path)


def _operate(options: argparse.Namespace, settings: Settings) -> str:
    match options.command:
        case "migrate":
            return commands.migrate(settings)
        case "backup":
            return commands.back_up(settings, options.file)
        case "restore":
            return commands.restore(settings, options.file, options.force)
    return commands.second_factor_off(settings, options.tenant, options.user)


def _print_flaws(as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(flaw) for flaw in FLAWS.values()], ensure_ascii=False))
        return
    for flaw in FLAWS.values():
        print(f"{flaw.name:20} {flaw.side:9} {' '.join(flaw.expects) or '-':16} {flaw.en}")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0, or 2 with one sentence on standard error."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and not hasattr(options, "config"):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        match options.command:
            case "serve":
                asyncio.run(server.serve(load(options.config, rest)))
            case "mailsink":
                asyncio.run(mailsink.run(options.host, options.port, options.dir))
            case "migrate" | "backup" | "restore" | "second-factor-off":
                print(_operate(options, load(options.config, rest)))
            case "flaws":
                _print_flaws(options.json)
    except TownhallError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    os.umask(0o077)  # database, log and backups are nobody else's on this machine
    sys.exit(main())
