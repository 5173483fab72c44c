from django.apps import AppConfig


class DemocracyConfig(AppConfig):
    name = "gandan.work.democracy"
    label = "democracy"
    default_auto_field = "django.db.models.BigAutoField"
