from django.db import migrations

# A promise about money, kept by the database itself, whoever writes:
#
#   a_share_is_of_the_year_of_its_registration   a mitra is paid for months of the year they are registered for
#
# The part of an activity in another year belongs to that year's registration. Shares from before stay.
OWN_THE_SHARE = """
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

DROP TRIGGER keep_terms ON partners_registration;
CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_registration FOR EACH ROW
    WHEN ((OLD.person_id, OLD.unit_id, OLD.year) IS DISTINCT FROM (NEW.person_id, NEW.unit_id, NEW.year))
    EXECUTE FUNCTION partners_keep_terms();
"""
AS_BEFORE = """
DROP TRIGGER keep_terms ON partners_registration;
CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_registration FOR EACH ROW
    WHEN ((OLD.person_id, OLD.unit_id) IS DISTINCT FROM (NEW.person_id, NEW.unit_id))
    EXECUTE FUNCTION partners_keep_terms();

CREATE OR REPLACE FUNCTION partners_own_the_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT registration.person_id INTO NEW.person_id
        FROM partners_assignment assignment
        JOIN partners_registration registration ON registration.id = assignment.registration_id
        WHERE assignment.id = NEW.assignment_id;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0014_positions")]

    operations = [migrations.RunSQL(OWN_THE_SHARE, AS_BEFORE)]
