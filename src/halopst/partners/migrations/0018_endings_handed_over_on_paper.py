from importlib import import_module

from django.db import migrations

# A letter that ended a contract stands in its place, so it is handed over as the contract would be: once every
# month it pays has a handover record that is signed. One that pays nothing ends with its signature.
HANDED_OVER = """
CREATE FUNCTION partners_hand_over_on_paper() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint := split_part(NEW.about, ':', 2)::bigint;
    what text := split_part(NEW.about, ':', 3);
    work bigint;
    until date := 'infinity';
    months text[];
    signed text[];
BEGIN
    IF NEW.kind = 'partners.termination' THEN
        SELECT registration_id, activity_id, month INTO who, work, until
        FROM partners_termination WHERE id = who;
        months := ARRAY[to_char(until, 'YYYY-MM')];
    ELSIF NEW.kind IN ('partners.contract', 'partners.addendum') THEN
        months := ARRAY[what];
    ELSE
        work := what::bigint;
    END IF;
    IF work IS NOT NULL THEN
        SELECT array_agg(DISTINCT to_char(share.month, 'YYYY-MM')) INTO months
        FROM partners_share share
        JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        WHERE assignment.registration_id = who AND duty.activity_id = work AND share.month <= until
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
        'partners.contract', 'partners.addendum', 'partners.activity-contract', 'partners.activity-addendum',
        'partners.termination'))
    EXECUTE FUNCTION partners_hand_over_on_paper();
"""
GONE = "DROP TRIGGER hand_over_on_paper ON letters_letter; DROP FUNCTION partners_hand_over_on_paper();"
BEFORE = import_module("halopst.partners.migrations.0013_handed_over_on_paper").HANDED_OVER


class Migration(migrations.Migration):
    dependencies = [("partners", "0017_ceilings_keep_their_history")]

    operations = [migrations.RunSQL(GONE + HANDED_OVER, GONE + BEFORE)]
