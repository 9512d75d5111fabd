-- The tables of V004 were a sketch that nothing has written to.
DROP TABLE notification_log, notification_outbox, notification_channels;

CREATE TABLE notification_channels (
  channel_id      uuid             PRIMARY KEY DEFAULT gen_random_uuid(),
  service         text             NOT NULL,
  environment     text,
  channel         text             NOT NULL,
  kind            text             NOT NULL,
  follows_up      boolean          NOT NULL,
  notify_on       int[]            NOT NULL,
  every           int              NOT NULL,
  regressions     boolean          NOT NULL,
  spike_factor    double precision NOT NULL,
  spike_floor     int              NOT NULL,
  error_rate      double precision NOT NULL,
  level           log_level        NOT NULL,
  services        text[]           NOT NULL,
  environments    text[]           NOT NULL,
  exception_types text[]           NOT NULL,
  loggers         text[]           NOT NULL,
  quiet_from      time,
  quiet_until     time,
  time_zone       text             NOT NULL,
  max_per_hour    int              NOT NULL,
  give_up_after   interval         NOT NULL,
  enabled         boolean          NOT NULL DEFAULT true,
  muted_until     timestamptz,
  digested_at     timestamptz,
  seen_at         timestamptz      NOT NULL DEFAULT now(),
  created_at      timestamptz      NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (service, environment, channel)
);

COMMENT ON TABLE notification_channels IS 'Ways to reach people, as the applications configure them. Their secrets stay there.';
COMMENT ON COLUMN notification_channels.channel_id IS 'Key, part of every dedupe key.';
COMMENT ON COLUMN notification_channels.service IS 'Application that configures it.';
COMMENT ON COLUMN notification_channels.environment IS 'Where that runs.';
COMMENT ON COLUMN notification_channels.channel IS 'Its name there.';
COMMENT ON COLUMN notification_channels.kind IS 'Such as email, slack, webhook, pagerduty.';
COMMENT ON COLUMN notification_channels.follows_up IS 'Whether it is told that an error is assigned or resolved.';
COMMENT ON COLUMN notification_channels.notify_on IS 'Occurrences of an error that it is told of.';
COMMENT ON COLUMN notification_channels.every IS 'It is told of each so-manieth occurrence, too; 0: not.';
COMMENT ON COLUMN notification_channels.regressions IS 'Whether it is told that an error is back after a resolve, or speaks again after an ignore.';
COMMENT ON COLUMN notification_channels.spike_factor IS 'It is told of an error whose rate in five minutes is more than so many times its own hourly mean; 0: not.';
COMMENT ON COLUMN notification_channels.spike_floor IS 'Occurrences in five minutes below which there is no spike.';
COMMENT ON COLUMN notification_channels.error_rate IS 'It is told of a service with more errors a second, over five minutes; 0: not.';
COMMENT ON COLUMN notification_channels.level IS 'Least level of errors.';
COMMENT ON COLUMN notification_channels.services IS 'Services whose errors it is told of; names may end in *.';
COMMENT ON COLUMN notification_channels.environments IS 'Environments, likewise; an empty name stands for errors without one.';
COMMENT ON COLUMN notification_channels.exception_types IS 'Classes of exceptions, likewise; empty: all.';
COMMENT ON COLUMN notification_channels.loggers IS 'Loggers of the first occurrence, likewise; empty: all.';
COMMENT ON COLUMN notification_channels.quiet_from IS 'From when on nothing is sent; null: there are no quiet hours.';
COMMENT ON COLUMN notification_channels.quiet_until IS 'Until when.';
COMMENT ON COLUMN notification_channels.time_zone IS 'Time zone of the two.';
COMMENT ON COLUMN notification_channels.max_per_hour IS 'Messages in an hour beyond which the rest is held back for a digest; 0: any number.';
COMMENT ON COLUMN notification_channels.give_up_after IS 'Age at which a message that could not be sent is given up.';
COMMENT ON COLUMN notification_channels.enabled IS 'False: nothing is sent. Yours to set: no application overwrites it.';
COMMENT ON COLUMN notification_channels.muted_until IS 'Until then nothing is sent, nor made up for. Yours to set.';
COMMENT ON COLUMN notification_channels.digested_at IS 'When the last digest was made.';
COMMENT ON COLUMN notification_channels.seen_at IS 'When an instance last said that it has the channel; after a day without, nothing is written for it.';
COMMENT ON COLUMN notification_channels.created_at IS 'When an instance first named it.';

