import zoneinfo

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max

# The promises about ceilings, kept by the database itself, whoever writes:
#
#   a_ceiling_is_revised_in_order             a new ceiling or basis is a later revision, dated no earlier
#   a_revision_is_never_rewritten             every revision stays as it was; the line's own deletion takes them along
#   a_budget_line_keeps_its_office_and_year   what is paid from it stays of that office and year
#   a_budget_line_is_not_overspent            (the CHECK of BudgetLine) weighs the revision in force
#
# The line is the revision in force, and the database writes each one down as it comes.
CEILINGS = """
CREATE OR REPLACE FUNCTION partners_keep_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.used := OLD.used;
    END IF;
    IF (NEW.unit_id, NEW.year) IS DISTINCT FROM (OLD.unit_id, OLD.year) THEN
        RAISE EXCEPTION 'budget line % moves', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_budget_line_keeps_its_office_and_year';
    END IF;
    IF (NEW.ceiling, NEW.basis, NEW.valid_from, NEW.revision)
            IS DISTINCT FROM (OLD.ceiling, OLD.basis, OLD.valid_from, OLD.revision)
        AND (NEW.revision <= OLD.revision OR NEW.valid_from < OLD.valid_from) THEN
        RAISE EXCEPTION 'budget line % is revised out of order', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_ceiling_is_revised_in_order';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION partners_write_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO partners_ceilingrevision (line_id, revision, ceiling, basis, valid_from, created_at, updated_at)
        VALUES (NEW.id, NEW.revision, NEW.ceiling, NEW.basis, NEW.valid_from, now(), now());
    RETURN NULL;
END $$;

CREATE TRIGGER write_first_revision AFTER INSERT ON partners_budgetline
    FOR EACH ROW EXECUTE FUNCTION partners_write_revision();
CREATE TRIGGER write_revision AFTER UPDATE ON partners_budgetline FOR EACH ROW
    WHEN (OLD.revision IS DISTINCT FROM NEW.revision) EXECUTE FUNCTION partners_write_revision();

CREATE FUNCTION partners_keep_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM partners_budgetline WHERE id = OLD.line_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'revision % of budget line % is rewritten', OLD.revision, OLD.line_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_revision_is_never_rewritten';
END $$;

CREATE TRIGGER keep_revisions BEFORE UPDATE OR DELETE ON partners_ceilingrevision
    FOR EACH ROW EXECUTE FUNCTION partners_keep_revisions();

CREATE FUNCTION partners_drop_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM partners_ceilingrevision WHERE line_id = OLD.id;
    RETURN NULL;
END $$;

CREATE TRIGGER drop_revisions AFTER DELETE ON partners_budgetline
    FOR EACH ROW EXECUTE FUNCTION partners_drop_revisions();
"""
AS_BEFORE = """
DROP TRIGGER drop_revisions ON partners_budgetline;
DROP TRIGGER keep_revisions ON partners_ceilingrevision;
DROP TRIGGER write_revision ON partners_budgetline;
DROP TRIGGER write_first_revision ON partners_budgetline;
DROP FUNCTION partners_drop_revisions, partners_keep_revisions, partners_write_revision;

CREATE OR REPLACE FUNCTION partners_keep_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.used := OLD.used;
    END IF;
    RETURN NEW;
END $$;
"""
LARGEST_AMOUNT = 1_000_000_000_000


def write_down(apps, schema_editor):
    """Each line as it is now, since it was last revised or entered; older ceilings stay in the record only."""
    Line, Entry = apps.get_model("partners", "BudgetLine"), apps.get_model("audit", "Entry")
    Revision = apps.get_model("partners", "CeilingRevision")
    revised = Entry.objects.filter(action="partners.ceiling-revised").values("subject_id")
    known = {
        row["subject_id"]: (row["times"], row["last"])
        for row in revised.annotate(times=models.Count("pk"), last=Max("at")).order_by()
    }
    for line in Line.objects.select_related("unit"):
        times, last = known.get(line.pk, (0, line.created_at))
        line.revision = times
        line.valid_from = last.astimezone(zoneinfo.ZoneInfo(line.unit.zone)).date()
        line.save(update_fields=["revision", "valid_from"])
        Revision.objects.create(
            line_id=line.pk,
            revision=line.revision,
            ceiling=line.ceiling,
            basis=line.basis,
            valid_from=line.valid_from,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0016_changes_to_redo"),
        ("audit", "0001_initial"),
        ("units", "0004_city"),
    ]

    operations = [
        migrations.AddField(
            "budgetline",
            "revision",
            models.PositiveSmallIntegerField(default=0, verbose_name="revisi ke"),
        ),
        migrations.AddField(
            "budgetline", "valid_from", models.DateField(null=True, verbose_name="tanggal dokumen")
        ),
        migrations.CreateModel(
            name="CeilingRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revisi ke")),
                (
                    "ceiling",
                    models.PositiveBigIntegerField(
                        validators=[django.core.validators.MaxValueValidator(LARGEST_AMOUNT)],
                        verbose_name="pagu (rupiah)",
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="dasar hukum")),
                ("valid_from", models.DateField(verbose_name="tanggal dokumen")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="revisions",
                        to="partners.budgetline",
                    ),
                ),
            ],
            options={
                "ordering": ["-revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "revision"), name="one_ceiling_per_line_and_revision"
                    ),
                ],
            },
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "budgetline", "valid_from", models.DateField(verbose_name="tanggal dokumen")
        ),
        migrations.RunSQL(CEILINGS, AS_BEFORE),
    ]
