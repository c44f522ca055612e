"""What is said of a goal that was replaced, with its version; and which success measures work is to move."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("plan", "0006_action_plans"),
    ]

    operations = [
        migrations.AddField("goal", "replaced_on", models.CharField(max_length=40, null=True)),
        migrations.AddField("goal", "replaced_reason", models.TextField(null=True)),
        migrations.AddField("goal", "replaced_decided_by", models.CharField(max_length=120, null=True)),
        migrations.AddField("goal", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "strategy", "success_measures", models.ManyToManyField(related_name="+", to="plan.successmeasure")
        ),
        migrations.AddField(
            "project", "success_measures", models.ManyToManyField(related_name="+", to="plan.successmeasure")
        ),
        migrations.AddConstraint(
            "goal",
            models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by__isnull", False),
                    models.Q(("replaced_decided_by", None), ("replaced_on", None), ("replaced_reason", None)),
                    _connector="OR",
                ),
                name="goal_kept_says_nothing_of_being_replaced",
            ),
        ),
    ]
