from django.db import migrations, models

CONVERT = """
UPDATE partners_importrun SET tables = jsonb_build_array(jsonb_build_object(
    'name', '', 'heads', headers, 'head_row', header_row, 'rows', total, 'mapping', mapping, 'taken', true))
"""
# A run under way does not know its sheet by name: its file is uploaded again.
END = "UPDATE partners_importrun SET state = 'failed' WHERE state NOT IN ('done', 'cancelled', 'failed')"
# A table whose rows wait for their deferred checks cannot be altered.
SETTLE = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0011_import_pieces'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='tables',
            field=models.JSONField(default=list),
        ),
        migrations.RunSQL(CONVERT + ';' + END + ';' + SETTLE, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='importrun',
            name='header_row',
        ),
        migrations.RemoveField(
            model_name='importrun',
            name='headers',
        ),
        migrations.RemoveField(
            model_name='importrun',
            name='mapping',
        ),
    ]
