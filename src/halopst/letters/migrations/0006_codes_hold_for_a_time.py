from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models
from psycopg.types.range import DateRange

# The promise about codes of the archive, kept by the database itself, whoever writes:
#
#   a_classification_is_ended_not_rewritten   only its last day is set, once; what carries it keeps its meaning
KEEP_CODES = """
CREATE FUNCTION letters_keep_classifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - ARRAY['period', 'updated_at'] = to_jsonb(NEW) - ARRAY['period', 'updated_at']
        AND (OLD.period = NEW.period OR (upper_inf(OLD.period) AND lower(OLD.period) = lower(NEW.period))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'classification % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_classification_is_ended_not_rewritten';
END $$;

CREATE TRIGGER keep_classifications BEFORE UPDATE ON letters_classification
    FOR EACH ROW EXECUTE FUNCTION letters_keep_classifications();
"""
WITHOUT = """
DROP TRIGGER keep_classifications ON letters_classification;
DROP FUNCTION letters_keep_classifications;
"""
# Every code so far is of Perka BPS 99/2018; by the year after it certainly held.
BEGAN = DateRange(date(2019, 1, 1), None)
NO_BASIS = "Dimasukkan sebelum dasar penetapan diminta"


# A table whose rows wait for their deferred checks cannot be altered.
SETTLE = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


def tell_the_truth(apps, schema_editor):
    """Codes hold since their regulation; what was entered without a basis says so."""
    apps.get_model("letters", "Classification").objects.update(period=BEGAN)
    for name in ("Signatory", "NumberPattern"):
        apps.get_model("letters", name).objects.exclude(basis__regex=r"\S").update(basis=NO_BASIS)


def alone(value):
    return models.Func(
        value,
        value,
        models.Value("[]"),
        function="int8range",
        output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
    )


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_signed_and_checked"), ("units", "0004_city")]

    operations = [
        migrations.AlterModelOptions("classification", {"ordering": ["code", "-period", "pk"]}),
        migrations.RemoveConstraint("classification", "one_classification_per_code"),
        migrations.AddField(
            "classification",
            "period",
            django.contrib.postgres.fields.ranges.DateRangeField(null=True, verbose_name="masa berlaku"),
        ),
        migrations.AddField(
            "classification",
            "unit",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classifications",
                to="units.unit",
            ),
        ),
        migrations.AlterField(
            "signatory",
            "basis",
            models.CharField(
                help_text="Nomor SK atau surat perintah.", max_length=200, verbose_name="dasar penetapan"
            ),
        ),
        migrations.RunPython(tell_the_truth, migrations.RunPython.noop),
        migrations.RunSQL(SETTLE, SETTLE),
        migrations.AlterField(
            "classification",
            "period",
            django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="masa berlaku"),
        ),
        migrations.AddConstraint(
            "classification",
            django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        alone(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("unit"), models.Value(0), output_field=models.BigIntegerField()
                            )
                        ),
                        "&&",
                    ),
                    (
                        alone(
                            models.Func(
                                models.F("code"), function="hashtext", output_field=models.BigIntegerField()
                            )
                        ),
                        "&&",
                    ),
                    ("period", "&&"),
                ],
                name="one_classification_per_code_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            "classification",
            models.CheckConstraint(
                condition=models.Q(("code__regex", r"^[A-Z]{2}(\.[0-9]{3,4})?$")),
                name="a_classification_has_a_code",
            ),
        ),
        migrations.AddConstraint(
            "classification",
            models.CheckConstraint(
                condition=models.Q(("basis__regex", r"\S"), ("title__regex", r"\S")),
                name="a_classification_names_itself_and_its_basis",
            ),
        ),
        migrations.AddConstraint(
            "classification",
            models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="a_classification_begins_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            "numberpattern",
            models.CheckConstraint(
                condition=models.Q(("basis__regex", r"\S")), name="a_number_pattern_names_its_basis"
            ),
        ),
        migrations.AddConstraint(
            "signatory",
            models.CheckConstraint(
                condition=models.Q(("basis__regex", r"\S")), name="a_signatory_names_its_basis"
            ),
        ),
        migrations.RunSQL(KEEP_CODES, WITHOUT),
    ]
