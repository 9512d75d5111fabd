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
       register_instance(7, 'search', 'production', '2.0', 'search-2', 107, '2026-03-17 20:00Z', 0),
       register_instance(8, 'search', 'production', '2.0', 'search-3', 108, '2026-03-01 00:00Z', 0),
       register_instance(9, 'indexer', 'production', '1.4.2', 'search-1', 109, '2026-03-18 05:00Z', 0),
       register_instance(10, 'indexer', 'production', NULL, 'index-1', 110, '2026-03-16 00:00Z', 0),
       register_instance(11, 'checkout', 'production', '1.4.1', 'web-3', 111, '2026-03-10 08:00Z', 0),
       register_instance(12, 'checkout', 'staging', '1.5.0', 'stage-1', 112, '2026-03-17 08:00Z', 0),
       register_instance(13, 'indexer', 'staging', '1.4.2', 'stage-2', 113, '2026-03-18 05:00Z', 0);

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
  (7, '2026-03-18 12:29:00Z', 0),
  (8, '2026-03-16 09:00:00Z', 0),
  (9, '2026-03-18 12:29:00Z', 0),
  (10, '2026-03-18 09:00:00Z', 0),
  (11, '2026-03-18 12:29:00Z', 0),
  (12, '2026-03-17 20:00:00Z', 0),
  (13, '2026-03-18 12:29:00Z', 0)
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
  ('2026-03-18 12:10Z', 2, 5, 1, 2, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "9", "order_id": "43", "path": "/pay"}', NULL),
  ('2026-03-18 05:45Z', 1, 25, 1, 3, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "7"}', NULL),
  -- database_connection_error in checkout: the last of them is one row of a storm
  ('2026-03-16 03:00Z', 1, 6, 2, 24, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "8"}', 'trace-5'),
  ('2026-03-18 12:05Z', 1, 7, 2, 1, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "8", "path": "/orders"}', 'trace-2'),
  ('2026-03-18 12:06Z', 2, 8, 2, 100, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "9", "path": "/orders"}', 'trace-3'),
  -- cart_null, and cart_null_old that is merged into it
  ('2026-03-18 06:30Z', 2, 9, 3, 4, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "10", "path": "/cart"}', NULL),
  ('2026-03-18 12:20Z', 2, 10, 3, 1, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "7", "path": "/cart"}', NULL),
  ('2026-03-18 12:21Z', 2, 26, 3, 1, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "7", "path": "/cart"}', NULL),
  ('2026-03-18 07:00Z', 2, 11, 4, 1, 'java.lang.NullPointerException', 'cart is null', '{"user_id": "11"}', NULL),
  -- index_missing, resolved
  ('2026-03-14 08:00Z', 3, 12, 5, 1, 'com.example.IndexMissingException', 'no index', NULL, NULL),
  -- database_connection_error in search
  ('2026-03-18 12:07Z', 7, 13, 6, 10, 'java.sql.SQLTransientConnectionException', 'no connection', '{"user_id": "8"}', NULL),
  -- payment_timeout_error in staging
  ('2026-03-17 15:00Z', 4, 14, 7, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "99"}', NULL),
  ('2026-03-18 11:30Z', 4, 27, 7, 1, 'com.example.PaymentTimeoutException', 'no answer', '{"user_id": "99"}', NULL),
  -- robots, ignored: often, and as often as usual
  ('2026-02-10 02:00Z', 3, 28, 8, 1, 'com.example.TooManyRequestsException', 'slow down', NULL, NULL),
  ('2026-03-12 02:00Z', 3, 15, 8, 1, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  ('2026-03-17 20:00Z', 3, 23, 8, 240, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  ('2026-03-18 12:15Z', 7, 24, 8, 12, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  ('2026-03-18 02:00Z', 3, 16, 8, 3, 'com.example.TooManyRequestsException', 'slow down', '{"path": "/find"}', NULL),
  -- coupon_expired, not seen for long
  ('2026-02-10 14:00Z', 5, 17, 9, 1, 'com.example.CouponException', 'expired', '{"user_id": "8", "order_id": 44}', NULL),
  -- label_printer, resolved, and back
  ('2026-03-09 16:00Z', 5, 18, 10, 1, 'java.io.IOException', 'no paper', NULL, NULL),
  -- gift_wrap, new in 1.4.2
  ('2026-03-18 08:00Z', 2, 19, 11, 1, 'java.lang.IllegalStateException', 'no paper', '{"user_id": "12"}', NULL),
  -- stock_negative, gone with 1.4.2
  ('2026-03-13 12:00Z', 1, 20, 12, 1, 'java.lang.IllegalArgumentException', 'stock is -1', NULL, NULL),
  -- mail_bounced, gone too
  ('2026-03-14 13:00Z', 1, 40, 13, 1, 'java.io.IOException', 'bounced', NULL, NULL),
  -- tax_rounding, resolved after that
  ('2026-03-18 01:00Z', 1, 41, 14, 1, 'java.lang.ArithmeticException', 'rounding', NULL, NULL),
  -- old_cookie and old_session, not seen for long, the second one resolved
  ('2026-02-10 15:00Z', 5, 42, 15, 1, 'com.example.CookieException', 'cookie', NULL, NULL),
  ('2026-02-10 16:00Z', 5, 43, 16, 1, 'com.example.SessionException', 'session', NULL, NULL),
  -- printer_jam, which comes back, and jam_old, merged into it
  ('2026-03-09 10:00Z', 3, 44, 17, 1, 'java.io.IOException', 'jam', NULL, NULL),
  ('2026-03-09 12:00Z', 3, 45, 18, 1, 'java.io.IOException', 'jam', NULL, NULL),
  -- disk_full, which comes back and is resolved again
  ('2026-03-09 11:00Z', 3, 46, 19, 1, 'java.io.IOException', 'disk full', NULL, NULL),
  -- healthcheck, ignored
  ('2026-03-17 11:00Z', 3, 47, 20, 1, 'com.example.HealthException', 'ill', NULL, NULL),
  -- too_fast
  ('2026-03-18 12:16Z', 2, 48, 21, 1, 'com.example.TooManyRequestsException', 'slow down', NULL, NULL),
  -- stage_only, in staging
  ('2026-03-17 16:00Z', 4, 51, 24, 1, 'java.lang.IllegalStateException', 'staged', NULL, NULL),
  -- index_lag and index_gap of the indexer, whose release has the name of one of checkout's
  ('2026-03-18 05:30Z', 9, 49, 22, 1, 'com.example.LagException', 'lag', NULL, NULL),
  ('2026-03-17 11:30Z', 10, 50, 23, 1, 'com.example.GapException', 'gap', NULL, NULL);

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
  (12, 'stock_negative', 'Stock is negative', 'Stock.take'),
  (13, 'mail_bounced', 'Mail bounced', 'Mails.send'),
  (14, 'tax_rounding', 'Tax is rounded', 'Tax.round'),
  (15, 'old_cookie', 'Old cookie', 'Cookies.read'),
  (16, 'old_session', 'Old session', 'Sessions.read'),
  (17, 'printer_jam', 'Printer is jammed', 'Printer.print'),
  (18, 'jam_old', 'Printer was jammed', 'OldPrinter.print'),
  (19, 'disk_full', 'Disk is full', 'Disk.write'),
  (20, 'healthcheck', 'Not healthy', 'Health.check'),
  (21, 'too_fast', 'Too fast', 'Limit.check'),
  (22, 'index_lag', 'Index lags', 'Index.lag'),
  (23, 'index_gap', 'Index has a gap', 'Index.gap'),
  (24, 'stage_only', 'Staged', 'Stage.play');

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

SELECT pg_temp.count_occurrences(1, 100);
SELECT fold_errors();

SELECT ignore_error('cart_null_old', p_by => 'ann');
SELECT merge_errors('cart_null_old', 'cart_null', p_by => 'ann'),
       merge_errors('jam_old', 'printer_jam', p_by => 'ann'),
       assign_error('payment_timeout_error', 'ann', 'checkout', 'production', p_by => 'bob'),
       assign_error('label_printer', 'bob', p_by => 'bob'),
       ignore_error('robots', p_occurrences => 1000, p_by => 'ann'),
       ignore_error('healthcheck', p_until_release => '3.0', p_by => 'ann'),
       resolve_error('printer_jam', p_by => 'ann'),
       resolve_error('disk_full', p_by => 'ann'),
       resolve_error('old_session', p_by => 'cy'),
       resolve_error('tax_rounding', p_by => 'cy');
SELECT resolve_error('coupon_expired', p_by => 'cy');
SELECT reopen_error('coupon_expired', p_by => 'cy');
SELECT resolve_error('index_missing', p_by => 'ann');
SELECT reopen_error('index_missing', p_by => 'bob');
SELECT resolve_error('index_missing', p_by => 'ann');
SELECT reopen_error('index_missing', p_by => 'bob');
SELECT resolve_error('index_missing', p_by => 'ann');
SELECT resolve_error('label_printer', p_by => 'bob');
SELECT reopen_error('label_printer', p_by => 'bob');
SELECT resolve_error('label_printer', p_in_release => '1.4.2', p_by => 'bob');

-- What comes back was resolved before.
UPDATE error_groups SET resolved_at = '2026-03-10 12:00Z' WHERE status = 'resolved';
INSERT INTO error_occurrences (occurred_at, instance_id, seq, group_id, exception_type, message)
VALUES
  ('2026-03-18 10:00Z', 2, 101, 10, 'java.io.IOException', 'no paper'),
  ('2026-03-12 10:00Z', 3, 102, 17, 'java.io.IOException', 'jam'),
  ('2026-03-11 11:00Z', 3, 103, 19, 'java.io.IOException', 'disk full');
SELECT pg_temp.count_occurrences(101, 103);
SELECT fold_errors();
SELECT resolve_error('disk_full', p_by => 'bob');

-- The decisions were made just now; they shall have been made in those days.
UPDATE error_group_history h
SET changed_at = v.changed_at
FROM (
  SELECT c.change_id,
         g.fingerprint,
         row_number() OVER (PARTITION BY g.group_id ORDER BY c.change_id) AS number
  FROM error_group_history c
  JOIN error_groups g ON g.group_id = c.group_id
) o
JOIN (VALUES
  ('cart_null_old', 1, timestamptz '2026-03-18 07:05Z'),
  ('cart_null_old', 2, '2026-03-18 07:06Z'),
  ('jam_old', 1, '2026-03-09 13:00Z'),
  ('payment_timeout_error', 1, '2026-03-12 10:00Z'),
  ('robots', 1, '2026-03-12 10:00Z'),
  ('robots', 2, '2026-03-12 10:00Z'),
  ('healthcheck', 1, '2026-03-17 12:00Z'),
  ('healthcheck', 2, '2026-03-17 12:00Z'),
  ('printer_jam', 1, '2026-03-10 10:00Z'),
  ('printer_jam', 2, '2026-03-12 10:00:01Z'),
  ('disk_full', 1, '2026-03-10 11:00Z'),
  ('disk_full', 2, '2026-03-11 11:00Z'),
  ('disk_full', 3, '2026-03-13 12:00Z'),
  ('old_session', 1, '2026-02-11 10:00Z'),
  ('tax_rounding', 1, '2026-03-18 02:00Z'),
  ('coupon_expired', 1, '2026-02-11 14:00Z'),
  ('coupon_expired', 2, '2026-02-12 14:00Z'),
  ('index_missing', 1, '2026-03-14 20:00Z'),
  ('index_missing', 2, '2026-03-15 00:00Z'),
  ('index_missing', 3, '2026-03-15 02:00Z'),
  ('index_missing', 4, '2026-03-15 10:00Z'),
  ('index_missing', 5, '2026-03-15 11:00Z'),
  ('label_printer', 1, '2026-03-09 18:00Z'),
  ('label_printer', 2, '2026-03-12 10:00Z'),
  ('label_printer', 3, '2026-03-13 10:00Z'),
  ('label_printer', 4, '2026-03-16 10:00Z'),
  ('label_printer', 5, '2026-03-16 10:00Z'),
  ('label_printer', 6, '2026-03-18 10:00:01Z'),
  ('label_printer', 7, '2026-03-18 10:00:01Z')
) AS v (fingerprint, number, changed_at)
  ON v.fingerprint = o.fingerprint
 AND v.number = o.number
WHERE h.change_id = o.change_id;

UPDATE error_groups g
SET resolved_at = (
  SELECT max(h.changed_at)
  FROM error_group_history h
  WHERE h.group_id = g.group_id
    AND h.new_value = 'resolved')
WHERE g.status = 'resolved';

-- And one is not folded yet.
INSERT INTO error_occurrences (occurred_at, instance_id, seq, group_id, exception_type, message, context)
VALUES ('2026-03-18 12:25Z', 2, 201, 11, 'java.lang.IllegalStateException', 'no paper', '{"user_id": "12"}');
SELECT pg_temp.count_occurrences(201, 201);

INSERT INTO spans (trace_id, span_id, parent_span_id, service, name, started_at, duration_ms, status_code)
VALUES
  ('trace-1', 'a', NULL, 'checkout', 'POST /pay', '2026-03-18 09:19:50Z', 10012.5, 504),
  ('trace-1', 'b', 'a', 'checkout', 'charge', '2026-03-18 09:19:51Z', 9000, NULL),
  ('trace-2', 'c', NULL, 'checkout', 'GET /orders', '2026-03-18 12:05Z', 30.5, 500),
  ('trace-5', 'd', NULL, 'checkout', 'GET /orders', '2026-03-16 03:00Z', 50.5, 500);

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
  ('2026-03-16 08:30:00Z', 3, 55, 4, 'ERROR', NULL, 'index is read-only', NULL),
  ('2026-03-09 08:30:00Z', 3, 56, 4, 'ERROR', NULL, 'index is read-only', NULL),
  ('2026-03-16 08:31:00Z', 1, 57, 1, 'ERROR', NULL, 'payment of order 39 failed', NULL),
  ('2026-03-18 12:04:59Z', 1, 58, 2, 'INFO', NULL, 'order 45 placed', 'trace-2');

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
