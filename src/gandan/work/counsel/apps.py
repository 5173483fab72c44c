from django.apps import AppConfig


class CounselConfig(AppConfig):
    name = "gandan.work.counsel"
    label = "counsel"
    default_auto_field = "django.db.models.BigAutoField"
