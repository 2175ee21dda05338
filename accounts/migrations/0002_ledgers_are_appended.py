"""The consent ledger and the audit trail can only be appended to: the database refuses the rest."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_ledger_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is appended to, never edited', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER consent_appended BEFORE UPDATE OR DELETE ON accounts_consententry
    FOR EACH ROW EXECUTE FUNCTION accounts_ledger_is_appended();
CREATE TRIGGER audit_appended BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION accounts_ledger_is_appended();
"""
BACK = """
DROP TRIGGER audit_appended ON accounts_auditentry;
DROP TRIGGER consent_appended ON accounts_consententry;
DROP FUNCTION accounts_ledger_is_appended();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
