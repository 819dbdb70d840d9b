import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models
from psycopg.types.range import DateRange

# The promises about positions, kept by the database itself, whoever writes:
#
#   one_position_per_code_at_a_time          (an exclusion) an office's rows of one code never overlap
#   a_position_is_ended_not_rewritten        only its last day is set, once; what rests on it keeps its name
#   a_position_is_for_the_work               a duty's position is of the activity's office or one above it, for
#                                            its kind of work, and holds on some day of it
#   a_cap_is_for_a_position_of_its_province  the same for a cap on its first day, and its honor is not
#                                            counted under another position
#
# Which day a duty begins on is the service's to say: a position that ended keeps the duties it has.
POSITIONS = """
CREATE FUNCTION partners_position_reaches(which bigint, office bigint, work text, span daterange)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM partners_position position, units_unit here
        LEFT JOIN units_unit above ON above.id = here.parent_id
        WHERE position.id = which AND here.id = office
            AND position.unit_id IN (here.id, here.parent_id, above.parent_id)
            AND CASE work WHEN 'survei' THEN position.for_survey ELSE position.for_census END
            AND position.period && span
    )
$$;

CREATE FUNCTION partners_keep_positions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - ARRAY['period', 'updated_at'] = to_jsonb(NEW) - ARRAY['period', 'updated_at']
        AND (OLD.period = NEW.period OR (upper_inf(OLD.period) AND lower(OLD.period) = lower(NEW.period))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'position % is rewritten', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_position_is_ended_not_rewritten';
END $$;

CREATE TRIGGER keep_positions BEFORE UPDATE ON partners_position
    FOR EACH ROW EXECUTE FUNCTION partners_keep_positions();

CREATE FUNCTION partners_match_the_position() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM partners_activity activity
        WHERE activity.id = NEW.activity_id
            AND NOT partners_position_reaches(NEW.position_id, activity.unit_id, activity.kind, activity.period)
    ) THEN
        RAISE EXCEPTION 'position % is not for activity %', NEW.position_id, NEW.activity_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_position_is_for_the_work';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_position BEFORE INSERT OR UPDATE OF position_id, activity_id ON partners_activityduty
    FOR EACH ROW EXECUTE FUNCTION partners_match_the_position();

CREATE FUNCTION partners_match_the_positions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM partners_activityduty duty
        WHERE duty.activity_id = NEW.id
            AND NOT partners_position_reaches(duty.position_id, NEW.unit_id, NEW.kind, NEW.period)
    ) THEN
        RAISE EXCEPTION 'the positions of activity % are not for it', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_position_is_for_the_work';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_positions BEFORE UPDATE ON partners_activity FOR EACH ROW
    WHEN ((OLD.kind, OLD.unit_id, OLD.period) IS DISTINCT FROM (NEW.kind, NEW.unit_id, NEW.period))
    EXECUTE FUNCTION partners_match_the_positions();

CREATE FUNCTION partners_match_the_capped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT partners_position_reaches(NEW.position_id, NEW.province_id, NEW.activity_kind,
            daterange(NEW.valid_from, NEW.valid_from, '[]'))
        OR EXISTS (SELECT FROM partners_position WHERE id = NEW.position_id AND counts_as_id IS NOT NULL) THEN
        RAISE EXCEPTION 'no cap for position % in province %', NEW.position_id, NEW.province_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_cap_is_for_a_position_of_its_province';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER match_the_capped BEFORE INSERT OR UPDATE OF position_id, province_id, activity_kind, valid_from
    ON partners_honorcap FOR EACH ROW EXECUTE FUNCTION partners_match_the_capped();

CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_activityduty FOR EACH ROW
    WHEN ((OLD.activity_id, OLD.position_id) IS DISTINCT FROM (NEW.activity_id, NEW.position_id))
    EXECUTE FUNCTION partners_keep_terms();
"""
WITHOUT_POSITIONS = """
DROP TRIGGER keep_terms ON partners_activityduty;
DROP TRIGGER match_the_capped ON partners_honorcap;
DROP TRIGGER match_the_positions ON partners_activity;
DROP TRIGGER match_the_position ON partners_activityduty;
DROP TRIGGER keep_positions ON partners_position;
DROP FUNCTION partners_match_the_capped, partners_match_the_positions, partners_match_the_position,
    partners_keep_positions, partners_position_reaches;
"""
CAP_OF = """
CREATE OR REPLACE FUNCTION partners_cap_of(which_duty bigint, in_month date) RETURNS bigint
LANGUAGE sql STABLE AS $$
    -- The row of the cap for this duty in this month; the newest begun by its first day. Caps are found by
    -- the code of the position, or of the one its honor is counted under.
    SELECT cap.id
    FROM partners_activityduty duty
    JOIN partners_position position ON position.id = duty.position_id
    LEFT JOIN partners_position counted ON counted.id = position.counts_as_id
    JOIN partners_activity activity ON activity.id = duty.activity_id
    JOIN units_unit office ON office.id = activity.unit_id
    JOIN partners_honorcap cap
        ON cap.province_id = CASE WHEN office.kind IN ('kabupaten', 'kota') THEN office.parent_id ELSE office.id END
        AND cap.year = extract(year FROM in_month) AND cap.activity_kind = activity.kind
        AND cap.employment = 'non_organik' AND cap.valid_from <= in_month
    JOIN partners_position capped
        ON capped.id = cap.position_id AND capped.code = coalesce(counted.code, position.code)
    WHERE duty.id = which_duty
    ORDER BY cap.valid_from DESC, cap.id DESC LIMIT 1
$$;
"""
CAP_OF_BEFORE = """
CREATE OR REPLACE FUNCTION partners_cap_of(which_duty bigint, in_month date) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT cap.id
    FROM partners_activityduty duty
    JOIN partners_activity activity ON activity.id = duty.activity_id
    JOIN units_unit office ON office.id = activity.unit_id
    JOIN partners_honorcap cap
        ON cap.province_id = CASE WHEN office.kind IN ('kabupaten', 'kota') THEN office.parent_id ELSE office.id END
        AND cap.year = extract(year FROM in_month) AND cap.activity_kind = activity.kind
        AND cap.employment = 'non_organik' AND cap.duty = duty.duty AND cap.valid_from <= in_month
    WHERE duty.id = which_duty
    ORDER BY cap.valid_from DESC LIMIT 1
$$;
"""
TERMS_BEFORE = """
CREATE TRIGGER keep_terms BEFORE UPDATE ON partners_activityduty FOR EACH ROW
    WHEN ((OLD.activity_id, OLD.duty) IS DISTINCT FROM (NEW.activity_id, NEW.duty))
    EXECUTE FUNCTION partners_keep_terms();
"""
NAMES = {
    "pcl_ppl": ("Pencacah (PCL/PPL)", "Enumerator (PCL/PPL)"),
    "pml": ("Pengawas lapangan (PML)", "Field supervisor (PML)"),
    "pengolahan": ("Pengolahan", "Processing"),
    "pengawas_pengolahan": ("Pengawas pengolahan", "Processing supervisor"),
    "koseka": ("Koordinator sensus kecamatan (Koseka)", "District census coordinator (Koseka)"),
}
BASIS = "Pedoman administrasi keuangan sensus dan survei BPS: jenis penugasan pada SBML"
BEGINS = "2000-01-01"


