from django.db import migrations

# What is on paper does not change, whoever writes to the database: numbers are gapless and kept, published
# templates and final letters stay as they are. Only a number's state, and how far a letter has come, move on.
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
           OR (OLD.state = 'void' AND NEW.state <> 'void') THEN
            RAISE EXCEPTION 'number % was given and stays', OLD.text
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_number_never_changes';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> 'imported' AND (
        (NEW.segment = 0 AND NEW.sequence > 1 AND NOT EXISTS (SELECT FROM letters_letternumber
            WHERE series_id = NEW.series_id AND sequence = NEW.sequence - 1))
        OR (NEW.segment > 0 AND NOT EXISTS (SELECT FROM letters_letternumber
            WHERE series_id = NEW.series_id AND sequence = NEW.sequence AND segment = NEW.segment - 1))
    ) THEN
        RAISE EXCEPTION 'number % would leave a gap', NEW.text
            USING ERRCODE = 'check_violation', CONSTRAINT = 'numbers_leave_no_gap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_numbers BEFORE INSERT OR UPDATE OR DELETE ON letters_letternumber
    FOR EACH ROW EXECUTE FUNCTION letters_keep_numbers();
"""
KEEP_TEMPLATES = """
CREATE FUNCTION letters_keep_templates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state = 'withdrawn'
       AND (OLD.unit_id, OLD.kind, OLD.version, OLD.valid_from, OLD.body, OLD.word, OLD.published_at)
           IS NOT DISTINCT FROM
           (NEW.unit_id, NEW.kind, NEW.version, NEW.valid_from, NEW.body, NEW.word, NEW.published_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'template % was published and stays', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_published_template_never_changes';
END $$;
CREATE TRIGGER keep_templates BEFORE UPDATE OR DELETE ON letters_template
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION letters_keep_templates();
"""
KEEP_LETTERS = """
CREATE FUNCTION letters_keep_letters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'draft' AND OLD.number_id IS NULL THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'letter % has a number and stays', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_numbered_letter_is_never_deleted';
    END IF;
    IF OLD.state <> 'draft' AND (
        (OLD.unit_id, OLD.kind, OLD.template_id, OLD.title, OLD.about, OLD.data, OLD.parties, OLD.number_id,
         OLD.dated_on, OLD.token, OLD.file, OLD.sha256, OLD.size, OLD.pages, OLD.final_at)
        IS DISTINCT FROM
        (NEW.unit_id, NEW.kind, NEW.template_id, NEW.title, NEW.about, NEW.data, NEW.parties, NEW.number_id,
         NEW.dated_on, NEW.token, NEW.file, NEW.sha256, NEW.size, NEW.pages, NEW.final_at)
        OR NEW.state = 'draft'
        OR (OLD.state IN ('void', 'replaced') AND NEW.state <> OLD.state)
    ) THEN
        RAISE EXCEPTION 'letter % is final', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_final_letter_never_changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_letters BEFORE UPDATE OR DELETE ON letters_letter
    FOR EACH ROW EXECUTE FUNCTION letters_keep_letters();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql,
            f"DROP TRIGGER {name} ON letters_{table}; DROP FUNCTION letters_{name}();",
        )
        for sql, name, table in (
            (KEEP_NUMBERS, "keep_numbers", "letternumber"),
            (KEEP_TEMPLATES, "keep_templates", "template"),
            (KEEP_LETTERS, "keep_letters", "letter"),
        )
    ]
