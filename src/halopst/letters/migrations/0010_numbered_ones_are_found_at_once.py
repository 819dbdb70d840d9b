# Looking for numbered items read every waiting one: 27 ms in a batch of 50,000, where printing a letter takes 7.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0009_old_numbers_leave_no_gap'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='batchitem',
            name='items_to_be_made',
        ),
        migrations.AddIndex(
            model_name='batchitem',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'numbered'])), fields=['batch', 'state', 'position'], name='items_to_be_made'),
        ),
    ]
