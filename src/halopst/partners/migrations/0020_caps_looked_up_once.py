from django.db import migrations

# The cap of a line is asked for once. Compared with the id of each row, the planner of a small table asked
# it of every cap on record, for every line of every month weighed.
LINES = """
CREATE OR REPLACE FUNCTION partners_month_lines(who bigint, in_month date)
RETURNS TABLE (activity text, office text, amount bigint, cap bigint, is_census boolean, alone boolean)
LANGUAGE sql STABLE AS $$
    SELECT activity.name, office.name, share.amount,
        (SELECT cap.amount FROM partners_honorcap cap WHERE cap.id = {cap_of}),
        activity.kind = 'sensus', coalesce(rules.census_is_exclusive, false)
    FROM partners_share share
    JOIN partners_assignment assignment ON assignment.id = share.assignment_id
    JOIN partners_activityduty duty ON duty.id = assignment.duty_id
    JOIN partners_activity activity ON activity.id = duty.activity_id
    JOIN units_unit office ON office.id = activity.unit_id
    LEFT JOIN partners_officerules rules ON rules.unit_id = activity.unit_id
    WHERE share.person_id = who AND share.month = in_month
$$;
"""
CAP_OF = "partners_cap_of(duty.id, in_month)"


class Migration(migrations.Migration):
    dependencies = [("partners", "0019_a_budget_line_for_each_year")]

    operations = [
        migrations.RunSQL(LINES.format(cap_of=f"(SELECT {CAP_OF})"), LINES.format(cap_of=CAP_OF)),
    ]
