"""Print the API's description: `gandan openapi > src/gandan/faces/api/openapi.json` brings the snapshot up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from gandan.faces.api.door import api


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(api.description_text(), ending="")
