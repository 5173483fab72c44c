from django.db import migrations


def add(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("promises", "Sweep").objects.using(alias).create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("promises", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
