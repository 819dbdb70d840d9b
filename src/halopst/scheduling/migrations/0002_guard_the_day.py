from django.db import migrations

# What no constraint can count, counted by the database itself, whoever writes: nobody serves more than
# the daily maximum, a visitor and a network hold two times at most, and visitors who have not signed in
# hold only the share of an office's day that the day's row allows.
#
# Each count first locks what it counts, so two transactions cannot both find room for the last one.
# Only a time newly taken is counted: approving or extending one that is there already adds nothing.
GUARD = """
CREATE FUNCTION scheduling_guard_the_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    maximum integer;
    allowed integer;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state <> 'released'
       AND (OLD.expert_id, OLD.day) = (NEW.expert_id, NEW.day) THEN
        RETURN NULL;
    END IF;

    INSERT INTO scheduling_officeday (unit_id, day, created_at, updated_at)
        VALUES (NEW.unit_id, NEW.day, now(), now()) ON CONFLICT DO NOTHING;
    SELECT holds_allowed INTO allowed FROM scheduling_officeday
        WHERE unit_id = NEW.unit_id AND day = NEW.day FOR UPDATE;

    SELECT daily_maximum INTO maximum FROM scheduling_bookingpolicy
        WHERE unit_id = NEW.unit_id AND (expert_id = NEW.expert_id OR expert_id IS NULL)
        ORDER BY expert_id NULLS LAST LIMIT 1;
    IF maximum < (SELECT count(*) FROM scheduling_reservation
        WHERE expert_id = NEW.expert_id AND day = NEW.day AND state IN ('held', 'requested', 'confirmed')) THEN
        RAISE EXCEPTION 'expert % is full on %', NEW.expert_id, NEW.day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_expert_serves_more_than_the_daily_maximum';
    END IF;

    IF NEW.state <> 'held' THEN
        RETURN NULL;
    END IF;

    PERFORM pg_advisory_xact_lock(hashtext('scheduling.holder'), hashtext(NEW.holder));
    IF 2 < (SELECT count(*) FROM scheduling_reservation WHERE holder = NEW.holder AND state = 'held') THEN
        RAISE EXCEPTION 'a visitor holds too many times'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_visitor_holds_two_times_at_most';
    END IF;

    PERFORM pg_advisory_xact_lock(hashtext('scheduling.client'), hashtext(NEW.client));
    IF 2 < (SELECT count(*) FROM scheduling_reservation WHERE client = NEW.client AND state = 'held') THEN
        RAISE EXCEPTION 'a network holds too many times'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_network_holds_two_times_at_most';
    END IF;

    IF NOT NEW.signed_in AND allowed < (SELECT count(*) FROM scheduling_reservation
        WHERE unit_id = NEW.unit_id AND day = NEW.day AND state = 'held' AND NOT signed_in) THEN
        RAISE EXCEPTION 'too much of % is merely held in unit %', NEW.day, NEW.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'strangers_hold_only_a_share_of_a_day';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER guard_the_day AFTER INSERT OR UPDATE ON scheduling_reservation
    FOR EACH ROW WHEN (NEW.state <> 'released') EXECUTE FUNCTION scheduling_guard_the_day();
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER guard_the_day ON scheduling_reservation; DROP FUNCTION scheduling_guard_the_day();",
        )
    ]
