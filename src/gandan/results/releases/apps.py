from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "gandan.results.releases"
    label = "releases"
