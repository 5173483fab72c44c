from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "gandan.config"
    label = "config"
