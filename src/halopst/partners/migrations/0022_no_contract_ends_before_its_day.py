from django.db import migrations

# A contract cannot end before the day it is of. That day stays: a final letter never changes it.
NOT_BEFORE = """
CREATE FUNCTION partners_not_before_its_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.effective_on < (SELECT dated_on FROM letters_letter WHERE id = NEW.contract_id) THEN
        RAISE EXCEPTION 'contract % is of a later day than %', NEW.contract_id, NEW.effective_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_contract_ends_before_its_day';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER not_before_its_contract BEFORE INSERT OR UPDATE OF effective_on, contract_id
    ON partners_termination FOR EACH ROW EXECUTE FUNCTION partners_not_before_its_contract();
"""
GONE = """
DROP TRIGGER not_before_its_contract ON partners_termination;
DROP FUNCTION partners_not_before_its_contract();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0009_old_numbers_leave_no_gap"),
        ("partners", "0021_positions_apart_by_their_code"),
    ]

    operations = [migrations.RunSQL(NOT_BEFORE, GONE)]
