from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "gandan.results.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
