"""Look at the ledger, post what waits, verify the chain, recount and rebuild the tallies."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from gandan.faces.cli.console import DeskCommand
from gandan.ground.ledger import operations, queries


class Command(DeskCommand):
    help = __doc__ or ""
    verbs = {
        "state": "say how much the ledger holds and where the chain ends",
        "post": "post all that waits",
        "verify": "walk along the chain and recompute every digest",
        "check": "recount tallies taken at random from their events",
        "rebuild": "throw the tallies away and build them from the events",
        "event": "show one event",
    }

    def arguments_check(self, parser: CommandParser) -> None:
        parser.add_argument("--cells", type=int, default=1000, help="how many tallies to recount (%(default)s)")

    def arguments_event(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMBER")

    def run_state(self, options: dict[str, Any]) -> queries.LedgerState:
        return queries.state()

    def run_post(self, options: dict[str, Any]) -> dict[str, int]:
        total, waiting = 0, queries.state().pending
        with self.progress("Posting") as moved:
            while posted := operations.post():
                total += posted
                moved(total, max(total, waiting))
        return {"posted": total}

    def run_verify(self, options: dict[str, Any]) -> dict[str, Any]:
        with self.progress("Verifying") as moved:
            found = queries.verify(progress=moved)
        return {
            "holds": found.holds,
            "postings": found.postings,
            "events": found.events,
            "last": found.last,
            "faults": found.faults,
        }

    def fault_verify(self, answer: dict[str, Any]) -> str:
        faults = [f"{f.what} at posting {f.posting}" if f.posting else f"{f.what} ({f.count})" for f in answer["faults"][:20]]
        return "" if answer["holds"] else f"The chain does not hold: {', '.join(faults)}."

    def show_verify(self, answer: dict[str, Any]) -> None:
        last = answer["last"]
        end = f", the last with digest {last.digest.hex()}" if last else ""
        self.stdout.write(f"The chain holds: {answer['postings']} postings, {answer['events']} events{end}.")

    def run_check(self, options: dict[str, Any]) -> dict[str, Any]:
        found = operations.check_cells(cells=options["cells"])
        differ = [
            {"start": d.start, "unit": d.unit_id, "facet_set": d.facet_set_id, "tally": d.tallied, "events": d.recounted}
            for d in found
        ]
        return {"differences": len(found), "cells": differ}

    def fault_check(self, answer: dict[str, Any]) -> str:
        if not answer["differences"]:
            return ""
        cells = "; ".join(", ".join(f"{name} {value}" for name, value in cell.items()) for cell in answer["cells"][:20])
        return f"{answer['differences']} tallies differ from their events: {cells}. Put them right with `gandan ledger rebuild`."

    def run_rebuild(self, options: dict[str, Any]) -> dict[str, int]:
        return {"tallies": operations.rebuild_tallies()}

    def run_event(self, options: dict[str, Any]) -> queries.EventRow:
        found = queries.event(options["number"])
        if found is None:
            raise CommandError(f"There is no event {options['number']}.")
        return found
