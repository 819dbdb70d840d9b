import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

# The promises about payments, kept by the database itself, whoever writes:
#
#   a_handover_is_paid_once                      (a unique index) one standing line per handover
#   a_payment_pays_what_was_handed_over          of this office and month, approved, and exactly its honor
#   a_payment_line_is_never_rewritten, a_payment_list_only_moves_on, a_payment_list_adds_up
#   a_month_being_paid_stays_approved            until its list is cancelled; once paid, for good
#   a_handover_being_paid_keeps_its_honor
#
# A line holds its handover and approval (FOR SHARE) while it is written: whoever would withdraw or change
# them in the same moment waits, then sees the line.
GUARDS = """
CREATE FUNCTION partners_match_the_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found_person bigint;
BEGIN
    PERFORM FROM partners_handover handover
        JOIN partners_approval approval ON approval.id = handover.approval_id
        WHERE handover.id = NEW.handover_id FOR SHARE;
    SELECT registration.person_id INTO found_person
        FROM partners_paymentlist list
        JOIN partners_registration registration ON registration.unit_id = list.unit_id
        JOIN partners_approval approval ON approval.registration_id = registration.id
            AND approval.month = list.month AND approval.withdrawn_at IS NULL
        JOIN partners_handover handover ON handover.approval_id = approval.id AND handover.due = NEW.gross
        WHERE list.id = NEW.payment_list_id AND list.state = 'draft' AND handover.id = NEW.handover_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'handover % does not pay % in list %', NEW.handover_id, NEW.gross, NEW.payment_list_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_pays_what_was_handed_over';
    END IF;
    NEW.person_id := found_person;
    NEW.stands := true;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_payment BEFORE INSERT ON partners_paymentline
    FOR EACH ROW EXECUTE FUNCTION partners_match_the_payment();

CREATE FUNCTION partners_keep_payment_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.stands AND NOT NEW.stands
        AND to_jsonb(OLD) - ARRAY['stands', 'updated_at'] = to_jsonb(NEW) - ARRAY['stands', 'updated_at']
        AND EXISTS (SELECT FROM partners_paymentlist WHERE id = OLD.payment_list_id AND state = 'cancelled') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payment line % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_line_is_never_rewritten';
END $$;

CREATE TRIGGER keep_payment_lines BEFORE UPDATE OR DELETE ON partners_paymentline
    FOR EACH ROW EXECUTE FUNCTION partners_keep_payment_lines();

CREATE FUNCTION partners_keep_payment_lists() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := ARRAY['state', 'paid_on', 'paid_by_id', 'reason', 'updated_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - moves = to_jsonb(NEW) - moves
        AND (OLD.state, NEW.state) IN (('draft', 'final'), ('draft', 'cancelled'), ('final', 'paid'), ('final', 'cancelled'))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'payment list % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_list_only_moves_on';
END $$;

CREATE TRIGGER keep_payment_lists BEFORE UPDATE OR DELETE ON partners_paymentlist
    FOR EACH ROW EXECUTE FUNCTION partners_keep_payment_lists();

CREATE FUNCTION partners_let_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE partners_paymentline SET stands = false, updated_at = now()
        WHERE payment_list_id = NEW.id AND stands;
    RETURN NULL;
END $$;

CREATE TRIGGER let_go AFTER UPDATE OF state ON partners_paymentlist
    FOR EACH ROW WHEN (NEW.state = 'cancelled') EXECUTE FUNCTION partners_let_go();

CREATE FUNCTION partners_add_up_payments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint := CASE WHEN TG_TABLE_NAME = 'partners_paymentlist' THEN (to_jsonb(NEW)->>'id')::bigint
        ELSE (to_jsonb(NEW)->>'payment_list_id')::bigint END;
BEGIN
    IF EXISTS (
        SELECT FROM partners_paymentlist list
        LEFT JOIN partners_paymentline line ON line.payment_list_id = list.id
        WHERE list.id = which
        GROUP BY list.id
        HAVING (list.people, list.gross, list.tax)
            IS DISTINCT FROM (count(line.id), coalesce(sum(line.gross), 0), coalesce(sum(line.tax), 0))
    ) THEN
        RAISE EXCEPTION 'the lines of payment list % do not add up', which
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_payment_list_adds_up';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER add_up_the_list AFTER INSERT ON partners_paymentlist
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partners_add_up_payments();
CREATE CONSTRAINT TRIGGER add_up_the_payments AFTER INSERT ON partners_paymentline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partners_add_up_payments();
"""

HOLDS = """
CREATE FUNCTION partners_keep_months_being_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_paymentline line
        JOIN partners_handover handover ON handover.id = line.handover_id
        WHERE line.stands AND handover.approval_id = NEW.id) THEN
        RAISE EXCEPTION 'approval % is being paid', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_month_being_paid_stays_approved';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_months_being_paid BEFORE UPDATE OF withdrawn_at ON partners_approval
    FOR EACH ROW WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION partners_keep_months_being_paid();

CREATE FUNCTION partners_keep_handovers_being_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partners_paymentline WHERE stands AND handover_id = NEW.id AND gross <> NEW.due) THEN
        RAISE EXCEPTION 'handover % is being paid', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_handover_being_paid_keeps_its_honor';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_handovers_being_paid BEFORE UPDATE OF due ON partners_handover
    FOR EACH ROW EXECUTE FUNCTION partners_keep_handovers_being_paid();
"""

