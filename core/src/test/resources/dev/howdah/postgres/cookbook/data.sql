-- What CookbookTest asks about. It is Wednesday, 2026-03-18 12:30 UTC, and stays so.
SET TIME ZONE 'UTC';
SET search_path TO monitoring;

CREATE SCHEMA frozen;

-- In plpgsql, so that it is no more known to the planner than the real one.
CREATE FUNCTION frozen.now()
RETURNS timestamptz
LANGUAGE plpgsql
STABLE
AS $$
BEGIN
  RETURN timestamptz '2026-03-18 12:30:00Z';
END
$$;

GRANT USAGE ON SCHEMA frozen TO howdah_reader;

-- The first day is long gone: a query that reads it was not bounded.
SELECT make_partition('log_events', 'logged_at', day::date),
       make_partition('error_occurrences', 'occurred_at', day::date)
FROM (
  SELECT timestamp '2025-12-01'
  UNION ALL
  SELECT timestamp '2026-02-10'
  UNION ALL
  SELECT generate_series(timestamp '2026-03-09', timestamp '2026-03-18', interval '1 day')
) AS days (day);

SELECT register_instance(1, 'checkout', 'production', '1.4.1', 'web-1', 101, '2026-03-10 08:00Z', 0),
       register_instance(2, 'checkout', 'production', '1.4.2', 'web-2', 102, '2026-03-18 06:00Z', 0),
       register_instance(3, 'search', 'production', '2.0', 'search-1', 103, '2026-03-01 00:00Z', 0),
       register_instance(4, 'checkout', 'staging', '1.5.0', 'stage-1', 104, '2026-03-17 09:00Z', 0),
       register_instance(5, 'checkout', 'production', '1.4.0', 'web-1', 105, '2026-02-01 00:00Z', 0),
       register_instance(6, 'search', 'production', '2.0', 'search-2', 106, '2026-03-01 00:00Z', 0),
       register_instance(7, 'search', 'production', '2.0', 'search-2', 107, '2026-03-17 20:00Z', 0);

UPDATE instances i
SET last_batch_at = v.last_batch_at,
    dropped = v.dropped
FROM (VALUES
  (1, timestamptz '2026-03-18 12:29:00Z', 0),
  (2, '2026-03-18 12:29:30Z', 3),
  (3, '2026-03-18 11:00:00Z', 0),
  (4, '2026-03-18 12:29:00Z', 0),
  (5, '2026-03-10 07:59:00Z', 17),
  (6, '2026-03-17 19:59:00Z', 0),
  (7, '2026-03-18 12:29:00Z', 0)
) AS v (instance_id, last_batch_at, dropped)
WHERE i.instance_id = v.instance_id;

INSERT INTO stack_traces (stack_id, stack_trace, last_seen)
VALUES
  ('00000000-0000-0000-0000-000000000001', 'com.example.PaymentTimeoutException: no answer', '2026-03-18Z'),
  ('00000000-0000-0000-0000-000000000002', 'java.sql.SQLTransientConnectionException: no connection', '2026-03-18Z');

INSERT INTO error_occurrences (
  occurred_at, instance_id, seq, group_id, weight, exception_type, message, context, trace_id)
