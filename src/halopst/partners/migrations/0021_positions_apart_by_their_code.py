from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import migrations, models
from django.db.models import F, Func, Value

NAME = "one_position_per_code_at_a_time"
UNIT = Func(F("unit"), F("unit"), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
CODE = Func(F("code"), F("code"), Value("[]"), function="core_words", output_field=models.TextField())


class Migration(migrations.Migration):
    """Two positions are the same by their code, not by a hash of it."""

    dependencies = [("partners", "0020_caps_looked_up_once"), ("core", "0003_ranges_of_words")]

    operations = [
        migrations.RemoveConstraint("position", NAME),
        migrations.AddConstraint(
            "position",
            ExclusionConstraint(name=NAME, expressions=[(UNIT, "&&"), (CODE, "&&"), ("period", "&&")]),
        ),
    ]