CREATE TABLE notification_outbox (
  notification_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel_id      uuid        NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
  group_id        bigint,
  reason          text        NOT NULL,
  dedupe_key      text        NOT NULL UNIQUE,
  facts           jsonb       NOT NULL,
  attempts        int         NOT NULL DEFAULT 0,
  held_at         timestamptz,
  leased_until    timestamptz,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  created_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE notification_outbox IS 'Messages to be sent, born in the transaction that found their reason, gone when they are sent.';
COMMENT ON COLUMN notification_outbox.notification_id IS 'Number of the message.';
COMMENT ON COLUMN notification_outbox.channel_id IS 'Where it goes: see notification_channels.';
COMMENT ON COLUMN notification_outbox.group_id IS 'Which bug it is about; null: none, or several.';
COMMENT ON COLUMN notification_outbox.reason IS 'new, milestone, regression, spike, awakened, error_rate, assigned, resolved, digest or test.';
COMMENT ON COLUMN notification_outbox.dedupe_key IS 'The same for the same message: receivers drop the second.';
COMMENT ON COLUMN notification_outbox.facts IS 'What there was to tell when the reason was found.';
COMMENT ON COLUMN notification_outbox.attempts IS 'How often an instance took it in hand.';
COMMENT ON COLUMN notification_outbox.held_at IS 'Since when it is held back for a digest; null: it is not.';
COMMENT ON COLUMN notification_outbox.leased_until IS 'Until when an instance has it in hand.';
COMMENT ON COLUMN notification_outbox.next_attempt_at IS 'Not before this.';
COMMENT ON COLUMN notification_outbox.created_at IS 'When its reason was found.';

CREATE INDEX notification_outbox_channel ON notification_outbox (channel_id, group_id, notification_id);

CREATE TABLE notification_log (
  log_id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  notification_id bigint      NOT NULL,
  channel_id      uuid        NOT NULL,
  group_id        bigint,
  reason          text        NOT NULL,
  dedupe_key      text        NOT NULL,
  attempt         int         NOT NULL,
  outcome         text        NOT NULL,
  detail          text,
  facts           jsonb,
  happened_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE notification_log IS 'What became of each message, for 90 days.';
COMMENT ON COLUMN notification_log.log_id IS 'In the order of what happened.';
COMMENT ON COLUMN notification_log.notification_id IS 'Number of the message.';
COMMENT ON COLUMN notification_log.channel_id IS 'Where it went: see notification_channels.';
COMMENT ON COLUMN notification_log.group_id IS 'Which bug it was about.';
COMMENT ON COLUMN notification_log.reason IS 'Why it was sent.';
COMMENT ON COLUMN notification_log.dedupe_key IS 'That of the message.';
COMMENT ON COLUMN notification_log.attempt IS 'Which attempt.';
COMMENT ON COLUMN notification_log.outcome IS 'sent; failed: it is tried again; dead: it is given up; digested: it is part of a digest; silenced: muted or ignored before it was sent; doubled: sent a second time, after its lease had ended.';
COMMENT ON COLUMN notification_log.detail IS 'What the receiver or the error said; of a digested one the number of the digest.';
COMMENT ON COLUMN notification_log.facts IS 'Of a dead one, what it would have told.';
COMMENT ON COLUMN notification_log.happened_at IS 'When.';

CREATE INDEX notification_log_channel ON notification_log (channel_id, group_id, happened_at);

CREATE INDEX notification_log_dedupe_key ON notification_log (dedupe_key);

CREATE INDEX notification_log_happened_at ON notification_log (happened_at);

CREATE TABLE error_minutes (
  group_id    bigint      NOT NULL,
  minute      timestamptz NOT NULL,
  occurrences bigint      NOT NULL,
  PRIMARY KEY (group_id, minute)
);

COMMENT ON TABLE error_minutes IS 'Occurrences by minute, for the last ten of them.';
COMMENT ON COLUMN error_minutes.group_id IS 'Which bug: see error_groups.';
COMMENT ON COLUMN error_minutes.minute IS 'Start of the minute.';
COMMENT ON COLUMN error_minutes.occurrences IS 'How often it happened.';

CREATE INDEX error_minutes_minute ON error_minutes (minute);

CREATE TABLE error_hours (
  group_id    bigint      NOT NULL,
  hour        timestamptz NOT NULL,
  occurrences bigint      NOT NULL,
  PRIMARY KEY (group_id, hour)
);

COMMENT ON TABLE error_hours IS 'Occurrences by hour, for eight days: what is usual for an error.';
COMMENT ON COLUMN error_hours.group_id IS 'Which bug: see error_groups.';
COMMENT ON COLUMN error_hours.hour IS 'Start of the hour.';
COMMENT ON COLUMN error_hours.occurrences IS 'How often it happened.';

CREATE INDEX error_hours_hour ON error_hours (hour);

ALTER TABLE error_groups ADD COLUMN logger text;

COMMENT ON COLUMN error_groups.logger IS 'Logger of the first occurrence; null where that was before there was this column.';

CREATE VIEW notifications AS
SELECT l.happened_at, c.service, c.environment, c.channel, c.kind, l.reason, l.outcome, l.detail,
       l.attempt, g.fingerprint, g.title, l.dedupe_key, l.notification_id
FROM notification_log l
LEFT JOIN notification_channels c ON c.channel_id = l.channel_id
LEFT JOIN error_groups g ON g.group_id = l.group_id
UNION ALL
SELECT o.created_at, c.service, c.environment, c.channel, c.kind, o.reason,
       CASE WHEN o.held_at IS NULL THEN 'pending' ELSE 'held' END, NULL,
       o.attempts, g.fingerprint, g.title, o.dedupe_key, o.notification_id
FROM notification_outbox o
JOIN notification_channels c ON c.channel_id = o.channel_id
LEFT JOIN error_groups g ON g.group_id = o.group_id;

COMMENT ON VIEW notifications IS 'What people were told, and what is yet to be sent (outcome pending, or held for a digest): ask this.';

CREATE FUNCTION register_channel(
  p_service     text,
  p_environment text,
  p_channel     text,
  p_kind        text,
  p_follows_up  boolean,
  p_rules       jsonb
) RETURNS uuid
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  registered uuid;
BEGIN
  PERFORM now() AT TIME ZONE (p_rules ->> 'time_zone');
  INSERT INTO notification_channels AS c (
    service, environment, channel, kind, follows_up,
    notify_on, every, regressions, spike_factor, spike_floor, error_rate, level,
    services, environments, exception_types, loggers,
    quiet_from, quiet_until, time_zone, max_per_hour, give_up_after)
  SELECT p_service, p_environment, p_channel, p_kind, p_follows_up,
         r.notify_on, r.every, r.regressions, r.spike_factor, r.spike_floor, r.error_rate, r.level,
         r.services, r.environments, r.exception_types, r.loggers,
         r.quiet_from, r.quiet_until, r.time_zone, r.max_per_hour, r.give_up_after
  FROM jsonb_populate_record(NULL::notification_channels, p_rules) r
  ON CONFLICT (service, environment, channel) DO UPDATE
  SET kind = excluded.kind,
      follows_up = excluded.follows_up,
      notify_on = excluded.notify_on,
      every = excluded.every,
      regressions = excluded.regressions,
      spike_factor = excluded.spike_factor,
      spike_floor = excluded.spike_floor,
      error_rate = excluded.error_rate,
      level = excluded.level,
      services = excluded.services,
      environments = excluded.environments,
      exception_types = excluded.exception_types,
      loggers = excluded.loggers,
      quiet_from = excluded.quiet_from,
      quiet_until = excluded.quiet_until,
      time_zone = excluded.time_zone,
      max_per_hour = excluded.max_per_hour,
      give_up_after = excluded.give_up_after,
      seen_at = now()
  RETURNING c.channel_id INTO registered;
  RETURN registered;
END
$$;

COMMENT ON FUNCTION register_channel IS
  'Makes or renews a channel of an application; p_rules has the columns of notification_channels as JSON. To be called at start and every few minutes.';

CREATE VIEW active_channels AS
SELECT *
FROM notification_channels
WHERE enabled
  AND (muted_until IS NULL OR muted_until <= now())
  AND seen_at > now() - interval '1 day';

COMMENT ON VIEW active_channels IS 'Channels for which messages are written.';

-- The three have no search_path of their own: so the planner puts them into the query that asks.
CREATE FUNCTION is_one_of(p_name text, p_patterns text[])
RETURNS boolean
LANGUAGE sql
IMMUTABLE
AS $$
  SELECT cardinality(p_patterns) = 0
    OR EXISTS (
      SELECT
      FROM unnest(p_patterns) AS pattern
      WHERE CASE
        WHEN pattern LIKE '%*' THEN starts_with(p_name, left(pattern, -1))
        ELSE p_name = pattern
      END);
$$;

COMMENT ON FUNCTION is_one_of IS 'Whether a name is in a list, in which names may end in *; an empty list has them all.';

CREATE FUNCTION is_wanted(p_channel active_channels, p_group error_groups)
RETURNS boolean
LANGUAGE sql
STABLE
AS $$
  SELECT p_group.level >= p_channel.level
    AND is_one_of(p_group.service, p_channel.services)
    AND is_one_of(coalesce(p_group.environment, ''), p_channel.environments)
    AND is_one_of(p_group.exception_type, p_channel.exception_types)
    AND is_one_of(p_group.logger, p_channel.loggers);
$$;

COMMENT ON FUNCTION is_wanted IS 'Whether a channel is to be told of a bug.';

CREATE FUNCTION count_rates(p_taken error_deltas[])
RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
  INSERT INTO error_minutes AS m (minute, group_id, occurrences)
  SELECT date_trunc('minute', t.last_seen), t.group_id, sum(t.occurrences)
  FROM unnest(p_taken) t
  WHERE t.last_seen > now() - interval '10 minutes'
  GROUP BY 1, 2
  ON CONFLICT (group_id, minute) DO UPDATE SET occurrences = m.occurrences + excluded.occurrences;

  INSERT INTO error_hours AS h (group_id, hour, occurrences)
  SELECT t.group_id, date_trunc('hour', t.last_seen, 'UTC'), sum(t.occurrences)
  FROM unnest(p_taken) t
  WHERE t.last_seen > now() - interval '8 days'
  GROUP BY 1, 2
  ON CONFLICT (group_id, hour) DO UPDATE SET occurrences = h.occurrences + excluded.occurrences;

  DELETE FROM error_minutes WHERE minute < now() - interval '10 minutes';
  DELETE FROM error_hours WHERE hour < now() - interval '8 days';
  DELETE FROM notification_log WHERE happened_at < now() - interval '90 days';
$$;

COMMENT ON FUNCTION count_rates IS 'Adds what is being folded to error_minutes and error_hours, and forgets what is old.';

CREATE FUNCTION issue_facts(
  p_bug         error_groups,
  p_occurrences numeric,
  p_first_seen  timestamptz,
  p_last_seen   timestamptz,
  p_release     text
) RETURNS jsonb
LANGUAGE sql
STABLE
AS $$
  SELECT jsonb_build_object(
    'fingerprint', p_bug.fingerprint,
    'service', p_bug.service,
    'environment', p_bug.environment,
    'level', p_bug.level,
    'exception_type', p_bug.exception_type,
    'title', p_bug.title,
    'culprit', p_bug.culprit,
    'assignee', p_bug.assignee,
    'occurrences', p_occurrences::bigint,
    'first_seen', p_first_seen,
    'last_seen', p_last_seen,
    'release', p_release);
$$;

COMMENT ON FUNCTION issue_facts IS 'What there is to tell of a bug, with the counts of what was merged into it, as JSON.';

CREATE FUNCTION told_lately(p_channel_id uuid, p_group_id bigint, p_reason text, p_key text)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT EXISTS (
      SELECT
      FROM notification_outbox o
      WHERE o.channel_id = p_channel_id
        AND o.group_id IS NOT DISTINCT FROM p_group_id
        AND o.reason = p_reason
        AND starts_with(o.dedupe_key, p_channel_id || ':' || p_key))
    OR EXISTS (
      SELECT
      FROM notification_log l
      WHERE l.channel_id = p_channel_id
        AND l.group_id IS NOT DISTINCT FROM p_group_id
        AND l.reason = p_reason
        AND starts_with(l.dedupe_key, p_channel_id || ':' || p_key)
        AND l.happened_at > now() - interval '1 hour');
$$;

COMMENT ON FUNCTION told_lately IS 'Whether a channel is about to be told such a thing, or was within the hour.';

CREATE FUNCTION usual_per_hour(p_group_id bigint, p_first_seen timestamptz)
RETURNS double precision
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT coalesce(sum(h.occurrences), 0)::double precision
    / greatest(1, extract(epoch FROM date_trunc('hour', now(), 'UTC')
        - greatest(p_first_seen, now() - interval '7 days'))::double precision / 3600)
  FROM error_hours h
  WHERE h.group_id IN (
      SELECT g.group_id
      FROM error_groups g
      WHERE g.group_id = p_group_id OR g.merged_into = p_group_id)
    AND h.hour >= now() - interval '7 days'
    AND h.hour < date_trunc('hour', now(), 'UTC');
$$;

COMMENT ON FUNCTION usual_per_hour IS
  'Mean occurrences in an hour of a bug and what was merged into it: of the last week, or since it was first seen.';

CREATE FUNCTION notify_of_groups(p_taken error_deltas[], p_back bigint[], p_awake bigint[])
RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
  WITH touched AS (
    SELECT t.group_id, sum(t.occurrences) AS more
    FROM (
      SELECT coalesce(g.merged_into, g.group_id) AS group_id, d.occurrences
      FROM unnest(p_taken) d
      JOIN error_groups g ON g.group_id = d.group_id
      UNION ALL
      SELECT a, 0 FROM unnest(p_awake) a
    ) t
    GROUP BY t.group_id
  ), family AS (
    SELECT m.root, m.more,
           sum(m.occurrences) AS occurrences,
           min(m.first_seen) AS first_seen,
           max(m.last_seen) AS last_seen,
           (array_agg(m.last_release ORDER BY m.last_seen DESC))[1] AS release,
           sum((
             SELECT sum(e.occurrences)
             FROM error_minutes e
             WHERE e.group_id = m.group_id
               AND e.minute > now() - interval '5 minutes')) AS recently
    FROM (
      SELECT t.group_id AS root, t.more, g.*
      FROM touched t
      JOIN error_groups g ON g.group_id = t.group_id
      UNION ALL
      SELECT t.group_id, t.more, g.*
      FROM touched t
      JOIN error_groups g ON g.merged_into = t.group_id
    ) m
    GROUP BY m.root, m.more
  ), bug AS (
    SELECT r AS whole, r.group_id, r.notify_on, r.regressed_at,
           f.occurrences, f.occurrences - f.more AS before, f.recently, f.first_seen,
           issue_facts(r, f.occurrences, f.first_seen, f.last_seen, f.release) AS facts
    FROM family f
    JOIN error_groups r ON r.group_id = f.root
    WHERE r.status = 'unresolved'
  ), message AS (
    SELECT c.channel_id, b.group_id, d.reason, d.threshold, b.facts,
           c.channel_id || ':' || to_hex(b.group_id) || ':' || d.key AS dedupe_key
    FROM bug b
    JOIN active_channels c ON is_wanted(c, b.whole)
    CROSS JOIN LATERAL (
      SELECT CASE t.n WHEN 1 THEN 'new' ELSE 'milestone' END AS reason, t.n::text AS key, t.n AS threshold
      FROM (
        SELECT n
        FROM unnest(coalesce(b.notify_on, c.notify_on)) AS n
        WHERE n > b.before AND n <= b.occurrences
        UNION
        -- Of these only the last: a storm crosses thousands at once.
        SELECT (floor(b.occurrences / c.every) * c.every)::bigint
        WHERE c.every > 0
          AND b.notify_on IS NULL
          AND floor(b.occurrences / c.every) > floor(b.before / c.every)
      ) t
      UNION ALL
      SELECT 'regression', 'back:' || extract(epoch FROM b.regressed_at), 0
      WHERE c.regressions
        AND b.group_id = ANY (p_back)
      UNION ALL
      SELECT 'awakened', 'awake:' || extract(epoch FROM now()), 0
      WHERE c.regressions
        AND b.group_id = ANY (p_awake)
      UNION ALL
      SELECT 'spike', 'spike:' || extract(epoch FROM now()), 0
      WHERE c.spike_factor > 0
        AND b.recently >= c.spike_floor
        -- For what is younger than an hour nothing is usual; its milestones tell of it.
        AND b.first_seen < now() - interval '1 hour'
        AND b.recently * 12 > c.spike_factor * usual_per_hour(b.group_id, b.first_seen)
        AND NOT told_lately(c.channel_id, b.group_id, 'spike', '')
    ) d
  )
  INSERT INTO notification_outbox (channel_id, group_id, reason, dedupe_key, facts)
  SELECT m.channel_id, m.group_id, m.reason, m.dedupe_key,
         m.facts || jsonb_build_object('threshold', m.threshold)
  FROM message m
  WHERE NOT EXISTS (SELECT FROM notification_log l WHERE l.dedupe_key = m.dedupe_key)
  -- People read things in the order in which they happened.
  ORDER BY m.group_id, m.threshold
  ON CONFLICT (dedupe_key) DO NOTHING;
$$;

COMMENT ON FUNCTION notify_of_groups IS
  'Writes the messages that the counts being folded give a reason for: thresholds crossed, errors that are back, spikes. Each once, also where a merge is taken back and a threshold crossed again.';

CREATE FUNCTION notify_of_rates()
RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
  INSERT INTO notification_outbox (channel_id, reason, dedupe_key, facts)
  SELECT r.channel_id,
         'error_rate',
         r.channel_id || ':' || r.key || extract(epoch FROM now()),
         jsonb_build_object(
           'service', r.service,
           'environment', r.environment,
           'per_second', r.per_second,
           'limit', r.error_rate,
           'titles', r.titles)
  FROM (
    SELECT s.channel_id, s.error_rate, s.service, s.environment,
           'rate:' || md5(s.service || ' ' || coalesce(s.environment, '')) || ':' AS key,
           sum(s.occurrences) / 300.0 AS per_second,
           (array_agg(s.title ORDER BY s.occurrences DESC))[1:5] AS titles
    FROM (
      SELECT c.channel_id, c.error_rate, g.service, g.environment, g.title,
             sum(m.occurrences) AS occurrences
      FROM active_channels c
      CROSS JOIN error_minutes m
      JOIN error_groups o ON o.group_id = m.group_id
      JOIN error_groups g ON g.group_id = coalesce(o.merged_into, o.group_id)
      WHERE c.error_rate > 0
        AND m.minute > now() - interval '5 minutes'
        AND g.status <> 'ignored'
        AND is_wanted(c, g)
      GROUP BY c.channel_id, c.error_rate, g.group_id, g.service, g.environment, g.title
    ) s
    GROUP BY s.channel_id, s.error_rate, s.service, s.environment
    HAVING sum(s.occurrences) / 300.0 > s.error_rate
  ) r
  WHERE NOT told_lately(r.channel_id, NULL, 'error_rate', r.key);
$$;

COMMENT ON FUNCTION notify_of_rates IS 'Writes a message for each service that has more errors a second than a channel allows, once an hour.';

CREATE FUNCTION notify_of_decision()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  decision text := CASE
    WHEN NEW.status = 'resolved' AND OLD.status <> 'resolved' THEN 'resolved'
    WHEN NEW.assignee IS NOT NULL AND NEW.assignee IS DISTINCT FROM OLD.assignee THEN 'assigned'
  END;
BEGIN
  IF decision IS NOT NULL THEN
    INSERT INTO notification_outbox (channel_id, group_id, reason, dedupe_key, facts)
    SELECT c.channel_id, NEW.group_id, decision,
           c.channel_id || ':' || to_hex(NEW.group_id) || ':' || decision || ':'
             || extract(epoch FROM clock_timestamp()),
           issue_facts(NEW, f.occurrences, f.first_seen, f.last_seen, NEW.last_release)
             || jsonb_build_object('changed_by', actor())
    FROM active_channels c
    CROSS JOIN (
      SELECT sum(g.occurrences) AS occurrences,
             min(g.first_seen) AS first_seen,
             max(g.last_seen) AS last_seen
      FROM error_groups g
      WHERE g.group_id = NEW.group_id OR g.merged_into = NEW.group_id
    ) f
    WHERE c.follows_up
      AND (EXISTS (
          SELECT
          FROM notification_outbox o
          WHERE o.channel_id = c.channel_id AND o.group_id = NEW.group_id AND o.held_at IS NULL)
        OR EXISTS (
          SELECT
          FROM notification_log l
          WHERE l.channel_id = c.channel_id AND l.group_id = NEW.group_id AND l.outcome = 'sent'));
  END IF;
  RETURN NULL;
END
$$;

COMMENT ON FUNCTION notify_of_decision IS 'Tells those channels that follow up and were told of a bug that it is resolved or assigned, by whatever SQL.';

CREATE TRIGGER notify_of_decision
AFTER UPDATE OF status, assignee ON error_groups
FOR EACH ROW EXECUTE FUNCTION notify_of_decision();

CREATE FUNCTION give_up_notifications()
RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
  WITH gone AS (
    DELETE FROM notification_outbox o
    USING notification_channels c
    WHERE c.channel_id = o.channel_id
      AND o.created_at < now() - c.give_up_after
        - CASE WHEN o.held_at IS NULL THEN interval '0' ELSE interval '1 day' END
      AND (o.leased_until IS NULL OR o.leased_until < now())
    RETURNING o.*
  )
  INSERT INTO notification_log (
    notification_id, channel_id, group_id, reason, dedupe_key, attempt, outcome, detail, facts)
  SELECT notification_id, channel_id, group_id, reason, dedupe_key, attempts, 'dead',
         'no instance could send it in time', facts
  FROM gone;
$$;

COMMENT ON FUNCTION give_up_notifications IS 'Logs and removes messages that are too old, such as those of a channel that no instance has any more.';

CREATE FUNCTION silence_notifications(p_channel notification_channels)
RETURNS void
LANGUAGE sql
SET search_path FROM CURRENT
AS $$
  WITH gone AS (
    DELETE FROM notification_outbox o
    WHERE o.channel_id = p_channel.channel_id
      AND o.reason <> 'test'
      AND (o.leased_until IS NULL OR o.leased_until < now())
      AND (NOT p_channel.enabled
        OR p_channel.muted_until > now()
        OR EXISTS (
          SELECT
          FROM error_groups g
          WHERE g.group_id = o.group_id
            AND g.status = 'ignored'))
    RETURNING o.*
  )
  INSERT INTO notification_log (
    notification_id, channel_id, group_id, reason, dedupe_key, attempt, outcome)
  SELECT notification_id, channel_id, group_id, reason, dedupe_key, attempts, 'silenced'
  FROM gone;
$$;

COMMENT ON FUNCTION silence_notifications IS 'Removes messages of a channel that was muted or disabled, or about errors that were ignored, before they were sent.';

CREATE FUNCTION is_quiet(p_channel notification_channels)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT coalesce(
    CASE
      WHEN p_channel.quiet_from < p_channel.quiet_until THEN
        here.clock >= p_channel.quiet_from AND here.clock < p_channel.quiet_until
      ELSE here.clock >= p_channel.quiet_from OR here.clock < p_channel.quiet_until
    END,
    false)
  FROM (SELECT (now() AT TIME ZONE p_channel.time_zone)::time AS clock) here;
$$;

COMMENT ON FUNCTION is_quiet IS 'Whether these are a channel''s quiet hours.';

CREATE FUNCTION is_too_much(p_channel notification_channels)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT w.gathering
    OR (p_channel.max_per_hour > 0 AND w.waiting + s.sent > p_channel.max_per_hour)
  FROM (
    SELECT count(*) FILTER (WHERE held_at IS NULL) AS waiting,
           -- What comes right after one that was held goes into the same digest.
           coalesce(bool_or(held_at > now() - interval '10 seconds'), false) AS gathering
    FROM notification_outbox
    WHERE channel_id = p_channel.channel_id
      AND reason NOT IN ('assigned', 'resolved', 'digest', 'test')
  ) w
  CROSS JOIN (
    SELECT count(*) AS sent
    FROM notification_log
    WHERE channel_id = p_channel.channel_id
      AND outcome = 'sent'
      AND reason NOT IN ('assigned', 'resolved', 'test')
      AND happened_at > now() - interval '1 hour'
  ) s;
$$;

COMMENT ON FUNCTION is_too_much IS 'Whether a channel would send more than its messages of an hour, or is gathering what goes beyond.';

CREATE FUNCTION hold_notifications(p_channel notification_channels)
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
  IF is_quiet(p_channel) OR is_too_much(p_channel) THEN
    UPDATE notification_outbox
    SET held_at = now()
    WHERE channel_id = p_channel.channel_id
      AND attempts = 0
      AND held_at IS NULL
      AND reason NOT IN ('assigned', 'resolved', 'digest', 'test');
  END IF;
END
$$;

COMMENT ON FUNCTION hold_notifications IS 'Holds back what a channel must not send now: in quiet hours, or where the hour''s messages would be too many.';

CREATE FUNCTION digest_notifications(p_channel notification_channels)
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  held  bigint;
  first timestamptz;
  last  timestamptz;
BEGIN
  SELECT count(*), min(held_at), max(held_at) INTO held, first, last
  FROM notification_outbox
  WHERE channel_id = p_channel.channel_id
    AND held_at IS NOT NULL;
  IF held = 0
    OR is_quiet(p_channel)
    -- A burst is over when nothing has come for a while; one that never ends is told of, too.
    OR (last > now() - interval '10 seconds' AND first > now() - interval '1 minute')
    OR p_channel.digested_at > now() - interval '1 hour' THEN
    RETURN;
  END IF;
  UPDATE notification_channels SET digested_at = now() WHERE channel_id = p_channel.channel_id;
  IF held = 1 THEN
    UPDATE notification_outbox
    SET held_at = NULL
    WHERE channel_id = p_channel.channel_id
      AND held_at IS NOT NULL;
    RETURN;
  END IF;
  WITH gone AS (
    DELETE FROM notification_outbox
    WHERE channel_id = p_channel.channel_id
      AND held_at IS NOT NULL
    RETURNING *
  ), bug AS (
    -- One entry for each: why it was first to be told of, and how it stands now.
    SELECT (array_agg(reason ORDER BY notification_id))[1] AS reason,
           (array_agg(facts ORDER BY notification_id DESC))[1] AS facts
    FROM gone
    GROUP BY coalesce(group_id, notification_id), group_id IS NULL
  ), entry AS (
    SELECT reason, facts
    FROM bug
    ORDER BY (facts ->> 'occurrences')::bigint DESC NULLS FIRST
    LIMIT 100
  ), digest AS (
    INSERT INTO notification_outbox (channel_id, reason, dedupe_key, facts)
    SELECT p_channel.channel_id,
           'digest',
           p_channel.channel_id || ':digest:' || extract(epoch FROM now()),
           jsonb_build_object(
             'total', held,
             'entries', jsonb_agg(facts || jsonb_build_object('reason', reason)))
    FROM entry
    RETURNING notification_id
  )
  INSERT INTO notification_log (
    notification_id, channel_id, group_id, reason, dedupe_key, attempt, outcome, detail)
  SELECT g.notification_id, g.channel_id, g.group_id, g.reason, g.dedupe_key, 0, 'digested',
         d.notification_id
  FROM gone g
  CROSS JOIN digest d;
END
$$;

COMMENT ON FUNCTION digest_notifications IS
  'Makes one message of those held back, once an hour at most and not in quiet hours; a single one goes by itself.';

CREATE FUNCTION latest_occurrence(p_group_id bigint, p_last_seen timestamptz)
RETURNS TABLE (message text, context jsonb, trace_id text, host text, stack_trace text)
LANGUAGE sql
STABLE
SET search_path FROM CURRENT
AS $$
  SELECT o.message, o.context, o.trace_id, i.host, s.stack_trace
  FROM error_occurrences o
  LEFT JOIN instances i ON i.instance_id = o.instance_id
  LEFT JOIN stack_traces s ON s.stack_id = o.stack_id
  WHERE o.group_id IN (
      SELECT g.group_id
      FROM error_groups g
      WHERE g.group_id = p_group_id OR g.merged_into = p_group_id)
    AND o.occurred_at <= p_last_seen
    AND o.occurred_at > p_last_seen - interval '1 day'
  ORDER BY o.occurred_at DESC
  LIMIT 1;
$$;

COMMENT ON FUNCTION latest_occurrence IS 'The last occurrence of a bug up to a time, of those that have a row.';

CREATE FUNCTION claim_notification(p_channel_id uuid, p_lease interval)
RETURNS TABLE (
  notification_id bigint,
  attempt         int,
  reason          text,
  dedupe_key      text,
  created_at      timestamptz,
  group_id        bigint,
  facts           jsonb,
  message         text,
  context         jsonb,
  trace_id        text,
  host            text,
  stack_trace     text
)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
  channel notification_channels;
BEGIN
  IF NOT EXISTS (SELECT FROM notification_outbox WHERE channel_id = p_channel_id) THEN
    RETURN;
  END IF;
  -- Who decides what is held back must see what others have in hand. Who can't, comes again.
  SELECT * INTO channel
  FROM notification_channels
  WHERE channel_id = p_channel_id
  FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  PERFORM silence_notifications(channel);
  PERFORM hold_notifications(channel);
  PERFORM digest_notifications(channel);
  RETURN QUERY
  WITH claimed AS (
    UPDATE notification_outbox o
    SET attempts = o.attempts + 1,
        leased_until = now() + p_lease
    WHERE o.notification_id = (
      SELECT n.notification_id
      FROM notification_outbox n
      WHERE n.channel_id = p_channel_id
        AND n.held_at IS NULL
        AND n.next_attempt_at <= now()
        AND (n.leased_until IS NULL OR n.leased_until < now())
        -- What is said of one bug is said in order: a resolve never overtakes its trigger.
        AND NOT EXISTS (
          SELECT
          FROM notification_outbox e
          WHERE e.channel_id = n.channel_id
            AND e.group_id = n.group_id
            AND e.notification_id < n.notification_id
            AND e.held_at IS NULL)
      ORDER BY n.notification_id
      LIMIT 1)
    RETURNING o.*
  )
  SELECT c.notification_id, c.attempts, c.reason, c.dedupe_key, c.created_at, c.group_id, c.facts,
         l.message, l.context, l.trace_id, l.host, l.stack_trace
  FROM claimed c
  LEFT JOIN LATERAL latest_occurrence(
    c.group_id, (c.facts ->> 'last_seen')::timestamptz) l ON true;
END
$$;

COMMENT ON FUNCTION claim_notification IS
  'Takes a channel''s next message in hand for the time of the lease, and gives it with the last occurrence of its bug; no row where there is nothing to be sent now. To be called outside a transaction, and sent outside of one.';

CREATE FUNCTION notification_sent(p_notification_id bigint, p_attempt int)
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  WITH gone AS (
    DELETE FROM notification_outbox
    WHERE notification_id = p_notification_id
    RETURNING *
  ), before AS (
    SELECT *
    FROM notification_log
    WHERE notification_id = p_notification_id
      AND NOT EXISTS (SELECT FROM gone)
      -- Whoever did not hear that its mark was committed says it again.
      AND NOT EXISTS (
        SELECT
        FROM notification_log
        WHERE notification_id = p_notification_id
          AND attempt = p_attempt
          AND outcome IN ('sent', 'doubled'))
    ORDER BY log_id DESC
    LIMIT 1
  )
  INSERT INTO notification_log (
    notification_id, channel_id, group_id, reason, dedupe_key, attempt, outcome)
  SELECT notification_id, channel_id, group_id, reason, dedupe_key, p_attempt, 'sent' FROM gone
  UNION ALL
  SELECT notification_id, channel_id, group_id, reason, dedupe_key, p_attempt, 'doubled' FROM before;
$$;

COMMENT ON FUNCTION notification_sent IS 'Says that a receiver has taken a message.';

CREATE FUNCTION notification_failed(
  p_notification_id bigint,
  p_attempt         int,
  p_detail          text,
  p_retry_in        interval
) RETURNS boolean
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  failed notification_outbox;
  dies   boolean;
BEGIN
  SELECT o.* INTO failed
  FROM notification_outbox o
  WHERE o.notification_id = p_notification_id
    AND o.attempts = p_attempt
  FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false; -- Another instance has it in hand, or has sent it.
  END IF;
  SELECT p_retry_in IS NULL OR now() + p_retry_in > failed.created_at + c.give_up_after INTO dies
  FROM notification_channels c
  WHERE c.channel_id = failed.channel_id;
  INSERT INTO notification_log (
    notification_id, channel_id, group_id, reason, dedupe_key, attempt, outcome, detail, facts)
  VALUES (
    failed.notification_id, failed.channel_id, failed.group_id, failed.reason, failed.dedupe_key,
    p_attempt, CASE WHEN dies THEN 'dead' ELSE 'failed' END, p_detail,
    CASE WHEN dies THEN failed.facts END);
  IF dies THEN
    DELETE FROM notification_outbox WHERE notification_id = p_notification_id;
  ELSE
    UPDATE notification_outbox
    SET leased_until = NULL,
        next_attempt_at = now() + p_retry_in
    WHERE notification_id = p_notification_id;
  END IF;
  RETURN dies;
END
$$;

COMMENT ON FUNCTION notification_failed IS
  'Says that a message was not taken, and when to try again; null: never. Returns whether it is given up.';

CREATE FUNCTION resend_notification(p_notification_id bigint)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
  INSERT INTO notification_outbox (channel_id, group_id, reason, dedupe_key, facts)
  SELECT l.channel_id, l.group_id, l.reason, l.dedupe_key, l.facts
  FROM notification_log l
  JOIN notification_channels c ON c.channel_id = l.channel_id
  WHERE l.notification_id = p_notification_id
    AND l.outcome = 'dead';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no message with the number % has been given up', p_notification_id
      USING ERRCODE = 'HW002',
            HINT = 'SELECT notification_id, channel, detail FROM notifications WHERE outcome = ''dead'' shows those there are.';
  END IF;
END
$$;

COMMENT ON FUNCTION resend_notification IS 'Puts a message that was given up into the outbox again.';

CREATE FUNCTION test_channel(
  p_channel     text,
  p_service     text DEFAULT NULL,
  p_environment text DEFAULT NULL
) RETURNS SETOF bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
  RETURN QUERY
  INSERT INTO notification_outbox (channel_id, reason, dedupe_key, facts)
  SELECT c.channel_id, 'test', c.channel_id || ':test:' || extract(epoch FROM clock_timestamp()),
         jsonb_build_object('service', c.service, 'environment', c.environment)
  FROM notification_channels c
  WHERE c.channel = p_channel
    AND (p_service IS NULL OR c.service = p_service)
    AND (p_environment IS NULL OR c.environment = p_environment)
  RETURNING notification_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no application has a channel %', quote_literal(p_channel)
        || coalesce(' in service ' || quote_literal(p_service), '')
        || coalesce(' in environment ' || quote_literal(p_environment), '')
      USING ERRCODE = 'HW002',
            HINT = 'SELECT service, environment, channel FROM notification_channels shows those there are.';
  END IF;
END
$$;

COMMENT ON FUNCTION test_channel IS 'Has the application send a test message by its channel; returns the numbers of the messages.';

CREATE OR REPLACE FUNCTION record_errors(p_instance_id bigint, p_errors jsonb)
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  -- In the order of ids, so that instances that bring the same new groups never deadlock.
  INSERT INTO error_groups (
    group_id, fingerprint, service, environment, exception_type, title, culprit, level, logger,
    first_seen, last_seen, first_release, last_release)
  SELECT DISTINCT ON (g.id)
         g.id, g.fingerprint, i.service, i.environment, g.type, g.title, g.culprit, g.level, g.logger,
         timestamptz 'epoch' + g.at * interval '1 microsecond',
         timestamptz 'epoch' + g.at * interval '1 microsecond',
         i.release, i.release
  FROM jsonb_to_recordset(p_errors -> 'groups')
    AS g (id bigint, fingerprint text, type text, title text, culprit text, level log_level, logger text, at bigint)
  JOIN instances i ON i.instance_id = p_instance_id
  WHERE NOT EXISTS (SELECT FROM error_groups k WHERE k.group_id = g.id)
  ORDER BY g.id, g.at
  ON CONFLICT (group_id) DO NOTHING;

  INSERT INTO error_deltas (group_id, occurrences, first_seen, last_seen, release)
  SELECT c.id, c.n,
         timestamptz 'epoch' + c.first * interval '1 microsecond',
         timestamptz 'epoch' + c.last * interval '1 microsecond',
         i.release
  FROM jsonb_to_recordset(p_errors -> 'counts') AS c (id bigint, n bigint, first bigint, last bigint)
  JOIN instances i ON i.instance_id = p_instance_id;
$$;

COMMENT ON FUNCTION record_errors IS
  'Adds groups that are new, and counts: {"groups": [{"id", "fingerprint", "type", "title", "culprit", "level", "logger", "at"}], "counts": [{"id", "n", "first", "last"}]}, times in microseconds since 1970. To be called in the batch''s transaction.';

CREATE OR REPLACE FUNCTION fold_errors(
  OUT groups_counted int,
  OUT regressions    int,
  OUT awakened       int,
  OUT skipped        boolean
)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
  taken  error_deltas[];
  back   bigint[];
  awake  bigint[];
  caller text := current_setting('howdah.actor', true);
BEGIN
  groups_counted := 0;
  regressions := 0;
  awakened := 0;
  skipped := NOT pg_try_advisory_xact_lock(
    hashtextextended('howdah:fold:' || current_schema(), 0));
  IF skipped THEN
    RETURN;
  END IF;
  PERFORM set_config('howdah.actor', 'howdah', true);

  WITH gone AS (
    DELETE FROM error_deltas d
    WHERE d.ctid = ANY (ARRAY(
        SELECT f.ctid
        FROM error_deltas f
        WHERE EXISTS (SELECT FROM error_groups g WHERE g.group_id = f.group_id)
        LIMIT 50000))
    RETURNING d
  )
  SELECT array_agg(d) INTO taken FROM gone;

  UPDATE error_groups g
  SET occurrences = g.occurrences + s.occurrences,
      first_seen = least(g.first_seen, s.first_seen),
      last_seen = greatest(g.last_seen, s.last_seen),
      first_release = CASE WHEN s.first_seen < g.first_seen THEN s.first_release ELSE g.first_release END,
      last_release = CASE WHEN s.last_seen >= g.last_seen THEN s.last_release ELSE g.last_release END
  FROM (
    SELECT t.group_id,
           sum(t.occurrences) AS occurrences,
           min(t.first_seen) AS first_seen,
           max(t.last_seen) AS last_seen,
           (array_agg(t.release ORDER BY t.first_seen))[1] AS first_release,
           (array_agg(t.release ORDER BY t.last_seen DESC))[1] AS last_release
    FROM unnest(taken) t
    GROUP BY t.group_id
  ) s
  WHERE g.group_id = s.group_id;
  GET DIAGNOSTICS groups_counted = ROW_COUNT;

  -- A group that was merged into another speaks through that one.
  WITH seen AS (
    SELECT coalesce(g.merged_into, g.group_id) AS group_id, t.release, max(t.last_seen) AS last_seen
    FROM unnest(taken) t
    JOIN error_groups g ON g.group_id = t.group_id
    GROUP BY 1, 2
  ), regressed AS (
    SELECT r.group_id, max(s.last_seen) AS last_seen
    FROM seen s
    JOIN error_groups r ON r.group_id = s.group_id
    WHERE r.status = 'resolved'
      AND s.last_seen > r.resolved_at
      AND CASE
        WHEN r.resolved_in_release IS NOT NULL THEN
          is_release_from(r.service, s.release, r.resolved_in_release)
        WHEN r.resolved_after_release IS NOT NULL THEN
          NOT is_release_from(r.service, r.resolved_after_release, s.release)
        ELSE true
      END
    GROUP BY r.group_id
  ), reopened AS (
    UPDATE error_groups r
    SET status = 'unresolved',
        regressed_at = b.last_seen
    FROM regressed b
    WHERE r.group_id = b.group_id
    RETURNING r.group_id
  )
  SELECT array_agg(group_id), count(*) INTO back, regressions FROM reopened;

  WITH seen AS (
    SELECT DISTINCT coalesce(g.merged_into, g.group_id) AS group_id, t.release
    FROM unnest(taken) t
    JOIN error_groups g ON g.group_id = t.group_id
  ), awakening AS (
    SELECT r.group_id
    FROM error_groups r
    WHERE r.status = 'ignored'
      AND r.ignored_until <= now()
    UNION
    SELECT r.group_id
    FROM seen s
    JOIN error_groups r ON r.group_id = s.group_id
    WHERE r.status = 'ignored'
      AND (is_release_from(r.service, s.release, r.ignored_until_release)
        OR r.ignored_until_count <= (
          SELECT sum(f.occurrences)
          FROM error_groups f
          WHERE f.group_id = r.group_id OR f.merged_into = r.group_id))
  ), reopened AS (
    UPDATE error_groups r
    SET status = 'unresolved'
    FROM awakening a
    WHERE r.group_id = a.group_id
    RETURNING r.group_id
  )
  SELECT array_agg(group_id), count(*) INTO awake, awakened FROM reopened;

  PERFORM count_rates(taken);
  IF EXISTS (SELECT FROM active_channels) THEN
    PERFORM notify_of_groups(taken, back, awake), notify_of_rates();
  END IF;
  PERFORM give_up_notifications();
  PERFORM set_config('howdah.actor', coalesce(caller, ''), true);
END
$$;

COMMENT ON FUNCTION fold_errors IS
  'Adds what error_deltas has to error_groups; reopens what was resolved and is seen again, and what was ignored for long enough; writes the messages that people are to have. skipped: another session is at it. To be called about once a second, by any instance.';

CREATE OR REPLACE FUNCTION install_roles()
RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
  schema_name text := current_schema();
  role_name   text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['howdah_writer', 'howdah_reader', 'howdah_admin'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION
        -- Roles belong to the whole server: another database's installation may be faster.
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN
          RAISE NOTICE 'role % is missing: an administrator may run CREATE ROLE % NOLOGIN; and SELECT %.install_roles();',
            role_name, role_name, quote_ident(schema_name);
      END;
    END IF;
    CONTINUE WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', schema_name, role_name);
    -- Flyway keeps its own books and has no such table.
    IF to_regclass('schema_migrations') IS NOT NULL THEN
      EXECUTE format('GRANT SELECT ON schema_migrations TO %I', role_name);
    END IF;
    EXECUTE format('GRANT EXECUTE ON FUNCTION error_stats TO %I', role_name);
    CASE role_name
      WHEN 'howdah_writer' THEN
        GRANT INSERT ON log_events, error_occurrences, error_deltas, spans TO howdah_writer;
      WHEN 'howdah_reader' THEN
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO howdah_reader', schema_name);
      ELSE
        EXECUTE format(
          'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO howdah_admin', schema_name);
    END CASE;
    IF role_name <> 'howdah_reader' THEN
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION register_instance, open_batch, offer_batch, record_dictionary, record_errors, fold_errors, maintain TO %I',
        role_name);
      -- An application's ErrorTracker resolves and assigns as people do.
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION resolve_error, ignore_error, reopen_error, assign_error, merge_errors, unmerge_error, notify_on TO %I',
        role_name);
      EXECUTE format('GRANT EXECUTE ON FUNCTION actor TO %I', role_name);
      EXECUTE format(
        'GRANT EXECUTE ON FUNCTION register_channel, claim_notification, notification_sent, notification_failed, resend_notification, test_channel TO %I',
        role_name);
    END IF;
  END LOOP;
END
$$;

DO $$
BEGIN
  EXECUTE format('REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
  PERFORM install_roles();
END
$$;
