from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0025_a_late_contract_can_end")]

    operations = [
        migrations.AddField(
            model_name="paymentline",
            name="is_raised",
            field=models.BooleanField(default=False, verbose_name="pajaknya ditambah karena tanpa NPWP"),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_raised", False), ("tax__gt", 0), _connector="OR"),
                name="only_tax_is_raised",
            ),
        ),
    ]
