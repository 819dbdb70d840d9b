from django.db import migrations

# An exclusion constraint compares words as ranges of one word: by the words themselves, not by a hash of them
# that two of them could share. Byte by byte, so that no two words ever count as one.
WORDS = 'CREATE TYPE core_words AS RANGE (SUBTYPE = text, COLLATION = "C")'


class Migration(migrations.Migration):
    dependencies = [("core", "0002_live_event")]

    operations = [migrations.RunSQL(WORDS, "DROP TYPE core_words")]
