from importlib import import_module

from django.db import migrations

# A contract ends within a month of its work, and not before the day it is of: that day stays, a final letter never
# changes it. One signed after the month is of work that was under way, and may end on any day of it.
IN_ITS_WORK = """
CREATE OR REPLACE FUNCTION partners_not_before_its_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    agreed_on date := (SELECT dated_on FROM letters_letter WHERE id = NEW.contract_id);
    after date := NEW.month + interval '1 month';
BEGIN
    IF NEW.effective_on < NEW.month OR NEW.effective_on >= after THEN
        RAISE EXCEPTION 'contract % ends outside %', NEW.contract_id, NEW.month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_contract_ends_in_a_month_of_its_work';
    END IF;
    IF NEW.effective_on < agreed_on AND agreed_on < after THEN
        RAISE EXCEPTION 'contract % is of a later day than %', NEW.contract_id, NEW.effective_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_contract_ends_before_its_day';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER not_before_its_contract ON partners_termination;
CREATE TRIGGER not_before_its_contract BEFORE INSERT OR UPDATE OF effective_on, contract_id, month
    ON partners_termination FOR EACH ROW EXECUTE FUNCTION partners_not_before_its_contract();
"""
BEFORE = import_module("halopst.partners.migrations.0022_no_contract_ends_before_its_day")


class Migration(migrations.Migration):
    dependencies = [("partners", "0024_one_kind_of_contract_for_the_same_work")]

    operations = [migrations.RunSQL(IN_ITS_WORK, BEFORE.GONE + BEFORE.NOT_BEFORE)]
