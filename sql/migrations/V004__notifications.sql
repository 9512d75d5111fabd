CREATE TABLE notification_channels (
  channel    text        PRIMARY KEY,
  kind       text        NOT NULL,
  enabled    boolean     NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE notification_channels IS 'Ways to reach people. Their secrets stay in the applications'' configuration.';
COMMENT ON COLUMN notification_channels.channel IS 'Name of the channel.';
COMMENT ON COLUMN notification_channels.kind IS 'Such as email, slack, webhook, pagerduty.';
COMMENT ON COLUMN notification_channels.enabled IS 'Whether anything is sent.';
COMMENT ON COLUMN notification_channels.created_at IS 'When an instance first named it.';

CREATE TABLE notification_outbox (
  notification_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel         text        NOT NULL,
  group_id        bigint,
  reason          text        NOT NULL,
  dedupe_key      text        NOT NULL UNIQUE,
  payload         jsonb       NOT NULL,
  attempts        int         NOT NULL DEFAULT 0,
  leased_until    timestamptz,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  created_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE notification_outbox IS 'Messages to be sent, born in the transaction that found their reason.';
COMMENT ON COLUMN notification_outbox.notification_id IS 'Number of the message.';
COMMENT ON COLUMN notification_outbox.channel IS 'Where it goes.';
COMMENT ON COLUMN notification_outbox.group_id IS 'Which bug it is about.';
COMMENT ON COLUMN notification_outbox.reason IS 'Such as new, milestone, regression, spike.';
COMMENT ON COLUMN notification_outbox.dedupe_key IS 'The same for the same message: receivers drop the second.';
COMMENT ON COLUMN notification_outbox.payload IS 'Facts of the message.';
COMMENT ON COLUMN notification_outbox.attempts IS 'How often it was tried.';
COMMENT ON COLUMN notification_outbox.leased_until IS 'Until when an instance has it in hand.';
COMMENT ON COLUMN notification_outbox.next_attempt_at IS 'Not before this.';
COMMENT ON COLUMN notification_outbox.created_at IS 'When its reason was found.';

CREATE TABLE notification_log (
  notification_id bigint      NOT NULL,
  channel         text        NOT NULL,
  group_id        bigint,
  reason          text        NOT NULL,
  outcome         text        NOT NULL,
  detail          text,
  happened_at     timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE notification_log IS 'What became of each message.';
COMMENT ON COLUMN notification_log.notification_id IS 'Number of the message.';
COMMENT ON COLUMN notification_log.channel IS 'Where it went.';
COMMENT ON COLUMN notification_log.group_id IS 'Which bug it was about.';
COMMENT ON COLUMN notification_log.reason IS 'Why it was sent.';
COMMENT ON COLUMN notification_log.outcome IS 'Such as sent, failed, dead.';
COMMENT ON COLUMN notification_log.detail IS 'What the receiver or the error said.';
COMMENT ON COLUMN notification_log.happened_at IS 'When.';
