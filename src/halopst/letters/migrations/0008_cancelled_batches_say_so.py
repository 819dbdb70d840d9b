import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0007_codes_nobody_used_may_go'),
        ('units', '0004_city'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='batch',
            name='a_batch_does_not_outgrow_its_total',
        ),
        migrations.RemoveConstraint(
            model_name='batchitem',
            name='a_numbered_item_has_its_letter',
        ),
        migrations.AddField(
            model_name='batch',
            name='stopped',
            field=models.PositiveIntegerField(default=0, verbose_name='tidak dibuat'),
        ),
        migrations.AlterField(
            model_name='batchitem',
            name='state',
            field=models.CharField(choices=[('waiting', 'Menunggu'), ('numbered', 'Bernomor'), ('done', 'Jadi'), ('failed', 'Gagal'), ('stopped', 'Tidak dibuat')], default='waiting', max_length=10, verbose_name='keadaan'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('done'), '+', models.F('failed')), '+', models.F('stopped')))), name='a_batch_does_not_outgrow_its_total'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'failed', 'stopped']), ('letter__isnull', False), _connector='OR'), name='a_numbered_item_has_its_letter'),
        ),
    ]
