"""Everyone by name in the large branches where they may be searched, and the index of names with what is asked in order."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Cast

_LARGE = "ARRAY['province_committee']"
_WITH_SUPERIOR = "EXISTS (SELECT 1 FROM org_under t WHERE t.unit_id = o.id AND t.depth > 0)"
_VIEW = f"""
    CREATE VIEW members_branchofunit AS
    SELECT u.unit_id, u.above_id AS branch_id
    FROM org_under u JOIN org_organisation o ON o.id = u.above_id
    WHERE o.kind = ANY({_LARGE}) AND {_WITH_SUPERIOR}
    UNION ALL
    SELECT h.ended_id, u.above_id
    FROM org_heir h JOIN org_under u ON u.unit_id = h.heir_id JOIN org_organisation o ON o.id = u.above_id
    WHERE o.kind = ANY({_LARGE}) AND {_WITH_SUPERIOR}
"""
_INSERT = """
    INSERT INTO members_branchname (branch_id, person_id, sort_key, fold, born)
    SELECT b.branch_id, p.id, p.sort_key, p.fold, extract(year FROM p.birth_on)::smallint
"""
_OF_EACH = """
    CROSS JOIN LATERAL (SELECT DISTINCT branch_id FROM members_branchofunit WHERE unit_id = p.home_id) b
    WHERE p.merged_into_id IS NULL
"""
_ADDED = f"""
    CREATE FUNCTION members_person_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {_INSERT} FROM added p {_OF_EACH};
        RETURN NULL;
    END $$;
    CREATE TRIGGER person_added AFTER INSERT ON members_person
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION members_person_added();
"""
_CHANGED = f"""
    CREATE FUNCTION members_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM members_branchname WHERE person_id = NEW.id;
        {_INSERT} FROM (SELECT NEW.*) p {_OF_EACH};
        RETURN NULL;
    END $$;
    CREATE TRIGGER person_changed
    AFTER UPDATE OF home_id, merged_into_id, sort_key, fold, birth_on ON members_person FOR EACH ROW
    WHEN ((OLD.home_id, OLD.merged_into_id, OLD.sort_key, OLD.fold, OLD.birth_on)
          IS DISTINCT FROM (NEW.home_id, NEW.merged_into_id, NEW.sort_key, NEW.fold, NEW.birth_on))
    EXECUTE FUNCTION members_person_changed();
"""
_BACK = """
    DROP TRIGGER person_changed ON members_person;
    DROP TRIGGER person_added ON members_person;
    DROP FUNCTION members_person_changed();
    DROP FUNCTION members_person_added();
    DROP VIEW members_branchofunit;
"""
# In the order of names, so that those of one branch lie together.
_FILL = f"""
    {_INSERT} FROM members_person p
    JOIN (SELECT DISTINCT unit_id, branch_id FROM members_branchofunit) b ON b.unit_id = p.home_id
    WHERE p.merged_into_id IS NULL ORDER BY b.branch_id, p.sort_key
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0014_order_of_names"),
        ("org", "0005_search_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="BranchName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "branch_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.person",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="org.organisation",
                    ),
                ),
                ("sort_key", models.CharField(db_collation="C", max_length=240)),
                ("fold", models.CharField(max_length=120)),
                ("born", models.SmallIntegerField()),
            ],
        ),
        migrations.RunSQL(_VIEW + ";" + _ADDED + _CHANGED, _BACK),
        migrations.RunSQL(
            [
                "SET LOCAL work_mem = '256MB'",
                "SET LOCAL maintenance_work_mem = '512MB'",
                "SET LOCAL jit = off",
                "ALTER TABLE members_branchname DROP CONSTRAINT members_branchname_pkey",
                _FILL,
                "ALTER TABLE members_branchname ADD CONSTRAINT members_branchname_pkey PRIMARY KEY (person_id, branch_id)",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="branchname",
            index=models.Index(
                fields=["branch", "sort_key", "person"],
                include=("fold", "born"),
                name="branch_name_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="branchname",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.Func(
                        "fold",
                        Cast("born", models.TextField()),
                        arg_joiner=" || ' ' || ",
                        output_field=models.TextField(),
                        template="' ' || %(expressions)s",
                    ),
                    Cast("branch", models.TextField()),
                    arg_joiner=", ' ', ' ' || ",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="array_to_tsvector(array_remove(string_to_array(replace(%(expressions)s || ':'), ' '), ''))",
                ),
                name="branch_name_by_words",
            ),
        ),
        migrations.RemoveIndex(model_name="person", name="person_by_name"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["sort_key", "id"],
                include=("fold", "home", "birth_on", "merged_into"),
                name="person_by_name",
            ),
        ),
    ]
