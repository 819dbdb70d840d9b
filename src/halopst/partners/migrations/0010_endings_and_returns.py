import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The promises about money a bank sent back, kept by the database itself, whoever writes:
#
#   only_a_paid_line_comes_back               of a paid list, on the day it was paid or later, and once
#   a_returned_transfer_stays_on_record       it is neither changed nor deleted
#
# A line sent back no longer stands, so that its handover may enter one other list (a_handover_is_paid_once);
# the list keeps it, and its sums. What was handed over and approved stays as it was paid for.
RETURNS = """
CREATE FUNCTION partners_match_the_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM partners_paymentline line JOIN partners_paymentlist list ON list.id = line.payment_list_id
        WHERE line.id = NEW.line_id AND line.stands AND list.state = 'paid' AND list.paid_on <= NEW.returned_on
        FOR UPDATE OF line;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment line % is not paid, or was sent back', NEW.line_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'only_a_paid_line_comes_back';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_return BEFORE INSERT ON partners_transferreturn
    FOR EACH ROW EXECUTE FUNCTION partners_match_the_return();

CREATE FUNCTION partners_let_the_line_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE partners_paymentline SET stands = false, updated_at = now() WHERE id = NEW.line_id;
    RETURN NULL;
END $$;

CREATE TRIGGER let_the_line_go AFTER INSERT ON partners_transferreturn
    FOR EACH ROW EXECUTE FUNCTION partners_let_the_line_go();

CREATE FUNCTION partners_keep_returns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the return of payment line % is rewritten', OLD.line_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_returned_transfer_stays_on_record';
END $$;

CREATE TRIGGER keep_returns BEFORE UPDATE OR DELETE ON partners_transferreturn
    FOR EACH ROW EXECUTE FUNCTION partners_keep_returns();
"""
LINES = """
CREATE OR REPLACE FUNCTION partners_keep_payment_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.stands AND NOT NEW.stands
        AND to_jsonb(OLD) - ARRAY['stands', 'updated_at'] = to_jsonb(NEW) - ARRAY['stands', 'updated_at']
        AND (EXISTS (SELECT FROM partners_paymentlist WHERE id = OLD.payment_list_id AND state = 'cancelled')
            OR EXISTS (SELECT FROM partners_transferreturn WHERE line_id = OLD.id)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payment line % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_line_is_never_rewritten';
END $$;

CREATE OR REPLACE FUNCTION partners_keep_months_being_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_paymentline line
        JOIN partners_paymentlist list ON list.id = line.payment_list_id AND list.state <> 'cancelled'
        JOIN partners_handover handover ON handover.id = line.handover_id
        WHERE handover.approval_id = NEW.id) THEN
        RAISE EXCEPTION 'approval % is being paid', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_month_being_paid_stays_approved';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION partners_keep_handovers_being_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_paymentline line
        JOIN partners_paymentlist list ON list.id = line.payment_list_id AND list.state <> 'cancelled'
        WHERE line.handover_id = NEW.id AND line.gross <> NEW.due) THEN
        RAISE EXCEPTION 'handover % is being paid', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_handover_being_paid_keeps_its_honor';
    END IF;
    RETURN NEW;
END $$;
"""
AS_BEFORE = """
DROP TRIGGER keep_returns ON partners_transferreturn;
DROP TRIGGER let_the_line_go ON partners_transferreturn;
DROP TRIGGER match_the_return ON partners_transferreturn;
DROP FUNCTION partners_keep_returns, partners_let_the_line_go, partners_match_the_return;

CREATE OR REPLACE FUNCTION partners_keep_payment_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.stands AND NOT NEW.stands
        AND to_jsonb(OLD) - ARRAY['stands', 'updated_at'] = to_jsonb(NEW) - ARRAY['stands', 'updated_at']
        AND EXISTS (SELECT FROM partners_paymentlist WHERE id = OLD.payment_list_id AND state = 'cancelled') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payment line % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_line_is_never_rewritten';
END $$;

CREATE OR REPLACE FUNCTION partners_keep_months_being_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_paymentline line
        JOIN partners_handover handover ON handover.id = line.handover_id
        WHERE line.stands AND handover.approval_id = NEW.id) THEN
        RAISE EXCEPTION 'approval % is being paid', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_month_being_paid_stays_approved';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION partners_keep_handovers_being_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_paymentline WHERE stands AND handover_id = NEW.id AND gross <> NEW.due) THEN
        RAISE EXCEPTION 'handover % is being paid', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_handover_being_paid_keeps_its_honor';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0009_terminations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="termination", name="one_termination_per_mitra_and_month"),
        migrations.AddField(
            model_name="termination",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="terminations",
                to="partners.activity",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("activity__isnull", True)),
                fields=("registration", "month"),
                name="one_termination_per_mitra_and_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.UniqueConstraint(
                fields=("registration", "activity"), name="one_termination_per_mitra_and_activity"
            ),
        ),
        migrations.CreateModel(
            name="TransferReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("returned_on", models.DateField(verbose_name="tanggal retur")),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned",
                        to="partners.paymentline",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_returned_transfer_says_why"
                    )
                ],
            },
        ),
        migrations.RunSQL(RETURNS + LINES, AS_BEFORE),
    ]
