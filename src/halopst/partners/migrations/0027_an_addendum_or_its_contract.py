from django.db import migrations

# What is agreed of the same work is said by one letter, whoever writes:
#
#   work_has_contracts_of_one_kind   nor is a contract made, or written anew, while an addendum to it holds, nor
#                                    an addendum while its contract does
#
# Both came out where somebody replaced a signed contract that had an addendum, or asked for contracts and addenda at
# once: two letters in force about the same month. A contract out of date gives way to its addendum as before.
OTHERWISE = """
CREATE OR REPLACE FUNCTION partners_agreed_otherwise(about text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
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
    __SIBLING__
    IF found IS NULL THEN
        SELECT letter.id INTO found FROM letters_letter letter
            WHERE letter.about = ANY (others) AND letter.state NOT IN ('outdated', 'replaced', 'void') LIMIT 1;
    END IF;
    RETURN found;
END $$;
"""
SIBLING = """-- The addendum of a contract, the contract of an addendum: of both only one says what is agreed now.
    others := others || CASE WHEN about ~ 'addendum:' THEN replace(about, 'addendum:', 'contract:')
        ELSE replace(about, 'contract:', 'addendum:') END;"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0026_whose_tax_is_raised")]

    operations = [
        migrations.RunSQL(OTHERWISE.replace("__SIBLING__", SIBLING), OTHERWISE.replace("__SIBLING__", "")),
    ]
