from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import migrations
from django.db.models import BigIntegerField, F, Func, TextField, Value
from django.db.models.functions import Coalesce

CODES, SIGNATORIES = "one_classification_per_code_at_a_time", "one_signatory_per_role_at_a_time"
# A promise about codes of the archive, kept by the database itself, whoever writes:
#
#   a_classification_in_use_stays   one that a number of a letter carries, or a pattern that may have numbered
#                                   letters, is ended and never deleted
KEEP_USED = """
CREATE FUNCTION letters_keep_used_classifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM letters_numberpattern pattern LEFT JOIN units_unit office ON office.id = pattern.unit_id
        WHERE pattern.classification = OLD.code
            AND (upper_inf(OLD.period) OR pattern.valid_from < upper(OLD.period))
            AND (OLD.unit_id IS NULL OR OLD.unit_id IN (office.id, office.parent_id))
    ) OR EXISTS (
        SELECT FROM letters_letternumber number JOIN units_unit office ON office.id = number.unit_id
        WHERE strpos(number.text, OLD.code) > 0
            AND OLD.code = ANY (regexp_split_to_array(number.text, '[^A-Z0-9.]+'))
            AND OLD.period @> number.dated_on
            AND (OLD.unit_id IS NULL OR OLD.unit_id IN (office.id, office.parent_id))
    ) THEN
        RAISE EXCEPTION 'classification % is in use', OLD.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_classification_in_use_stays';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER keep_used_classifications BEFORE DELETE ON letters_classification
    FOR EACH ROW EXECUTE FUNCTION letters_keep_used_classifications();
"""
WITHOUT = """
DROP TRIGGER keep_used_classifications ON letters_classification;
DROP FUNCTION letters_keep_used_classifications;
"""


def alone(value):
    return Func(value, value, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def alone_word(name):
    return Func(F(name), F(name), Value("[]"), function="core_words", output_field=TextField())


class Migration(migrations.Migration):
    """Codes and roles are the same by their words, not by a hash; a code nobody used may be deleted."""

    dependencies = [("letters", "0006_codes_hold_for_a_time"), ("core", "0003_ranges_of_words")]

    operations = [
        migrations.RemoveConstraint("classification", CODES),
        migrations.AddConstraint(
            "classification",
            ExclusionConstraint(
                name=CODES,
                expressions=[
                    (alone(Coalesce(F("unit"), Value(0), output_field=BigIntegerField())), "&&"),
                    (alone_word("code"), "&&"),
                    ("period", "&&"),
                ],
            ),
        ),
        migrations.RemoveConstraint("signatory", SIGNATORIES),
        migrations.AddConstraint(
            "signatory",
            ExclusionConstraint(
                name=SIGNATORIES,
                expressions=[(alone(F("unit")), "&&"), (alone_word("role"), "&&"), ("period", "&&")],
            ),
        ),
        migrations.RunSQL(KEEP_USED, WITHOUT),
    ]
