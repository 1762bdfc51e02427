"""The kinds of events hold for every entry of the ledger, those of before 0006 too.

0006, 0011 and 0012 left the constraint for what came later, since each only let more kinds in. Reading the ledger once
makes it hold for all. Nobody waits for that: validating shuts out other changes of the table's structure only, and
entries go on being read and written. Of 60 million entries it takes about as long as counting them.
"""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0016_party_days")]

    operations = [ValidateConstraint("memberevent", "event_kind_known")]
