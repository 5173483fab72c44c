"""The one statement that writes a batch of the log and seals it, and the bytes that a seal covers."""

WRITER = 7_310_002  # the advisory lock under which one batch is sealed after another
FIRST_DIGEST = bytes(32)

# Every part is a number, a code or free of `|` and line breaks (`rules.plain`).
LINE = """concat_ws('|', {t}.id, {t}.month - DATE '2000-01-01', (extract(epoch FROM {t}.at) * 1000000)::bigint, {t}.what,
    coalesce({t}.by_id::text, ''), coalesce({t}.acting_for_id::text, ''), {t}.about_type, coalesce({t}.about_id::text, ''),
    coalesce({t}.unit_id::text, ''), coalesce({t}.from_unit_id::text, ''), {t}.outside::int, {t}.channel,
    coalesce({t}.key_id::text, ''), {t}.detail)"""

WRITE = f"""
    WITH last AS (
        SELECT number, digest FROM (
            SELECT number, digest FROM audit_seal
            UNION ALL SELECT last_seal, digest FROM audit_monthend
            UNION ALL SELECT 0, %(first)s::bytea
        ) ends ORDER BY number DESC LIMIT 1
    ), today AS (
        SELECT date_trunc('month', now() AT TIME ZONE %(zone)s)::date AS month
    ), written AS (
        INSERT INTO audit_trace AS t (month, at, what, by_id, acting_for_id, about_type, about_id, unit_id, from_unit_id, outside,
                                      detail, channel, key_id, seal)
        SELECT today.month, clock_timestamp() - make_interval(secs => r.age), r.what, r.by_id, r.acting_for_id, r.about_type,
               r.about_id, r.unit_id, r.from_unit_id, r.outside, r.detail, r.channel, r.key_id, last.number + 1
        FROM unnest(%(age)s::float[], %(what)s::text[], %(by)s::bigint[], %(acting_for)s::bigint[], %(about_type)s::text[],
                    %(about_id)s::bigint[], %(unit)s::bigint[], %(from_unit)s::bigint[], %(outside)s::boolean[],
                    %(detail)s::text[], %(channel)s::text[], %(key)s::bigint[])
             AS r(age, what, by_id, acting_for_id, about_type, about_id, unit_id, from_unit_id, outside, detail, channel, key_id),
             today, last
        RETURNING t.id, {LINE.format(t="t")} AS line
    ), sealed AS (
        SELECT count(*) AS traces, string_agg(line, E'\\n' ORDER BY id) AS lines FROM written
    )
    INSERT INTO audit_seal (number, month, traces, previous, digest)
    SELECT last.number + 1, today.month, sealed.traces, last.digest,
           sha256(last.digest || convert_to((last.number + 1) || ':' || sealed.traces || E'\\n' || sealed.lines, 'UTF8'))
    FROM sealed, last, today WHERE sealed.traces > 0
"""
