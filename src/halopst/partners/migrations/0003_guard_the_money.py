from django.db import migrations

# The promises about money, kept by the database itself, whoever writes:
#
#   honor_stays_within_the_cap      one person's honor of a month, over all activities of all offices, is at
#                                   most the lowest cap that applies to any of it, or a granted exception
#   honor_has_a_cap                 nothing is paid for which no cap is on record
#   a_census_stands_alone           where the office says so, a census is no one's second activity of a month
#   a_budget_line_is_not_overspent  (the CHECK of BudgetLine; `used` is kept here)
#   shares_add_up_to_the_value      what an assignment pays by month is what it pays
#   an_approved_month_is_withdrawn_before_it_changes, an_approval_is_never_rewritten
#
# Whoever changes a person's month first locks its row, so two offices cannot both find room for the last
# rupiah; then the budget lines. Always in the order of ids, so that no two wait for each other. Shares hold
# a shared lock against what decides caps (caps, terms of activities), which is changed under an exclusive
# one: a cap lowered at the same moment is seen either by the new share or by the cap's own look around.
LINES = """
CREATE FUNCTION partners_cap_of(which_duty bigint, in_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
    -- The row of the cap for this duty in this month; the newest begun by its first day.
    SELECT cap.id
    FROM partners_activityduty duty
    JOIN partners_activity activity ON activity.id = duty.activity_id
    JOIN units_unit office ON office.id = activity.unit_id
    JOIN partners_honorcap cap
        ON cap.province_id = CASE WHEN office.kind IN ('kabupaten', 'kota') THEN office.parent_id ELSE office.id END
        AND cap.year = extract(year FROM in_month) AND cap.activity_kind = activity.kind
        AND cap.employment = 'non_organik' AND cap.duty = duty.duty AND cap.valid_from <= in_month
    WHERE duty.id = which_duty
    ORDER BY cap.valid_from DESC LIMIT 1
$$;

CREATE FUNCTION partners_month_lines(who bigint, in_month date)
RETURNS TABLE (activity text, office text, amount bigint, cap bigint, is_census boolean, alone boolean)
LANGUAGE sql STABLE AS $$
    SELECT activity.name, office.name, share.amount,
        (SELECT cap.amount FROM partners_honorcap cap WHERE cap.id = partners_cap_of(duty.id, in_month)),
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

WEIGH = """
CREATE FUNCTION partners_lock_month(who bigint, in_month date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO partners_monthtotal (person_id, month, created_at, updated_at)
        VALUES (who, in_month, now(), now()) ON CONFLICT DO NOTHING;
    PERFORM FROM partners_monthtotal WHERE person_id = who AND month = in_month FOR UPDATE;
END $$;

-- What a service calls before it reads and writes: every lock it will need, in the order all others take them.
CREATE FUNCTION partners_lock(people bigint[], months date[], lines bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('partners'), hashtext('caps'));
    INSERT INTO partners_monthtotal (person_id, month, created_at, updated_at)
        SELECT who, in_month, now(), now() FROM unnest(people) who, unnest(months) in_month
        ORDER BY who, in_month ON CONFLICT DO NOTHING;
    PERFORM FROM partners_monthtotal WHERE person_id = ANY (people) AND month = ANY (months)
        ORDER BY person_id, month FOR UPDATE;
    PERFORM FROM partners_budgetline WHERE id = ANY (lines) ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION partners_weigh(who bigint, in_month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    paid bigint; lowest bigint; activities bigint; uncapped boolean; alone boolean; allowed bigint; fills text;
BEGIN
    PERFORM partners_lock_month(who, in_month);
    SELECT coalesce(sum(line.amount), 0), min(line.cap), count(*), coalesce(bool_or(line.cap IS NULL), false),
            coalesce(bool_or(line.is_census AND line.alone), false),
            jsonb_agg(jsonb_build_object('activity', line.activity, 'office', line.office, 'amount', line.amount)
                ORDER BY line.amount DESC)::text
        INTO paid, lowest, activities, uncapped, alone, fills
        FROM partners_month_lines(who, in_month) line;
    SELECT greatest(lowest, max(amount)) INTO allowed FROM partners_capoverride
        WHERE person_id = who AND month = in_month AND confirmed_at IS NOT NULL AND withdrawn_at IS NULL;

    IF uncapped THEN
        RAISE EXCEPTION 'no cap on record for honor of person % in %', who, in_month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honor_has_a_cap', DETAIL = fills;
    END IF;
    IF paid > allowed THEN
        RAISE EXCEPTION 'honor of person % in % would be %, the cap is %', who, in_month, paid, allowed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'honor_stays_within_the_cap', DETAIL = fills;
    END IF;
    IF alone AND activities > 1 THEN
        RAISE EXCEPTION 'a census beside other work of person % in %', who, in_month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_census_stands_alone', DETAIL = fills;
    END IF;
    UPDATE partners_monthtotal SET total = paid, cap = CASE WHEN activities > 0 THEN allowed END, updated_at = now()
        WHERE person_id = who AND month = in_month;
END $$;
"""

SHARES = """
CREATE FUNCTION partners_own_the_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT registration.person_id INTO NEW.person_id
        FROM partners_assignment assignment
        JOIN partners_registration registration ON registration.id = assignment.registration_id
        WHERE assignment.id = NEW.assignment_id;
    RETURN NEW;
END $$;

CREATE FUNCTION partners_keep_the_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'share % is replaced, not edited', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_share_is_replaced_not_edited';
END $$;

CREATE FUNCTION partners_guard_shares() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER own_the_share BEFORE INSERT ON partners_share
    FOR EACH ROW EXECUTE FUNCTION partners_own_the_share();
CREATE TRIGGER keep_the_share BEFORE UPDATE ON partners_share
    FOR EACH ROW EXECUTE FUNCTION partners_keep_the_share();
CREATE TRIGGER guard_added_shares AFTER INSERT ON partners_share
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION partners_guard_shares();
CREATE TRIGGER guard_removed_shares AFTER DELETE ON partners_share
    REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION partners_guard_shares();

CREATE FUNCTION partners_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint := CASE WHEN TG_TABLE_NAME = 'partners_assignment' THEN (to_jsonb(NEW)->>'id')::bigint
        ELSE (to_jsonb(coalesce(NEW, OLD))->>'assignment_id')::bigint END;
BEGIN
    IF EXISTS (SELECT FROM partners_assignment WHERE id = which AND value <>
            (SELECT coalesce(sum(amount), 0) FROM partners_share WHERE assignment_id = which)) THEN
        RAISE EXCEPTION 'the shares of assignment % do not add up to its value', which
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_add_up_to_the_value';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER add_up_the_assignment AFTER INSERT OR UPDATE OF value ON partners_assignment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partners_add_up();
CREATE CONSTRAINT TRIGGER add_up_the_shares AFTER INSERT OR DELETE ON partners_share
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partners_add_up();
"""

TERMS = """
CREATE FUNCTION partners_match_the_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.registration_id, OLD.duty_id) <> (NEW.registration_id, NEW.duty_id) THEN
        RAISE EXCEPTION 'assignment % is moved', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_assignment_keeps_its_mitra_and_duty';
    END IF;
    IF NOT EXISTS (
        SELECT FROM partners_registration registration, partners_activityduty duty, partners_activity activity
        WHERE registration.id = NEW.registration_id AND duty.id = NEW.duty_id
            AND activity.id = duty.activity_id AND activity.unit_id = registration.unit_id
    ) THEN
        RAISE EXCEPTION 'registration % is not of the office of duty %', NEW.registration_id, NEW.duty_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_mitra_works_for_the_office_that_registered_them';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_office BEFORE INSERT OR UPDATE OF registration_id, duty_id ON partners_assignment
    FOR EACH ROW EXECUTE FUNCTION partners_match_the_office();

CREATE FUNCTION partners_keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('partners'), hashtext('caps'));
    IF EXISTS (
        SELECT FROM partners_assignment assignment
        JOIN partners_activityduty duty ON duty.id = assignment.duty_id
        WHERE CASE TG_TABLE_NAME WHEN 'partners_activity' THEN duty.activity_id = OLD.id
            WHEN 'partners_activityduty' THEN duty.id = OLD.id ELSE assignment.registration_id = OLD.id END
    ) THEN
        RAISE EXCEPTION '% % has assignments', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'what_assignments_rest_on_keeps_its_terms';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_activity FOR EACH ROW
    WHEN ((OLD.kind, OLD.unit_id, OLD.budget_line_id) IS DISTINCT FROM (NEW.kind, NEW.unit_id, NEW.budget_line_id))
    EXECUTE FUNCTION partners_keep_terms();
CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_activityduty FOR EACH ROW
    WHEN ((OLD.activity_id, OLD.duty) IS DISTINCT FROM (NEW.activity_id, NEW.duty))
    EXECUTE FUNCTION partners_keep_terms();
CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_registration FOR EACH ROW
    WHEN ((OLD.person_id, OLD.unit_id) IS DISTINCT FROM (NEW.person_id, NEW.unit_id))
    EXECUTE FUNCTION partners_keep_terms();

-- Only the shares say what is used; whoever saves a budget line keeps the figure of this moment.
CREATE FUNCTION partners_keep_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.used := OLD.used;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_used BEFORE UPDATE ON partners_budgetline
    FOR EACH ROW EXECUTE FUNCTION partners_keep_used();
"""

CAPS = """
-- A cap that is entered, changed or removed is weighed against every month it touches and nobody has approved.
-- What is approved keeps the cap it was approved under, until it is changed.
CREATE FUNCTION partners_reweigh(province bigint, in_year integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('partners'), hashtext('caps'));
    FOR one IN
        SELECT DISTINCT share.person_id, share.month
        FROM partners_share share
        JOIN partners_assignment assignment ON assignment.id = share.assignment_id
        JOIN partners_registration registration ON registration.id = assignment.registration_id
        JOIN units_unit office ON office.id = registration.unit_id
        WHERE province IN (office.id, office.parent_id)
            AND share.month >= make_date(in_year, 1, 1) AND share.month < make_date(in_year + 1, 1, 1)
            AND NOT EXISTS (SELECT FROM partners_approval approval
                JOIN partners_registration approved ON approved.id = approval.registration_id
                WHERE approved.person_id = share.person_id AND approval.month = share.month
                    AND approval.withdrawn_at IS NULL)
        ORDER BY share.person_id, share.month
    LOOP
        PERFORM partners_weigh(one.person_id, one.month);
    END LOOP;
