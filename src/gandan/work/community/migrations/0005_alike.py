from django.db import migrations, models

MARK = """
    UPDATE community_activity SET alike = true
    WHERE merged_into_id IS NULL AND withdrawn_on IS NULL AND EXISTS (
        SELECT FROM community_activity other
        WHERE other.area_id = community_activity.area_id AND other.day = community_activity.day
            AND other.form = community_activity.form AND other.id <> community_activity.id
            AND (other.unit_id <> community_activity.unit_id OR other.topic = community_activity.topic)
            AND other.merged_into_id IS NULL AND other.withdrawn_on IS NULL
    )
"""


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0004_activities_of_models'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='alike',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('merged_into__isnull', True), ('withdrawn_on__isnull', True), ('alike', True)), fields=['-day', '-id'], name='activity_alike'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('merged_into__isnull', True), ('withdrawn_on__isnull', True)), fields=['day'], include=('area', 'unit', 'form', 'topic', 'heads'), name='activity_where'),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop, elidable=True),
    ]
