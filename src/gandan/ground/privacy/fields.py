"""Columns whose content is sealed, and columns by which an exact value in them is found.

    phone = SealedTextField(blank=True, default="")
    phone_index = BlindIndexField(of="phone", normaliser=Normaliser.PHONE)

    Dossier.objects.filter(phone_index="0909 123 456")

To a migration both are plain binary columns. An empty text is an empty value; it isn't sealed, so that a constraint can ask
for it (`Q(phone=b"")`). `save(update_fields=…)` names the index beside its column: `bulk_update` and `update` don't fill it.
See docs/decisions/sealed-columns.md.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.lookups import Exact, IsNull

from gandan.ground.privacy.rules import KEY_AT, NORMALISERS, Keyring, Normaliser, UnknownKey, read_keys

if TYPE_CHECKING:
    Column = models.Field[Any, Any]
    AnyLookup = Lookup[Any]
else:
    Column, AnyLookup = models.Field, Lookup


@lru_cache(maxsize=1)
def keyring() -> Keyring:
    """Return the keys in use: those of the environment, or else of the file. A process reads them once."""
    return Keyring(read_keys(settings.FIELD_KEYS or Path(settings.FIELD_KEYS_FILE).read_text()))


def seal(text: str, place: str) -> str:
    """Seal a text that is kept in somebody else's table. `place` names where it belongs, as `table.column`."""
    return base64.b64encode(keyring().seal(text, place.encode())).decode()


def unseal(sealed: str, place: str) -> str:
    """Open such a text.

    :raises SealBroken: if it was changed, or belongs to another place
    """
    return _opened(base64.b64decode(sealed), place.encode())


def resealed(sealed: str, place: str) -> str | None:
    """Return such a text under the newest key; None if it is under it already."""
    old = base64.b64decode(sealed)
    return None if old[KEY_AT] == keyring().newest else seal(_opened(old, place.encode()), place)


def _opened(sealed: bytes, place: bytes) -> str:
    try:
        return keyring().open(sealed, place)
    except UnknownKey:  # it may have been added since this process began
        keyring.cache_clear()
        return keyring().open(sealed, place)


class _Binary(Column):
    """What both columns share: binary to the database and to migrations, bound to their table and column."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if kwargs.get("default") == "":
            kwargs["default"] = b""
        return name, "django.db.models.BinaryField", args, kwargs

    @property
    def place(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()


class SealedTextField(_Binary):
    """A text that the database holds only sealed. It can't be searched or sorted by; see BlindIndexField.

    :param once_plain: it stood there in the clear once: `gandan database prepare` seals what is left from then
    """

    def __init__(self, *args: Any, once_plain: bool = False, **kwargs: Any) -> None:
        self.once_plain = once_plain
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        if value is None:
            return None
        sealed = bytes(value)
        return _opened(sealed, self.place) if sealed else ""

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return super().get_db_prep_save(value, connection)
        return keyring().seal(str(value), self.place) if value else b""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value in (None, "", b""):
            return None if value is None else b""
        raise FieldError(f"{self.name} is sealed: nothing can be looked for in it.")

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        if lookup_name in {"exact", "isnull"}:
            return cast("type[Lookup[Any]]", {"exact": Exact, "isnull": IsNull}[lookup_name])
        raise FieldError(f"{self.name} is sealed: it can't be asked for {lookup_name}.")

    def get_default(self) -> Any:
        return "" if self.default in ("", b"") or not (self.has_default() or self.null) else super().get_default()

    def to_python(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")


class BlindIndexField(_Binary):
    """By what an exact value of a sealed column is found: a keyed digest of it, filled when the row is saved."""

    def __init__(self, *, of: str = "", normaliser: Normaliser = Normaliser.EXACT, **kwargs: Any) -> None:
        self.of, self.normaliser = of, normaliser
        super().__init__(**{"editable": False, "default": b"", **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        found = self.digest(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, found)
        return found

    def digest(self, text: str) -> bytes:
        """Return by what a text is found; nothing for nothing."""
        normal = NORMALISERS[self.normaliser](text)
        return keyring().index(normal, self.place) if normal else b""

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        if lookup_name == "isnull":
            return cast("type[Lookup[Any]]", IsNull)
        if lookup_name != "exact":
            raise FieldError(f"{self.name} finds exact values only.")
        return _Found

    def digests(self, text: str) -> list[bytes]:
        normal = NORMALISERS[self.normaliser](text)
        return keyring().indexes(normal, self.place) if normal else [b""]


class _Found(AnyLookup):
    """`phone_index="0909 123 456"`: under whichever key the row stands."""

    lookup_name = "exact"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        field = cast("BlindIndexField", self.lhs.output_field)
        lhs, params = self.process_lhs(compiler, connection)
        wanted = [self.rhs] if isinstance(self.rhs, bytes) else field.digests(str(self.rhs))
        return f"{lhs} = ANY(%s)", [*params, wanted]
