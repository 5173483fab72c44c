"""The `gandan` command."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from gandan.config import database, serving
from gandan.config.environment import BadSetting
from gandan.config.fresh import unprepared

NO_SUCH = {"42P01", "42703"}  # table, column
WITHOUT_DATABASE = {"", "help", "version", "database", "check", "collectstatic", "findstatic", "makemessages", "compilemessages"}


def main() -> None:
    try:
        if serving.is_door(sys.argv[1:]):
            return serving.serve_door(sys.argv[2:])
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.config.settings")
        if needs_database(sys.argv[1:]):
            database.ensure_running()
        execute_from_command_line(["gandan", *sys.argv[1:]])
    except (BadSetting, database.DatabaseTrouble, serving.Ended) as trouble:
        sys.exit(str(trouble))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None):  # it answered, so this is a fault of ours
            raise
        sys.exit(f"The database doesn't answer. {str(error).strip()}")
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) in NO_SUCH and unprepared():
            sys.exit("The database isn't prepared for this version. Run: gandan database prepare")
        raise
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def needs_database(arguments: list[str]) -> bool:
    command = arguments[0] if arguments else ""
    return not (command in WITHOUT_DATABASE or command.startswith("-") or {"-h", "--help"} & set(arguments))


if __name__ == "__main__":
    main()
