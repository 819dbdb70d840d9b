from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0027_an_addendum_or_its_contract")]

    operations = [
        migrations.AddField(
            model_name="capoverride",
            name="withdrawn_reason",
            field=models.TextField(blank=True, max_length=1000, verbose_name="alasan ditolak atau ditarik"),
        )
    ]
