from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "gandan.ground.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"
