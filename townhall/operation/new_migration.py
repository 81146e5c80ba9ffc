"""``python -m townhall.operation.new_migration [NAME]``: writes the step from the last one to the present models.

Without a name it writes the newest step anew, for as long as no release has carried it.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.operations import MigrateOperation, ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import DefaultClause, create_engine, text

from townhall.migrations import FOLDER, bring_up_to_date, revisions
from townhall.store import Base, Utc

_VERSIONS = FOLDER / "versions"


def write(name: str, revision: str, head: str) -> Path:
    """Write the step ``revision`` that leads from ``head`` to the models; return its file."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/present.db")
        bring_up_to_date(engine, head)
        with engine.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(FOLDER))
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            config.attributes.update(
                connection=connection, metadata=Base.metadata, directives=_fill_old_rows, render_item=_render
            )
            command.revision(config, message=name, autogenerate=True, rev_id=revision)
        engine.dispose()
    written = next(_VERSIONS.glob(f"{revision}_*.py"))
    # Alembic's hints for those who adjust by hand; there is nothing to adjust.
    written.write_text(re.sub(r"\n *# ###.*", "", written.read_text("utf-8")), "utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(written)], check=True)
    return written


def _render(kind: str, item: object, context: object) -> str | bool:
    """Render our own column type as what it is in the database, so that steps do not depend on our code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Utc) else False


def _fill_old_rows(context: MigrationContext, revision: object, directives: list[ops.MigrationScript]) -> None:
    """Give each column that is added and must not be empty its model's default, for the rows that are there already."""
    for script in directives:
        if script.upgrade_ops is not None:
            for operation in script.upgrade_ops.ops:
                _fill(operation)


def _fill(operation: MigrateOperation) -> None:
    if isinstance(operation, ops.OpContainer):
        for part in operation.ops:
            _fill(part)
    elif isinstance(operation, ops.AddColumnOp):
        column, default = operation.column, getattr(operation.column.default, "arg", None)
        if not column.nullable and column.server_default is None:
            if not isinstance(default, bool | str | int | float):
                raise SystemExit(f"{operation.table_name}.{column.name} needs a default for the rows that are there.")
            # A literal of the database: true and false are not numbers to PostgreSQL.
            literal = f"'{default}'" if isinstance(default, str) else str(default).lower()
            column.server_default = DefaultClause(text(literal))


def main(arguments: list[str]) -> int:
    """Write the step and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m townhall.operation.new_migration")
    parser.add_argument("name", nargs="?", default="", help="name of a new step; without it the newest is written anew")
    name = parser.parse_args(arguments).name
    known = revisions()
    if name:
        print(write(name, f"{len(known) + 1:04}", known[-1]))
        return 0
    newest = next(_VERSIONS.glob(f"{known[-1]}_*.py"))
    newest.unlink()
    print(write(newest.stem.partition("_")[2].replace("_", " "), known[-1], known[-2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
