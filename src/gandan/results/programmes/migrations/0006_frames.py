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
        migrations.AlterField(
            model_name='draftpart',
            name='kind',
            field=models.CharField(choices=[('title', 'title'), ('period', 'period'), ('parties', 'parties'), ('basis', 'basis'), ('aims', 'aims'), ('content', 'content'), ('goal', 'goal'), ('task', 'task'), ('indicator', 'indicator'), ('duties', 'duties'), ('holding', 'holding')], max_length=9),
        ),
    ]
