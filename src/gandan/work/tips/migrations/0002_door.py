"""What the door's role may call: one function, which gives the public keys and, for a locator, its thread."""

from django.db import migrations

LOOK_UP = """
CREATE FUNCTION tips_look_up(asked bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT jsonb_build_object(
        'keys', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'seat', seat, 'side', side, 'holder', holder, 'box', encode(box, 'hex'), 'verify', encode(verify, 'hex'),
            'since', since, 'until', until, 'signature', encode(signature, 'hex'), 'removed', removed_on IS NOT NULL)), '[]')
            FROM tips_memberkey),
        'thread', (SELECT to_jsonb(t) - 'locator' - 'public' - 'verify' - 'told_on'
            || jsonb_build_object('verify', encode(t.verify, 'hex'))
            FROM tips_tip t WHERE t.locator = asked),
        'messages', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'direction', m.direction, 'sequence', m.sequence, 'day', m.day, 'content', encode(m.content, 'hex'),
            'signature', encode(m.signature, 'hex'), 'signer', encode(m.signer, 'hex'), 'wrapped', encode(s.wrapped, 'hex'))
            ORDER BY m.day, m.sequence), '[]')
            FROM tips_tip t JOIN tips_message m ON m.tip_id = t.id AND m.direction IN ('in', 'out')
            JOIN tips_readerseal s ON s.message_id = m.id AND s.reader = ''
            WHERE t.locator = asked))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("tips", "0001_initial")]
    operations = [migrations.RunSQL(LOOK_UP, "DROP FUNCTION tips_look_up(bytea)")]