def carry(apps, schema_editor):
    """Each choice somebody used becomes a row at the top of their offices; rows point to it as they are."""
    Unit, Position = apps.get_model("units", "Unit"), apps.get_model("partners", "Position")
    parents = dict(Unit.objects.values_list("pk", "parent"))
    held, at = {}, {"HonorCap": "province", "ActivityDuty": "activity__unit"}
    triggers(schema_editor, "DISABLE")
    for name, path in at.items():
        model = apps.get_model("partners", name)
        for code, office in model.objects.order_by().values_list("duty", path).distinct():
            top = office
            while parents[top] is not None:
                top = parents[top]
            if (top, code) not in held:
                title, english = NAMES.get(code, (code, ""))
                held[top, code] = Position.objects.create(
                    unit_id=top, code=code, name=title, name_en=english, basis=BASIS,
                    period=DateRange(BEGINS, None),
                )
            model.objects.filter(duty=code, **{path: office}).update(position=held[top, code])
    triggers(schema_editor, "ENABLE")


def back(apps, schema_editor):
    triggers(schema_editor, "DISABLE")
    for name in ("HonorCap", "ActivityDuty"):
        model = apps.get_model("partners", name)
        for pk, code in apps.get_model("partners", "Position").objects.values_list("pk", "code"):
            model.objects.filter(position=pk).update(duty=code)
    triggers(schema_editor, "ENABLE")


