from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "gandan.ground.messages"
    label = "outbox"  # Django has a "messages" of its own
    default_auto_field = "django.db.models.BigAutoField"