END $$;

CREATE FUNCTION partners_guard_caps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM partners_reweigh(NEW.province_id, NEW.year);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM partners_reweigh(OLD.province_id, OLD.year);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER guard_caps AFTER INSERT OR UPDATE OR DELETE ON partners_honorcap
    FOR EACH ROW EXECUTE FUNCTION partners_guard_caps();

CREATE FUNCTION partners_guard_exceptions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM partners_weigh(NEW.person_id, NEW.month);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM partners_weigh(OLD.person_id, OLD.month);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER guard_exceptions AFTER INSERT OR UPDATE OR DELETE ON partners_capoverride
    FOR EACH ROW EXECUTE FUNCTION partners_guard_exceptions();
"""

APPROVALS = """
CREATE FUNCTION partners_keep_approvals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'updated_at']
            = to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'updated_at'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'approval % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'an_approval_is_never_rewritten';
END $$;

CREATE TRIGGER keep_approvals BEFORE UPDATE OR DELETE ON partners_approval
    FOR EACH ROW EXECUTE FUNCTION partners_keep_approvals();
"""

UNDO = """
DROP TRIGGER keep_approvals ON partners_approval;
DROP TRIGGER guard_exceptions ON partners_capoverride;
DROP TRIGGER guard_caps ON partners_honorcap;
DROP TRIGGER keep_used ON partners_budgetline;
DROP TRIGGER keep_terms ON partners_registration;
DROP TRIGGER keep_terms ON partners_activityduty;
DROP TRIGGER keep_terms ON partners_activity;
DROP TRIGGER match_the_office ON partners_assignment;
DROP TRIGGER add_up_the_shares ON partners_share;
DROP TRIGGER add_up_the_assignment ON partners_assignment;
DROP TRIGGER guard_removed_shares ON partners_share;
DROP TRIGGER guard_added_shares ON partners_share;
DROP TRIGGER keep_the_share ON partners_share;
DROP TRIGGER own_the_share ON partners_share;
DROP FUNCTION partners_keep_approvals, partners_guard_exceptions, partners_guard_caps, partners_reweigh,
    partners_keep_used, partners_keep_terms, partners_match_the_office, partners_add_up, partners_guard_shares,
    partners_keep_the_share, partners_own_the_share, partners_weigh, partners_lock, partners_lock_month, partners_month_lines,
    partners_cap_of;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_assignments"), ("units", "0001_initial")]

    operations = [migrations.RunSQL(LINES + WEIGH + SHARES + TERMS + CAPS + APPROVALS, UNDO)]