def triggers(schema_editor, word):
    """What money rests on does not change here, so nothing is weighed again; foreign keys are checked."""
    if word == "ENABLE":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("partners_honorcap", "partners_activityduty"):
        schema_editor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


def alone(value):
    return models.Func(
        value, value, models.Value("[]"), function="int8range",
        output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
    )


def position_of(model, *, null):
    word = "caps" if model == "honorcap" else "duties"
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=word,
        to="partners.position",
        verbose_name="jabatan",
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0013_handed_over_on_paper"), ("units", "0003_one_draft_at_a_time")]

    operations = [
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("code", models.CharField(max_length=20, verbose_name="kode")),
                ("name", models.CharField(max_length=100, verbose_name="nama jabatan")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="nama dalam bahasa Inggris")),
                ("for_survey", models.BooleanField(default=True, verbose_name="untuk survei")),
                ("for_census", models.BooleanField(default=True, verbose_name="untuk sensus")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="masa berlaku")),
                ("basis", models.CharField(max_length=200, verbose_name="dasar hukum")),
                (
                    "counts_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counted",
                        to="partners.position",
                        verbose_name="memakai batas honor",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="positions", to="units.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["code", "-period", "pk"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (alone(models.F("unit")), "&&"),
                            (
                                alone(
                                    models.Func(
                                        models.F("code"),
                                        function="hashtext",
                                        output_field=models.BigIntegerField(),
                                    )
                                ),
                                "&&",
                            ),
                            ("period", "&&"),
                        ],
                        name="one_position_per_code_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z][a-z0-9_]*$")), name="a_position_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                        ),
                        name="a_position_names_itself_and_its_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("for_survey", True), ("for_census", True), _connector="OR"),
                        name="a_position_is_for_some_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="a_position_begins_on_a_day",
                    ),
                ],
            },
        ),
        migrations.AddField("honorcap", "position", position_of("honorcap", null=True)),
        migrations.AddField("activityduty", "position", position_of("activityduty", null=True)),
        migrations.AlterField("honorcap", "duty", models.CharField(max_length=20, null=True)),
        migrations.AlterField("activityduty", "duty", models.CharField(max_length=20, null=True)),
        migrations.RunPython(carry, back),
        migrations.RunSQL("DROP TRIGGER keep_terms ON partners_activityduty", TERMS_BEFORE),
        migrations.RunSQL(CAP_OF, CAP_OF_BEFORE),
        migrations.RemoveConstraint("honorcap", "one_cap_per_line_and_day"),
        migrations.RemoveConstraint("activityduty", "one_duty_per_activity_and_price"),
        migrations.AlterModelOptions(
            "honorcap",
            {"ordering": ["-year", "activity_kind", "employment", "position__code", "-valid_from"]},
        ),
        migrations.AlterModelOptions(
            "activityduty",
            {"ordering": ["activity", "position__code", "pk"], "verbose_name_plural": "activity duties"},
        ),
        migrations.RemoveField("honorcap", "duty"),
        migrations.RemoveField("activityduty", "duty"),
        migrations.AlterField("honorcap", "position", position_of("honorcap", null=False)),
        migrations.AlterField("activityduty", "position", position_of("activityduty", null=False)),
        migrations.AddConstraint(
            "honorcap",
            models.UniqueConstraint(
                fields=("province", "activity_kind", "employment", "position", "valid_from"),
                name="one_cap_per_line_and_day",
            ),
        ),
        migrations.AddConstraint(
            "activityduty",
            models.UniqueConstraint(
                fields=("activity", "position", "unit_price"), name="one_duty_per_activity_and_price"
            ),
        ),
        migrations.RunSQL(POSITIONS, WITHOUT_POSITIONS),
    ]