VALUES
  -- payment_timeout_error
  ('2026-03-11 12:10Z', 1, 1, 1, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "7"}', NULL),
  ('2026-03-11 12:20Z', 1, 2, 1, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "8"}', NULL),
  ('2026-03-17 09:15Z', 1, 3, 1, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "7", "order_id": 42}', NULL),
  ('2026-03-18 09:20Z', 1, 4, 1, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "7", "order_id": 42, "path": "/pay"}', 'trace-1'),
  ('2026-03-18 12:10Z', 2, 5, 1, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "9", "order_id": "43", "path": "/pay"}', NULL),
  -- database_connection_error in checkout: the last of them is one row of a storm
  ('2026-03-16 03:00Z', 1, 6, 2, 1, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "8"}', NULL),
  ('2026-03-18 12:05Z', 1, 7, 2, 1, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "8", "path": "/orders"}', 'trace-2'),
  ('2026-03-18 12:06Z', 2, 8, 2, 100, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "9", "path": "/orders"}', 'trace-3'),
  -- cart_null, and cart_null_old that is merged into it
  ('2026-03-18 06:30Z', 2, 9, 3, 1, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "10", "path": "/cart"}', NULL),
  ('2026-03-18 12:20Z', 2, 10, 3, 1, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "7", "path": "/cart"}', NULL),
  ('2026-03-18 07:00Z', 2, 11, 4, 1, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "11"}', NULL),
  -- index_missing, resolved
  ('2026-03-14 08:00Z', 3, 12, 5, 1, 'com.example.IndexMissingException', 'no index', NULL, NULL),
  -- database_connection_error in search
  ('2026-03-18 12:07Z', 7, 13, 6, 10, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "8"}', NULL),
  -- payment_timeout_error in staging
  ('2026-03-17 15:00Z', 4, 14, 7, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "99"}', NULL),
  -- robots, ignored: often, and as often as usual
  ('2026-03-12 02:00Z', 3, 15, 8, 1, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  ('2026-03-17 20:00Z', 3, 23, 8, 240, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  ('2026-03-18 12:15Z', 7, 24, 8, 12, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  ('2026-03-18 02:00Z', 3, 16, 8, 3, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  -- coupon_expired, not seen for long
  ('2026-02-10 14:00Z', 5, 17, 9, 1, 'com.example.CouponException', 'expired', '{"user_id": "8"}', NULL),
  -- label_printer, resolved, and back
  ('2026-03-09 16:00Z', 5, 18, 10, 1, 'java.io.IOException', 'no paper', NULL, NULL),
  -- gift_wrap, new in 1.4.2
  ('2026-03-18 08:00Z', 2, 19, 11, 1, 'java.lang.IllegalStateException', 'no paper', '{"user_id": "12"}', NULL),
  -- stock_negative, gone with 1.4.2
  ('2026-03-13 12:00Z', 1, 20, 12, 1, 'java.lang.IllegalArgumentException', 'stock is -1', NULL, NULL);

UPDATE error_occurrences
SET capture_id = '0b5c1a52-9a7f-4a53-8d1c-0d4c4a3f5a11'
WHERE seq = 4;

UPDATE error_occurrences
SET stack_id = '00000000-0000-0000-0000-000000000001'
WHERE exception_type = 'com.example.PaymentTimeoutException';

CREATE TEMP TABLE bugs (id, fingerprint, title, culprit) AS
VALUES
  (1, 'payment_timeout_error', 'Payment timed out', 'Payments.charge'),
  (2, 'database_connection_error', 'No connection', 'Orders.find'),
  (3, 'cart_null', 'Cart is null', 'Cart.total'),
  (4, 'cart_null_old', 'Cart was null', 'OldCart.total'),
  (5, 'index_missing', 'No index', 'Index.open'),
  (6, 'database_connection_error', 'No connection', 'Index.read'),
  (7, 'payment_timeout_error', 'Payment timed out', 'Payments.charge'),
  (8, 'robots', 'Too many requests', 'Limit.check'),
  (9, 'coupon_expired', 'Coupon expired', 'Coupons.redeem'),
  (10, 'label_printer', 'Label printer is out of paper', 'Labels.print'),
  (11, 'gift_wrap', 'No wrapping paper', 'Gifts.wrap'),
  (12, 'stock_negative', 'Stock is negative', 'Stock.take');

-- As an instance's batches would say it: how often, which is the sum of the weights.
CREATE FUNCTION pg_temp.count_occurrences(p_from bigint, p_to bigint)
RETURNS void
LANGUAGE sql
AS $$
  SELECT monitoring.record_errors(
    c.instance_id,
    jsonb_build_object(
      'groups', jsonb_agg(jsonb_build_object(
        'id', c.group_id, 'fingerprint', b.fingerprint, 'type', c.type, 'title', b.title,
        'culprit', b.culprit, 'level', 'ERROR', 'at', c.first)),
      'counts', jsonb_agg(jsonb_build_object(
        'id', c.group_id, 'n', c.n, 'first', c.first, 'last', c.last))))
  FROM (
    SELECT o.instance_id,
           o.group_id,
           min(o.exception_type) AS type,
           sum(o.weight) AS n,
           (extract(epoch FROM min(o.occurred_at)) * 1000000)::bigint AS first,
           (extract(epoch FROM max(o.occurred_at)) * 1000000)::bigint AS last
    FROM monitoring.error_occurrences o
    WHERE o.seq BETWEEN p_from AND p_to
    GROUP BY o.instance_id, o.group_id
  ) c
  JOIN pg_temp.bugs b ON b.id = c.group_id
  GROUP BY c.instance_id;
$$;

SELECT pg_temp.count_occurrences(1, 30);
SELECT fold_errors();

SELECT merge_errors('cart_null_old', 'cart_null', p_by => 'ann'),
       assign_error('payment_timeout_error', 'ann', 'checkout', 'production', p_by => 'bob'),
       assign_error('label_printer', 'bob', p_by => 'bob'),
       resolve_error('index_missing', p_by => 'ann'),
       resolve_error('label_printer', p_in_release => '1.4.2', p_by => 'bob'),
       ignore_error('robots', p_occurrences => 1000, p_by => 'ann');

SELECT reopen_error('index_missing', p_by => 'bob');
SELECT resolve_error('index_missing', p_by => 'ann');
SELECT reopen_error('index_missing', p_by => 'bob');
SELECT resolve_error('index_missing', p_by => 'ann');

-- The decisions were made just now; they shall have been made in those days.
UPDATE error_groups SET resolved_at = '2026-03-16 10:00Z' WHERE fingerprint = 'label_printer';
UPDATE error_groups SET resolved_at = '2026-03-15 11:00Z' WHERE fingerprint = 'index_missing';
UPDATE error_group_history SET changed_at = '2026-03-16 10:00Z';
-- Resolved after 12 hours, reopened and resolved after 2, reopened and resolved after 1.
UPDATE error_group_history h
SET changed_at = (ARRAY[
  '2026-03-14 20:00Z',
  '2026-03-15 00:00Z',
  '2026-03-15 02:00Z',
  '2026-03-15 10:00Z',
  '2026-03-15 11:00Z'])[o.number]::timestamptz
FROM (
  SELECT c.change_id, row_number() OVER (ORDER BY c.change_id) AS number
  FROM error_group_history c
  JOIN error_groups g ON g.group_id = c.group_id
  WHERE g.fingerprint = 'index_missing'
) o
WHERE h.change_id = o.change_id;

-- It comes back.
INSERT INTO error_occurrences (occurred_at, instance_id, seq, group_id, exception_type, message)
VALUES ('2026-03-18 10:00Z', 2, 31, 10, 'java.io.IOException', 'no paper');
SELECT pg_temp.count_occurrences(31, 31);
SELECT fold_errors();
UPDATE error_group_history SET changed_at = '2026-03-18 10:00:01Z' WHERE changed_by = 'howdah';

-- And one is not folded yet.
INSERT INTO error_occurrences (occurred_at, instance_id, seq, group_id, exception_type, message, context)
VALUES ('2026-03-18 12:25Z', 2, 32, 11, 'java.lang.IllegalStateException', 'no paper', '{"user_id": "12"}');
SELECT pg_temp.count_occurrences(32, 32);

INSERT INTO spans (trace_id, span_id, parent_span_id, service, name, started_at, duration_ms, status_code)
VALUES
  ('trace-1', 'a', NULL, 'checkout', 'POST /pay', '2026-03-18 09:19:50Z', 10012.5, 504),
  ('trace-1', 'b', 'a', 'checkout', 'charge', '2026-03-18 09:19:51Z', 9000, NULL),
  ('trace-2', 'c', NULL, 'checkout', 'GET /orders', '2026-03-18 12:05Z', 30.5, 500);

INSERT INTO call_sites (site_id, logger, template)
VALUES
  (1, 'com.example.Payments', 'payment of order {} failed'),
  (2, 'com.example.Orders', 'order {} placed'),
  (3, 'com.example.Index', 'slow query: {} ms'),
  (4, 'com.example.Index', NULL);

INSERT INTO log_events (logged_at, instance_id, seq, site_id, level, group_id, message, trace_id)
VALUES
  ('2026-03-18 09:10:00Z', 1, 50, 2, 'INFO', NULL, 'order 40 placed', 'trace-1'),
  ('2026-03-18 09:19:58Z', 1, 51, 2, 'INFO', NULL, 'order 42 placed', 'trace-1'),
  ('2026-03-18 09:19:59Z', 1, 52, 2, 'INFO', NULL, 'order 41 placed', 'trace-4'),
  ('2026-03-18 09:20:00Z', 1, 4, 1, 'ERROR', 1, 'payment of order 42 failed', 'trace-1'),
  ('2026-03-18 09:20:01Z', 1, 53, 2, 'INFO', NULL, 'order 42 given up', 'trace-1'),
  ('2026-03-18 08:30:00Z', 3, 54, 4, 'ERROR', NULL, 'index is read-only', NULL),
  ('2026-03-16 08:30:00Z', 3, 55, 4, 'ERROR', NULL, 'index is read-only', NULL);

INSERT INTO log_events (logged_at, instance_id, seq, site_id, level, message)
SELECT timestamptz '2026-03-18 08:00Z' + n * interval '1 minute', 3, 100 + n, 3, 'WARN', 'slow query: ' || 1000 + n || ' ms'
FROM generate_series(1, 14) n;

-- The application's own tables.
CREATE TABLE public.orders (order_id bigint PRIMARY KEY, total numeric NOT NULL);
CREATE TABLE public.customers (customer_id bigint PRIMARY KEY, name text NOT NULL, plan text NOT NULL);
INSERT INTO public.orders VALUES (42, 99.90), (43, 250.00), (44, 1.00);
INSERT INTO public.customers VALUES (7, 'Ann', 'gold'), (8, 'Bob', 'free'), (9, 'Cy', 'silver'), (13, 'Di', 'gold');
GRANT SELECT ON public.orders, public.customers TO howdah_reader;

ANALYZE;