UNDO = """
DROP TRIGGER keep_handovers_being_paid ON partners_handover;
DROP TRIGGER keep_months_being_paid ON partners_approval;
DROP TRIGGER add_up_the_payments ON partners_paymentline;
DROP TRIGGER add_up_the_list ON partners_paymentlist;
DROP TRIGGER let_go ON partners_paymentlist;
DROP TRIGGER keep_payment_lists ON partners_paymentlist;
DROP TRIGGER keep_payment_lines ON partners_paymentline;
DROP TRIGGER match_the_payment ON partners_paymentline;
DROP FUNCTION partners_keep_handovers_being_paid, partners_keep_months_being_paid, partners_add_up_payments,
    partners_let_go, partners_keep_payment_lists, partners_keep_payment_lines, partners_match_the_payment;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0007_own'),
        ('units', '0003_one_draft_at_a_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='officerules',
            name='payment_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Honor dibayar paling lambat sekian hari sesudah bulannya berakhir. Kosong: tidak dipantau.', null=True, verbose_name='batas hari pembayaran'),
        ),
        migrations.CreateModel(
            name='PaymentList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('month', models.DateField(verbose_name='bulan')),
                ('sequence', models.PositiveSmallIntegerField(verbose_name='daftar ke')),
                ('state', models.CharField(choices=[('draft', 'Disiapkan'), ('final', 'Diterbitkan'), ('paid', 'Dibayar'), ('cancelled', 'Dibatalkan')], default='draft', max_length=9, verbose_name='keadaan')),
                ('method', models.CharField(choices=[('bebas_ptkp', 'Tidak dipotong sampai PTKP sebulan'), ('ter', 'Tarif efektif rata-rata (TER) bulanan'), ('bukan_pegawai', 'Bukan pegawai: 50% bruto × tarif pasal 17')], max_length=13, verbose_name='cara')),
                ('parameters', models.JSONField(verbose_name='angka')),
                ('basis', models.CharField(max_length=200, verbose_name='dasar hukum')),
                ('people', models.PositiveIntegerField(verbose_name='mitra')),
                ('gross', models.PositiveBigIntegerField(verbose_name='bruto')),
                ('tax', models.PositiveBigIntegerField(verbose_name='PPh 21')),
                ('net', models.PositiveBigIntegerField(verbose_name='diterima')),
                ('made_at', models.DateTimeField(verbose_name='dibuat')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='dibayar')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan batal')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paid_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.taxpolicy')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_lists', to='units.unit')),
            ],
            options={
                'ordering': ['-month', '-sequence'],
            },
        ),
        migrations.CreateModel(
            name='PaymentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('gross', models.PositiveBigIntegerField(verbose_name='bruto')),
                ('earlier_gross', models.PositiveBigIntegerField(default=0)),
                ('earlier_tax', models.PositiveBigIntegerField(default=0)),
                ('tax_base', models.PositiveBigIntegerField(verbose_name='dikenai pajak')),
                ('tax', models.PositiveBigIntegerField(verbose_name='PPh 21')),
                ('net', models.PositiveBigIntegerField(verbose_name='diterima')),
                ('bank', models.CharField(max_length=80, verbose_name='bank')),
                ('account_locked', models.CharField(max_length=80)),
                ('account_hash', models.CharField(max_length=64)),
                ('tail', models.CharField(max_length=4)),
                ('holder', models.CharField(max_length=150, verbose_name='atas nama')),
                ('stands', models.BooleanField(default=True)),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='partners.handover')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
                ('payment_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='partners.paymentlist')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.UniqueConstraint(fields=('unit', 'month', 'sequence'), name='payment_lists_of_a_month_are_counted'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_payment_list_is_of_a_whole_month'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(('net', django.db.models.expressions.CombinedExpression(models.F('gross'), '-', models.F('tax')))), name='a_list_pays_gross_less_tax'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='a_payment_list_names_its_tax_basis'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_by__isnull', False), ('paid_on__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_by__isnull', True), ('paid_on__isnull', True)), _connector='OR'), name='a_paid_list_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_cancelled_list_says_why'),
        ),
        migrations.AddIndex(
            model_name='paymentline',
            index=models.Index(condition=models.Q(('stands', True)), fields=['person'], name='payments_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('handover',), name='a_handover_is_paid_once'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(('net', django.db.models.expressions.CombinedExpression(models.F('gross'), '-', models.F('tax'))), ('gross__gt', 0), ('tax__lte', models.F('gross'))), name='a_payment_is_gross_less_tax'),
        ),
        migrations.AddConstraint(
            model_name='paymentline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('bank', ''), _negated=True), models.Q(('holder', ''), _negated=True), models.Q(('account_locked', ''), _negated=True)), name='a_payment_names_its_account'),
        ),
        migrations.RunSQL(GUARDS + HOLDS, UNDO),
    ]
