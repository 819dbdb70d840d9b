import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

# Promises about money, kept by the database itself, whoever writes:
#
#   honor_has_a_budget_line_of_its_year      a month is paid from the line its activity has for that year; the share
#                                            says which, and gives it back when it goes
#   a_part_is_paid_from_its_years_line       that line is of the activity's office and of that year
#   an_assignment_is_priced_in_its_year      its duty's price is of the year of the registration
#   what_assignments_rest_on_keeps_its_terms a part keeps its line while months of its year are paid from it
#
# What was charged before stays charged where it was, also January to the old year's line, until somebody
# chooses the new year's.
PARTS = """
CREATE OR REPLACE FUNCTION partners_own_the_share() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    registered integer;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('partners'), hashtext('caps'));
    SELECT registration.person_id, registration.year, part.budget_line_id
        INTO NEW.person_id, registered, NEW.budget_line_id
        FROM partners_assignment assignment
        JOIN partners_registration registration ON registration.id = assignment.registration_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        LEFT JOIN partners_activitypart part
            ON part.activity_id = duty.activity_id AND part.year = extract(year FROM NEW.month)
        WHERE assignment.id = NEW.assignment_id;
    IF registered <> extract(year FROM NEW.month) THEN
        RAISE EXCEPTION 'a share of % under a registration of %', NEW.month, registered
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_share_is_of_the_year_of_its_registration';
    END IF;
    IF NEW.budget_line_id IS NULL THEN
        RAISE EXCEPTION 'no budget line pays % of assignment %', NEW.month, NEW.assignment_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honor_has_a_budget_line_of_its_year';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION partners_guard_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('partners'), hashtext('caps'));
    FOR one IN SELECT DISTINCT person_id, month FROM moved ORDER BY person_id, month LOOP
        PERFORM partners_weigh(one.person_id, one.month);
    END LOOP;
    IF EXISTS (
        SELECT FROM moved
        JOIN partners_assignment assignment ON assignment.id = moved.assignment_id
        JOIN partners_approval approval ON approval.registration_id = assignment.registration_id
            AND approval.month = moved.month AND approval.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'an approved month changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_approved_month_is_withdrawn_before_it_changes';
    END IF;
    FOR one IN
        SELECT budget_line_id AS line, sum(amount) AS amount FROM moved
        GROUP BY budget_line_id ORDER BY budget_line_id
    LOOP
        UPDATE partners_budgetline SET used = used + sign * one.amount, updated_at = now() WHERE id = one.line;
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_activity FOR EACH ROW
    WHEN ((OLD.kind, OLD.unit_id) IS DISTINCT FROM (NEW.kind, NEW.unit_id))
    EXECUTE FUNCTION partners_keep_terms();

CREATE FUNCTION partners_match_the_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM partners_activity activity, partners_budgetline line
        WHERE activity.id = NEW.activity_id AND line.id = NEW.budget_line_id
            AND line.unit_id = activity.unit_id AND line.year = NEW.year
            AND activity.period && daterange(make_date(NEW.year, 1, 1), make_date(NEW.year + 1, 1, 1))
    ) THEN
        RAISE EXCEPTION 'line % does not pay % of activity %', NEW.budget_line_id, NEW.year, NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_part_is_paid_from_its_years_line';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_part BEFORE INSERT OR UPDATE ON partners_activitypart
    FOR EACH ROW EXECUTE FUNCTION partners_match_the_part();

CREATE FUNCTION partners_keep_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('partners'), hashtext('caps'));
    IF EXISTS (
        SELECT FROM partners_share share
        JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        WHERE duty.activity_id = OLD.activity_id AND share.budget_line_id = OLD.budget_line_id
            AND extract(year FROM share.month) = OLD.year
    ) THEN
        RAISE EXCEPTION 'months of % of activity % are paid', OLD.year, OLD.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_assignments_rest_on_keeps_its_terms';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER keep_parts BEFORE DELETE ON partners_activitypart
    FOR EACH ROW EXECUTE FUNCTION partners_keep_parts();
CREATE TRIGGER keep_part BEFORE UPDATE ON partners_activitypart FOR EACH ROW
    WHEN ((OLD.activity_id, OLD.year, OLD.budget_line_id)
        IS DISTINCT FROM (NEW.activity_id, NEW.year, NEW.budget_line_id))
    EXECUTE FUNCTION partners_keep_parts();

CREATE FUNCTION partners_match_the_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM partners_registration registration, partners_activityduty duty, partners_unitprice price
        WHERE registration.id = NEW.registration_id AND duty.id = NEW.duty_id
            AND price.id = duty.unit_price_id AND price.year = registration.year
    ) AND NOT EXISTS (
        SELECT FROM partners_assignment WHERE registration_id = NEW.registration_id AND duty_id = NEW.duty_id
    ) THEN
        RAISE EXCEPTION 'duty % is priced in another year than registration %', NEW.duty_id, NEW.registration_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_assignment_is_priced_in_its_year';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_price BEFORE INSERT ON partners_assignment
    FOR EACH ROW EXECUTE FUNCTION partners_match_the_price();
"""
AS_BEFORE = """
DROP TRIGGER match_the_price ON partners_assignment;
DROP TRIGGER keep_part ON partners_activitypart;
DROP TRIGGER keep_parts ON partners_activitypart;
DROP TRIGGER match_the_part ON partners_activitypart;
DROP TRIGGER keep_terms ON partners_activity;
DROP FUNCTION partners_match_the_price, partners_keep_parts, partners_match_the_part;

CREATE OR REPLACE FUNCTION partners_guard_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('partners'), hashtext('caps'));
    FOR one IN SELECT DISTINCT person_id, month FROM moved ORDER BY person_id, month LOOP
        PERFORM partners_weigh(one.person_id, one.month);
    END LOOP;
    IF EXISTS (
        SELECT FROM moved
        JOIN partners_assignment assignment ON assignment.id = moved.assignment_id
        JOIN partners_approval approval ON approval.registration_id = assignment.registration_id
            AND approval.month = moved.month AND approval.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION 'an approved month changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_approved_month_is_withdrawn_before_it_changes';
    END IF;
    FOR one IN
        SELECT activity.budget_line_id AS line, sum(moved.amount) AS amount FROM moved
        JOIN partners_assignment assignment ON assignment.id = moved.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        JOIN partners_activity activity ON activity.id = duty.activity_id
        GROUP BY activity.budget_line_id ORDER BY activity.budget_line_id
    LOOP
        UPDATE partners_budgetline SET used = used + sign * one.amount, updated_at = now() WHERE id = one.line;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION partners_own_the_share() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    registered integer;
BEGIN
    SELECT registration.person_id, registration.year INTO NEW.person_id, registered
        FROM partners_assignment assignment
        JOIN partners_registration registration ON registration.id = assignment.registration_id
        WHERE assignment.id = NEW.assignment_id;
    IF registered <> extract(year FROM NEW.month) THEN
        RAISE EXCEPTION 'a share of % under a registration of %', NEW.month, registered
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_share_is_of_the_year_of_its_registration';
    END IF;
    RETURN NEW;
END $$;
"""
TERMS_BEFORE = """
CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_activity FOR EACH ROW
    WHEN ((OLD.kind, OLD.unit_id, OLD.budget_line_id) IS DISTINCT FROM (NEW.kind, NEW.unit_id, NEW.budget_line_id))
    EXECUTE FUNCTION partners_keep_terms();
"""
# A line of a year the activity does not touch stays its first year's: it is what its months were paid from.
CARRY = """
INSERT INTO partners_activitypart (activity_id, year, budget_line_id, created_at, updated_at)
    SELECT activity.id,
        CASE WHEN line.year BETWEEN extract(year FROM lower(activity.period))
                AND extract(year FROM upper(activity.period) - 1)
            THEN line.year ELSE extract(year FROM lower(activity.period)) END,
        line.id, now(), now()
    FROM partners_activity activity JOIN partners_budgetline line ON line.id = activity.budget_line_id;

ALTER TABLE partners_share DISABLE TRIGGER USER;
UPDATE partners_share share SET budget_line_id = activity.budget_line_id
    FROM partners_assignment assignment, partners_activityduty duty, partners_activity activity
    WHERE assignment.id = share.assignment_id AND duty.id = assignment.duty_id AND activity.id = duty.activity_id;
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE partners_share ENABLE TRIGGER USER;
"""
BACK = """
UPDATE partners_activity activity SET budget_line_id = (
    SELECT budget_line_id FROM partners_activitypart part WHERE part.activity_id = activity.id
    ORDER BY year LIMIT 1);
SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
"""


def line_of(*, null):
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="activities",
        to="partners.budgetline",
        verbose_name="MAK",
    )


def charged_to(*, null):
    return models.ForeignKey(
        editable=False,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="partners.budgetline",
        verbose_name="MAK",
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0018_endings_handed_over_on_paper")]

    operations = [
        migrations.CreateModel(
            name="ActivityPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="tahun anggaran",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="partners.activity",
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="partners.budgetline",
                        verbose_name="MAK",
                    ),
                ),
            ],
            options={
                "ordering": ["activity", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "year"), name="one_budget_line_per_activity_and_year"
                    ),
                ],
            },
        ),
        migrations.AddField("share", "budget_line", charged_to(null=True)),
        migrations.RunSQL("DROP TRIGGER keep_terms ON partners_activity", TERMS_BEFORE),
        migrations.AlterField("activity", "budget_line", line_of(null=True)),
        migrations.RunSQL(CARRY, BACK),
        migrations.AlterField("share", "budget_line", charged_to(null=False)),
        migrations.RemoveField("activity", "budget_line"),
        migrations.RunSQL(PARTS, AS_BEFORE),
    ]
