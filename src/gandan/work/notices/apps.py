from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gandan.work.notices"
    label = "notices"
