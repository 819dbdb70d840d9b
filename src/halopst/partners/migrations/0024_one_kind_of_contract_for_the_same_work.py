from django.db import migrations

# The same work is under contracts of one kind, whoever writes:
#
#   work_has_contracts_of_one_kind   a month's contract or addendum is not made while one of an activity it pays
#                                    holds or was ended by a letter that pays it, nor the other way round
#
# A contract out of date gives way to the other kind; an ended one never does. Whoever makes one first holds the
# months it pays, so two at once see each other. Looked at when a letter is made, or stands again: later the
# work cannot change without striking what was agreed on it.
ELSEWHERE = """
CREATE FUNCTION partners_months_of(about text) RETURNS date[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN about LIKE 'partners.activity-%' THEN (
        SELECT array_agg(DISTINCT share.month ORDER BY share.month)
        FROM partners_share share
        JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        WHERE assignment.registration_id = split_part(about, ':', 2)::bigint
            AND duty.activity_id = split_part(about, ':', 3)::bigint
    ) ELSE ARRAY[(split_part(about, ':', 3) || '-01')::date] END
$$;

-- The contract of the other kind that stands in the way of one about this.
CREATE FUNCTION partners_agreed_otherwise(about text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    who bigint := split_part(about, ':', 2)::bigint;
    months date[] := partners_months_of(about);
    activities bigint[];
    others text[];
    found bigint;
BEGIN
    IF about LIKE 'partners.activity-%' THEN
        SELECT array_agg(format('%s:%s:%s', kind, who, to_char(month, 'YYYY-MM'))) INTO others
            FROM unnest(months) month, unnest(ARRAY['partners.contract', 'partners.addendum']) kind;
        SELECT contract_id INTO found FROM partners_termination
            WHERE registration_id = who AND activity_id IS NULL AND month = ANY (months) LIMIT 1;
    ELSE
        SELECT array_agg(DISTINCT duty.activity_id) INTO activities
            FROM partners_share share
            JOIN partners_assignment assignment ON assignment.id = share.assignment_id
            JOIN partners_activityduty duty ON duty.id = assignment.duty_id
            WHERE assignment.registration_id = who AND share.month = months[1];
        SELECT array_agg(format('%s:%s:%s', kind, who, activity)) INTO others
            FROM unnest(activities) activity,
                unnest(ARRAY['partners.activity-contract', 'partners.activity-addendum']) kind;
        SELECT contract_id INTO found FROM partners_termination
            WHERE registration_id = who AND activity_id = ANY (activities)
                AND (month > months[1] OR month = months[1] AND honor > 0) LIMIT 1;
    END IF;
    IF found IS NULL THEN
        SELECT letter.id INTO found FROM letters_letter letter
            WHERE letter.about = ANY (others) AND letter.state NOT IN ('outdated', 'replaced', 'void') LIMIT 1;
    END IF;
    RETURN found;
END $$;
"""
GUARD = """
CREATE FUNCTION partners_agree_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := split_part(NEW.about, ':', 2);
    found bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(format('partners.agreed:%s:%s', who, month), 0))
        FROM unnest(partners_months_of(NEW.about)) month;
    found := partners_agreed_otherwise(NEW.about);
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'the work of % is under contract %', NEW.about, found
            USING ERRCODE = 'check_violation', CONSTRAINT = 'work_has_contracts_of_one_kind';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agree_once BEFORE INSERT ON letters_letter FOR EACH ROW
    WHEN (NEW.state NOT IN ('outdated', 'replaced', 'void')
        AND NEW.about ~ '^partners[.]((contract|addendum):\\d+:\\d{4}-\\d\\d|activity-(contract|addendum):\\d+:\\d+)$')
    EXECUTE FUNCTION partners_agree_once();
CREATE TRIGGER agree_once_more BEFORE UPDATE OF state, about ON letters_letter FOR EACH ROW
    WHEN (NEW.state NOT IN ('outdated', 'replaced', 'void')
        AND (OLD.state IN ('outdated', 'replaced', 'void') OR OLD.about <> NEW.about)
        AND NEW.about ~ '^partners[.]((contract|addendum):\\d+:\\d{4}-\\d\\d|activity-(contract|addendum):\\d+:\\d+)$')
    EXECUTE FUNCTION partners_agree_once();
"""
GONE = """
DROP TRIGGER agree_once ON letters_letter;
DROP TRIGGER agree_once_more ON letters_letter;
DROP FUNCTION partners_agree_once, partners_agreed_otherwise, partners_months_of;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0009_old_numbers_leave_no_gap"),
        ("partners", "0023_scans_nobody_needs"),
    ]

    operations = [migrations.RunSQL(ELSEWHERE + GUARD, GONE)]
