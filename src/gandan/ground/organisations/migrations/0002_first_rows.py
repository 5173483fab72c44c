from django.db import migrations

ACTORS = [
    ("clock", "Đồng hồ", "clock"),
    ("public", "Người dân", "public"),
    ("importer", "Nạp dữ liệu", "program"),
]


def add(apps, schema_editor):
    alias = schema_editor.connection.alias
    Person = apps.get_model("organisations", "Person")
    for username, name, nature in ACTORS:
        # A password that begins with "!" never matches: nobody signs in by these names.
        Person.objects.using(alias).create(username=username, name=name, nature=nature, password="!")
    apps.get_model("organisations", "TreeVersion").objects.using(alias).create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
