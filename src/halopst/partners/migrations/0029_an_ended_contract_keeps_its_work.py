from django.db import migrations

# What a contract that was ended early pays stays what its letter says, whoever writes:
#
#   an_ended_contract_keeps_its_work   in its month its work pays the honor of the ending, or less than a unit
#                                      where that is none; what ended with its activity pays nothing after it
#
# Volumes of such work were refused when they grew, but shrank without a word, and the letter in force went on
# saying more. Looked at when everything is written, as shares are replaced and never edited. The months are held
# by whoever changes their shares and by whoever ends their contract, so two at once see each other.
KEEP = """
CREATE FUNCTION partners_keep_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone partners_share;
    broken bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN gone := OLD; ELSE gone := NEW; END IF;
    SELECT ended.id INTO broken
    FROM partners_assignment assignment
    JOIN partners_activityduty duty ON duty.id = assignment.duty_id
    JOIN partners_termination ended ON ended.registration_id = assignment.registration_id
        AND (ended.activity_id IS NULL AND ended.month = gone.month
            OR ended.activity_id = duty.activity_id AND ended.month <= gone.month)
    LEFT JOIN LATERAL (
        SELECT sum(share.amount) amount, bool_and(share.amount < work.price) is_part
        FROM partners_share share
        JOIN partners_assignment work ON work.id = share.assignment_id
        JOIN partners_activityduty what ON what.id = work.duty_id
        WHERE work.registration_id = ended.registration_id AND share.month = gone.month
            AND (ended.activity_id IS NULL OR ended.activity_id = what.activity_id)
            AND NOT EXISTS (SELECT FROM partners_termination unpaid
                WHERE unpaid.registration_id = work.registration_id AND unpaid.month = share.month
                    AND unpaid.honor = 0 AND unpaid.id <> ended.id
                    AND (unpaid.activity_id IS NULL OR unpaid.activity_id = what.activity_id))
    ) pays ON true
    WHERE assignment.id = gone.assignment_id AND CASE
        WHEN gone.month > ended.month THEN pays.amount IS NOT NULL
        WHEN ended.honor > 0 THEN pays.amount IS DISTINCT FROM ended.honor
        ELSE NOT coalesce(pays.is_part, true) END
    LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'assignment % pays otherwise than termination % says', gone.assignment_id, broken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_ended_contract_keeps_its_work';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER keep_ended AFTER INSERT OR DELETE ON partners_share
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partners_keep_ended();
"""
GONE = """
DROP TRIGGER keep_ended ON partners_share;
DROP FUNCTION partners_keep_ended();
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0028_why_an_exception_was_declined")]

    operations = [migrations.RunSQL(KEEP, GONE)]
