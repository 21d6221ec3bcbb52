-- State rows, one append-only log per conversation, one feed of events; the same rooms as the embedded store's, in this engine's
-- words. Rows are joined by their ids rather than by integer keys, so that a batch is written without asking for keys first
-- (docs/adr/0031-how-many-nodes-write-one-log.md). `key` only says which row came first.

CREATE TABLE deployments (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  body json NOT NULL
);

CREATE TABLE contacts (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  external_id text COLLATE "C",
  search text NOT NULL,
  body json NOT NULL
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX contacts_by_external_id ON contacts (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE sessions (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY,
  contact_id text COLLATE "C" NOT NULL,
  deployment_id text COLLATE "C" NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  has_ended boolean NOT NULL,
  body json NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX sessions_by_token ON sessions (deployment_id, token_hash, key);
CREATE INDEX sessions_by_contact ON sessions (contact_id, key);

CREATE TABLE conversations (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY,
  contact_id text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  quiet boolean NOT NULL,
  last_entry_at bigint NOT NULL,
  body json NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX conversations_by_contact ON conversations (contact_id, key);
CREATE INDEX conversations_by_activity ON conversations (last_entry_at, key);
-- What the desk shows is a small part of a large table; without these, a short list is looked for through all of it.
CREATE INDEX conversations_open ON conversations (last_entry_at, key) WHERE status = 'open';
CREATE INDEX conversations_quiet ON conversations (last_entry_at, key) WHERE quiet;

CREATE TABLE entries (
  conversation_id text COLLATE "C" NOT NULL,
  seq integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  contact_id text COLLATE "C" NOT NULL,
  client_id text COLLATE "C",
  is_event boolean NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  body json NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);
CREATE UNIQUE INDEX entries_by_id ON entries (id);
CREATE UNIQUE INDEX entries_by_client_id ON entries (contact_id, client_id) WHERE client_id IS NOT NULL;
-- What a guest client's history does not show: few, and counted instead of all the others. A message is told by a column, since
-- looking into the JSON of each cost more than a third of writing it.
CREATE INDEX entries_hidden ON entries (conversation_id, seq) WHERE (is_event OR withdrawn) AND NOT (is_event AND (
  coalesce(body ->> 'event', '') = 'closed'
  OR (coalesce(body ->> 'event', '') = 'started' AND coalesce(body ->> 'reason', '') = 'autostart' AND coalesce(body -> 'by' ->> 'kind', '') = 'customer')));

CREATE TABLE proactive_messages (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY,
  message_id text COLLATE "C" NOT NULL UNIQUE,
  contact_id text COLLATE "C" NOT NULL,
  conversation_id text COLLATE "C",
  seq integer,
  status text COLLATE "C" NOT NULL,
  is_pending boolean NOT NULL,
  supersede_key text COLLATE "C",
  is_proactive boolean NOT NULL,
  body json NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX proactive_messages_by_contact ON proactive_messages (contact_id);
CREATE INDEX proactive_messages_pending ON proactive_messages (contact_id, status, seq) WHERE is_pending;
CREATE INDEX proactive_messages_supersedable ON proactive_messages (contact_id, supersede_key) WHERE is_pending AND supersede_key IS NOT NULL;
CREATE INDEX proactive_messages_listed ON proactive_messages (key) WHERE is_proactive;

-- Whose an event is follows from its conversation, and is written down only where there is none.
CREATE TABLE events (
  position bigint PRIMARY KEY,
  writer xid8 NOT NULL, -- the transaction: what is not older than every transaction under way is not shown yet
  type text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  contact_id text COLLATE "C",
  conversation_id text COLLATE "C",
  entry_seq integer,
  data json,
  CHECK (contact_id IS NULL OR conversation_id IS NULL)
);
CREATE INDEX events_of_contacts ON events (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX events_with_data ON events (conversation_id) WHERE data IS NOT NULL AND conversation_id IS NOT NULL;

-- Places in the feed: whoever takes the earlier place has the older transaction, which is why both are taken under one lock.
-- It is held for the time of this function alone; a connection that is interrupted inside of it must be closed, which frees it.
CREATE SEQUENCE event_positions;
CREATE FUNCTION take_event_positions(wanted bigint, OUT first bigint, OUT writer xid8) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_lock(4846214211); -- any number, as long as nothing else in this database locks it
  writer := pg_current_xact_id();
  first := nextval('event_positions');
  IF wanted > 1 THEN PERFORM setval('event_positions', first + wanted - 1); END IF;
  PERFORM pg_advisory_unlock(4846214211);
END $$;

CREATE TABLE timers (
  id text COLLATE "C" PRIMARY KEY,
  due_at bigint NOT NULL,
  leased_until bigint NOT NULL DEFAULT 0,
  job json NOT NULL
);

CREATE TABLE answers (
  key text COLLATE "C" PRIMARY KEY,
  fingerprint text NOT NULL,
  value json NOT NULL,
  contact_id text COLLATE "C",
  expires_at bigint NOT NULL
);
CREATE INDEX answers_by_expiry ON answers (expires_at);
CREATE INDEX answers_by_contact ON answers (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX answers_about_nobody ON answers (expires_at) WHERE contact_id IS NULL;

CREATE TABLE oauth_clients (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  body json NOT NULL
);

CREATE TABLE access_tokens (
  hash text COLLATE "C" PRIMARY KEY,
  client_id text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL,
  body json NOT NULL
);
CREATE INDEX access_tokens_by_client ON access_tokens (client_id);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

CREATE TABLE agents (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  name text COLLATE "C" NOT NULL UNIQUE,
  body json NOT NULL
);

CREATE TABLE agent_sessions (
  hash text COLLATE "C" PRIMARY KEY,
  agent_id text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX agent_sessions_by_agent ON agent_sessions (agent_id);
CREATE INDEX agent_sessions_by_expiry ON agent_sessions (expires_at);

-- One row for each batch that was committed: how a node that lost its connection at that moment learns what came of it, and
-- which places in the feed its events were given.
CREATE TABLE commits (
  id uuid PRIMARY KEY,
  first_position bigint,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX commits_by_age ON commits (at);
