from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0002_keep_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='hold',
            name='right',
            field=models.CharField(default='handle_requests', max_length=40),
        ),
    ]
