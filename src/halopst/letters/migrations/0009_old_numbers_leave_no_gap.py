from importlib import import_module

from django.db import migrations

# A number a letter takes is the one after the last. One from an older book may fill or skip places as long as no
# letter has taken a number before it; from then on it follows the last as well, and an insert stands after a number
# that is there. Whoever writes holds the series: two at once see each other.
KEEP_NUMBERS = """
CREATE FUNCTION letters_keep_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'number % was given and stays', OLD.text
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_number_is_never_deleted';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.unit_id, OLD.series_id, OLD.sequence, OLD.segment, OLD.text, OLD.dated_on)
           IS DISTINCT FROM (NEW.unit_id, NEW.series_id, NEW.sequence, NEW.segment, NEW.text, NEW.dated_on)
           OR (OLD.state = 'void' AND NEW.state <> 'void')
           OR (OLD.state = 'imported') <> (NEW.state = 'imported') THEN
            RAISE EXCEPTION 'number % was given and stays', OLD.text
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_number_never_changes';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM FROM letters_numberseries WHERE id = NEW.series_id FOR NO KEY UPDATE;
    IF NEW.state = 'imported' THEN
        IF EXISTS (SELECT FROM letters_letternumber
                WHERE series_id = NEW.series_id AND sequence < NEW.sequence AND state <> 'imported')
           AND NOT EXISTS (SELECT FROM letters_letternumber
                WHERE series_id = NEW.series_id
                AND sequence = CASE NEW.segment WHEN 0 THEN NEW.sequence - 1 ELSE NEW.sequence END) THEN
            RAISE EXCEPTION 'old number % would leave a gap', NEW.text
                USING ERRCODE = 'check_violation', CONSTRAINT = 'old_numbers_leave_no_gap';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.segment = 0 AND NEW.sequence <> 1 + coalesce((SELECT max(sequence) FROM letters_letternumber
            WHERE series_id = NEW.series_id), 0))
        OR (NEW.segment > 0 AND NOT EXISTS (SELECT FROM letters_letternumber
            WHERE series_id = NEW.series_id AND sequence = NEW.sequence AND segment = NEW.segment - 1)) THEN
        RAISE EXCEPTION 'number % would leave a gap', NEW.text
            USING ERRCODE = 'check_violation', CONSTRAINT = 'numbers_leave_no_gap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_numbers BEFORE INSERT OR UPDATE OR DELETE ON letters_letternumber
    FOR EACH ROW EXECUTE FUNCTION letters_keep_numbers();
"""
GONE = "DROP TRIGGER keep_numbers ON letters_letternumber; DROP FUNCTION letters_keep_numbers();"
BEFORE = import_module("halopst.letters.migrations.0002_what_is_on_paper_stays").KEEP_NUMBERS


class Migration(migrations.Migration):
    dependencies = [("letters", "0008_cancelled_batches_say_so")]

    operations = [migrations.RunSQL(GONE + KEEP_NUMBERS, GONE + BEFORE)]
