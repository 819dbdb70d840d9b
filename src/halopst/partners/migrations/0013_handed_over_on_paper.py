from django.db import migrations

# What a contract promised is handed over on paper, whoever writes to the database:
#
#   a_contract_is_handed_over_by_its_receipt   every month it pays has a handover record that is signed
#
# The signed records are held meanwhile, so that none is annulled at the same moment. Months a termination left
# unpaid ask for none. Letters of the same people in other offices do not count.
HANDED_OVER = """
CREATE FUNCTION partners_hand_over_on_paper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who integer := split_part(NEW.about, ':', 2)::integer;
    what text := split_part(NEW.about, ':', 3);
    months text[];
    signed text[];
BEGIN
    IF NEW.kind IN ('partners.contract', 'partners.addendum') THEN
        months := ARRAY[what];
    ELSE
        SELECT array_agg(DISTINCT to_char(share.month, 'YYYY-MM')) INTO months
        FROM partners_share share
        JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        WHERE assignment.registration_id = who AND duty.activity_id = what::integer
            AND NOT EXISTS (SELECT FROM partners_termination ended
                WHERE ended.registration_id = who AND ended.month = share.month AND ended.honor = 0
                    AND (ended.activity_id IS NULL OR ended.activity_id = duty.activity_id));
    END IF;
    SELECT array_agg(split_part(held.about, ':', 3)) INTO signed FROM (
        SELECT about FROM letters_letter
        WHERE unit_id = NEW.unit_id AND kind = 'partners.handover'
            AND about IN (SELECT format('partners.handover:%s:%s', who, month) FROM unnest(months) month)
            AND state IN ('signed', 'handed_over', 'paid')
        FOR SHARE
    ) held;
    IF months IS NULL OR NOT months <@ coalesce(signed, '{}') THEN
        RAISE EXCEPTION 'contract % has no signed handover record', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_contract_is_handed_over_by_its_receipt';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER hand_over_on_paper BEFORE UPDATE OF state ON letters_letter
    FOR EACH ROW WHEN (OLD.state = 'signed' AND NEW.state = 'handed_over' AND NEW.kind IN (
        'partners.contract', 'partners.addendum', 'partners.activity-contract', 'partners.activity-addendum'))
    EXECUTE FUNCTION partners_hand_over_on_paper();
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0012_import_tables"), ("letters", "0004_paid_and_come_back")]

    operations = [
        migrations.RunSQL(
            HANDED_OVER,
            "DROP TRIGGER hand_over_on_paper ON letters_letter; DROP FUNCTION partners_hand_over_on_paper();",
        )
    ]
