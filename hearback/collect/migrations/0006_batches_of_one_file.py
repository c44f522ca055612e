from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collect', '0005_reversal_and_waiting'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='responsebatch',
            name='response_batch_once_per_file',
        ),
        migrations.AddConstraint(
            model_name='responsebatch',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True), ('reversed_at__isnull', True)), fields=('form', 'sha256'), name='response_batch_one_unfinished_per_file'),
        ),
    ]
