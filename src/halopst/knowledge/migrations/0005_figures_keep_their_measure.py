from django.db import migrations

# A figure stands under the unit it was published in, whoever writes to the database. Another way to type
# the same unit is no other unit; `rules.measures.same_measure` compares in the same way.
KEEP_MEASURES = """
CREATE FUNCTION knowledge_typed_alike(measure text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE alike WHEN '%' THEN 'persen' ELSE alike END
    FROM (SELECT lower(btrim(regexp_replace(measure, '\\s+', ' ', 'g'))) AS alike) AS typed
$$;
CREATE FUNCTION knowledge_keep_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.measure <> '' AND knowledge_typed_alike(OLD.measure) <> knowledge_typed_alike(NEW.measure)
       AND EXISTS (SELECT FROM knowledge_cell WHERE indicator_id = OLD.id) THEN
        RAISE EXCEPTION 'the figures of indicator % are in %', OLD.id, OLD.measure
            USING ERRCODE = 'check_violation', CONSTRAINT = 'figures_keep_their_measure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_measures BEFORE UPDATE OF measure ON knowledge_indicator
    FOR EACH ROW EXECUTE FUNCTION knowledge_keep_measures();
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_static_tables_as_cells")]

    operations = [
        migrations.RunSQL(
            KEEP_MEASURES,
            "DROP TRIGGER keep_measures ON knowledge_indicator; DROP FUNCTION knowledge_keep_measures();"
            " DROP FUNCTION knowledge_typed_alike(text);",
        )
    ]
