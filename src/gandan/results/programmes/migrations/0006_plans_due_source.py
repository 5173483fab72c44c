from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0005_plan_duties'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='plans_due_source',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
