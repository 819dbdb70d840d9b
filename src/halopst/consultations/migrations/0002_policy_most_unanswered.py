from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_consultations")]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="most_unanswered",
            field=models.PositiveSmallIntegerField(
                default=3,
                verbose_name="permintaan satu pemohon yang boleh menunggu jawaban sekaligus",
            ),
        ),
    ]
