-- SECURITY DEFINER with the schema's own search_path: the writer's role needs no right on the tables.
CREATE FUNCTION register_instance(
  p_instance_id bigint,
  p_service     text,
  p_environment text,
  p_release     text,
  p_host        text,
  p_pid         bigint,
  p_started_at  timestamptz,
  p_last_batch  bigint
) RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  INSERT INTO instances (instance_id, service, environment, release, host, pid, started_at, last_batch)
  VALUES (p_instance_id, p_service, p_environment, p_release, p_host, p_pid, p_started_at, p_last_batch)
  ON CONFLICT (instance_id) DO NOTHING;
$$;

COMMENT ON FUNCTION register_instance IS 'Makes the row of an instance, unless it is there.';

CREATE FUNCTION open_batch(p_instance_id bigint, p_batch bigint, p_dropped bigint)
RETURNS boolean
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
  -- The row lock makes a retry wait for the verdict on an older transaction of the same batch.
  UPDATE instances
  SET last_batch = p_batch,
      last_batch_at = clock_timestamp(),
      dropped = p_dropped
  WHERE instance_id = p_instance_id
    AND last_batch < p_batch;
  IF FOUND THEN
    RETURN true;
  END IF;
  PERFORM FROM instances WHERE instance_id = p_instance_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'instance % is not registered', p_instance_id
      USING ERRCODE = 'HW001',
            HINT = 'Call register_instance first.';
  END IF;
  RETURN false;
END
$$;

COMMENT ON FUNCTION open_batch IS
  'Notes a batch in its instance''s row. False: it was written before, write nothing. To be called first in the batch''s transaction.';

CREATE FUNCTION record_dictionary(p_dictionary jsonb)
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
  -- In the order of ids, so that instances with overlapping sets never deadlock; DISTINCT, since
  -- a client may send an entry twice, and ON CONFLICT takes each row once only.
  INSERT INTO call_sites AS c (site_id, logger, template, last_seen)
  SELECT DISTINCT ON (id) id, logger, template, now()
  FROM jsonb_to_recordset(p_dictionary -> 'sites') AS s (id bigint, logger text, template text)
  WHERE NOT EXISTS (
    SELECT FROM call_sites k WHERE k.site_id = s.id AND k.last_seen > now() - interval '1 hour')
  ORDER BY id
  ON CONFLICT (site_id) DO UPDATE SET last_seen = excluded.last_seen
  WHERE c.last_seen <= now() - interval '1 hour';

  INSERT INTO stack_traces AS t (stack_id, stack_trace, last_seen)
  SELECT DISTINCT ON (id) id, "text", now()
  FROM jsonb_to_recordset(p_dictionary -> 'stacks') AS s (id uuid, "text" text)
  WHERE NOT EXISTS (
    SELECT FROM stack_traces k WHERE k.stack_id = s.id AND k.last_seen > now() - interval '1 hour')
  ORDER BY id
  ON CONFLICT (stack_id) DO UPDATE SET last_seen = excluded.last_seen
  WHERE t.last_seen <= now() - interval '1 hour';
$$;

COMMENT ON FUNCTION record_dictionary IS
  'Adds call sites and stack traces that are new, and notes that the others are still in use.';
