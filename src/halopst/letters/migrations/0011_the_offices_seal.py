from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_numbered_ones_are_found_at_once")]

    operations = [
        migrations.AlterField(
            model_name="signing",
            name="method",
            field=models.CharField(
                choices=[
                    ("wet", "Tanda tangan basah"),
                    ("bsre", "Tanda tangan elektronik (BSrE)"),
                    ("seal", "Segel elektronik instansi (BSrE)"),
                ],
                max_length=4,
                verbose_name="cara",
            ),
        ),
        migrations.AddConstraint(
            model_name="signing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("method", "seal")), fields=("letter",), name="a_letter_is_sealed_once"
            ),
        ),
    ]
