"""The command line: ``python -m townhall serve | mailsink | flaws``."""

import argparse
import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from townhall import mailsink, server
from townhall.errors import TownhallError
from townhall.flaws import FLAWS
from townhall.settings import load


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
    flaws = commands.add_parser("flaws", help="list the built-in defects")
    flaws.add_argument("--json", action="store_true")
    return parser


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
    if rest and options.command != "serve":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        match options.command:
            case "serve":
                asyncio.run(server.serve(load(options.config, rest)))
            case "mailsink":
                asyncio.run(mailsink.run(options.host, options.port, options.dir))
            case "flaws":
                _print_flaws(options.json)
    except TownhallError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
