from django.apps import AppConfig


class ReliefConfig(AppConfig):
    name = "gandan.work.relief"
    label = "relief"
    default_auto_field = "django.db.models.BigAutoField"
