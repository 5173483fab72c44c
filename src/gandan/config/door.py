"""Settings of the process that serves the door of the sealed channel: nothing of the rest of the product, no other database."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from whitenoise.responders import Headers

from gandan.config import database, keys, sealed
from gandan.config.database.routing import DOOR
from gandan.config.environment import text
from gandan.work.tips.rules import Costs

PACKAGE = Path(__file__).resolve().parent.parent
PAGES = PACKAGE / "faces" / "pages"

DEBUG = False
TIPS_PEPPER_FILE = str(keys.tips_pepper(text("GANDAN_TIPS_PEPPER_FILE", default="")))
SECRET_KEY = Path(TIPS_PEPPER_FILE).read_text().strip()  # signs nothing here: there is no session and no cookie
ALLOWED_HOSTS = text("GANDAN_TIPS_HOSTS", default="localhost 127.0.0.1 [::1]").split()
FORCE_SCRIPT_NAME = text("GANDAN_TIPS_PREFIX", default="").rstrip("/") or None
TIPS_EXIT = text("GANDAN_TIPS_EXIT", default="https://nchmf.gov.vn/")
TIPS_VAULT, TIPS_ROOT, TIPS_COSTS = sealed.vault(), sealed.root(), Costs()

INSTALLED_APPS = ["django.contrib.staticfiles", "gandan.work.tips"]
MIDDLEWARE = [
    "gandan.faces.pages.tips.frame.forget",
    "gandan.faces.pages.tips.frame.close",
    "gandan.faces.pages.tips.frame.own_name",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gandan.faces.pages.tips.frame.language",
    "gandan.faces.pages.tips.frame.Quiet",
]
ROOT_URLCONF = "gandan.faces.pages.tips.door_urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [PAGES / "templates"]}]
# No `default`: whatever reaches for another database than the door's fails.
DATABASES: dict[str, dict[str, Any]] = {"default": {}} | database.tips_databases(DOOR)
DATABASE_ROUTERS = ["gandan.config.database.routing.Router"]

# What is uploaded stays in memory: the usual handlers would put a larger file on the disk as it came.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 60 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# One line for a fault, with its kind and place. No address, no request, no value.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"plain": {"format": "%(levelname)s %(message)s"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "gandan": {"handlers": ["errors"], "level": "ERROR", "propagate": False},
        "django": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

LANGUAGE_CODE, USE_I18N, USE_TZ = "vi", True, True
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = text("GANDAN_TIME_ZONE", default="Asia/Ho_Chi_Minh")

STATIC_URL = "s/"
STATIC_ROOT = None
STATICFILES_DIRS = [PAGES / "static" / "pages"]
WHITENOISE_USE_FINDERS = True


def WHITENOISE_ADD_HEADERS_FUNCTION(headers: Headers, path: str, url: str) -> None:
    """Style and script are as little to be found in a browser's cache as the pages."""
    headers["Cache-Control"] = "no-store"
