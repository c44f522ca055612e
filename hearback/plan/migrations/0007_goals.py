"""What is said of a goal that was replaced, and the version that whoever replaces one must have seen."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("plan", "0004_pain_points_move"),
    ]

    operations = [
        migrations.AddField("goal", "replaced_on", models.CharField(max_length=40, null=True)),
        migrations.AddField("goal", "replaced_reason", models.TextField(null=True)),
        migrations.AddField("goal", "replaced_decided_by", models.CharField(max_length=120, null=True)),
        migrations.AddField("goal", "version", models.PositiveIntegerField(default=1)),
        migrations.AddConstraint(
            "goal",
            models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by__isnull", False),
                    models.Q(("replaced_on", None), ("replaced_reason", None), ("replaced_decided_by", None)),
                    _connector="OR",
                ),
                name="goal_kept_says_nothing_of_being_replaced",
            ),
        ),
    ]
