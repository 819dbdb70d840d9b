from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_stacks_of_scans")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="reopened_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="pembayaran dikembalikan"),
        ),
    ]
