"""The table of backups that were taken."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BackupMade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("entries", models.PositiveBigIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("by", models.CharField(max_length=40)),
            ],
        ),
    ]
