from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """Limits on signing in are counted in the cache, and every process must see the same count."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_sign_in_profile_and_access")]

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
