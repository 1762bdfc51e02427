"""From which day Party age counts and when one was admitted, a row for each person, written with their events."""

import django.db.models.deletion
from django.db import migrations, models

_LISTED = "e.kind IN ('opening', 'arrived')"
_JOINED = "e.kind IN ('admitted', 'readmitted')"
_BACK = "e.kind IN ('readmitted', 'restored', 'reconnected', 'admission_annulled')"
_LATEST = "ORDER BY e.happened_on DESC, e.id DESC"
_AGE = "coalesce(nullif(e.data->>'party_age_from', ''), nullif(e.data->>'admitted_on', ''))"
_ADMITTED = f"CASE WHEN {_LISTED} THEN nullif(e.data->>'admitted_on', '')::date ELSE e.happened_on END"
# From the list a member came with, the latest; else from the first decision to admit.
_VIEW = f"""
    CREATE VIEW members_partydaysofevents AS
    SELECT e.person_id,
           coalesce((array_agg({_AGE}::date {_LATEST}) FILTER (WHERE {_LISTED} AND {_AGE} IS NOT NULL))[1],
                    (array_agg(coalesce(e.decision_on, e.happened_on) ORDER BY e.happened_on, e.id)
                        FILTER (WHERE {_JOINED}))[1]) AS age_from,
           (array_agg({_ADMITTED} {_LATEST}) FILTER (WHERE ({_LISTED} OR {_JOINED}) AND {_ADMITTED} IS NOT NULL))[1]
               AS admitted_on,
           max(e.happened_on) AS last_on,
           bool_or({_BACK}) AS back
    FROM members_memberevent e
    WHERE e.kind IN ('opening', 'arrived', 'admitted', 'readmitted', 'restored', 'reconnected', 'admission_annulled')
      AND NOT EXISTS (SELECT 1 FROM members_memberevent c WHERE c.corrects_id = e.id)
    GROUP BY e.person_id
"""
_INSERT = """
    INSERT INTO members_partydays (person_id, age_from, admitted_on, last_on, back)
    SELECT person_id, age_from, admitted_on, last_on, back FROM members_partydaysofevents
"""
_WRITTEN = f"""
    CREATE FUNCTION members_event_written() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        people bigint[] := ARRAY(
            SELECT DISTINCT person_id FROM written
            WHERE corrects_id IS NOT NULL OR kind IN ('opening', 'arrived', 'admitted', 'readmitted', 'restored',
                                                      'reconnected', 'admission_annulled'));
    BEGIN
        IF people <> '{{}}' THEN
            DELETE FROM members_partydays WHERE person_id = ANY(people);
            {_INSERT} WHERE person_id = ANY(people);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER event_written AFTER INSERT ON members_memberevent
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION members_event_written();
"""
_BACKWARDS = """
    DROP TRIGGER event_written ON members_memberevent;
    DROP FUNCTION members_event_written();
    DROP VIEW members_partydaysofevents;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0015_names_in_large_branches")]

    operations = [
        migrations.CreateModel(
            name="PartyDays",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="party_days",
                        serialize=False,
                        to="members.person",
                    ),
                ),
                ("age_from", models.DateField(null=True)),
                ("admitted_on", models.DateField(null=True)),
                ("last_on", models.DateField()),
                ("back", models.BooleanField()),
            ],
        ),
        migrations.RunSQL(_VIEW + ";" + _WRITTEN, _BACKWARDS),
        migrations.RunSQL(
            [
                "SET LOCAL work_mem = '256MB'",
                "SET LOCAL maintenance_work_mem = '256MB'",
                "SET LOCAL jit = off",
                "ALTER TABLE members_partydays DROP CONSTRAINT members_partydays_pkey",
                _INSERT,
                # A list of a province looks up each of its members: in the index alone.
                "ALTER TABLE members_partydays ADD CONSTRAINT members_partydays_pkey"
                " PRIMARY KEY (person_id) INCLUDE (age_from, admitted_on, last_on, back)",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="partydays",
            index=models.Index(condition=models.Q(("back", True)), fields=["person"], name="party_days_back"),
        ),
    ]
