-- State rows, one append-only log per conversation, one feed of events. Integer keys for what is joined often:
-- see docs/adr/0011-table-layout-and-thread.md for the measurement.

CREATE TABLE deployments (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
);

CREATE TABLE contacts (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  external_id TEXT UNIQUE,
  search TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE sessions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  contact_key INTEGER NOT NULL REFERENCES contacts (key),
  deployment_id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  has_ended INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX sessions_by_token ON sessions (deployment_id, token_hash);
CREATE INDEX sessions_by_contact ON sessions (contact_key);

CREATE TABLE conversations (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  contact_key INTEGER NOT NULL REFERENCES contacts (key),
  status TEXT NOT NULL,
  quiet INTEGER NOT NULL,
  last_entry_at INTEGER NOT NULL,
  last_text TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX conversations_by_contact ON conversations (contact_key);
CREATE INDEX conversations_by_activity ON conversations (last_entry_at);

-- A row id made of conversation and seq keeps each log together: its last page costs the same however much others wrote.
CREATE TABLE entries (
  place INTEGER PRIMARY KEY, -- the conversation's key × 2^22 + seq
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  contact_key INTEGER NOT NULL,
  client_id TEXT,
  withdrawn INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX entries_by_id ON entries (id);
CREATE UNIQUE INDEX entries_by_client_id ON entries (contact_key, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE proactive_messages (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  message_id TEXT NOT NULL UNIQUE,
  contact_key INTEGER NOT NULL REFERENCES contacts (key),
  conversation_id TEXT,
  seq INTEGER,
  status TEXT NOT NULL,
  is_pending INTEGER NOT NULL,
  supersede_key TEXT,
  is_proactive INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX proactive_messages_pending ON proactive_messages (contact_key, status, seq) WHERE is_pending = 1;
CREATE INDEX proactive_messages_supersedable ON proactive_messages (contact_key, supersede_key) WHERE is_pending = 1 AND supersede_key IS NOT NULL;
CREATE INDEX proactive_messages_listed ON proactive_messages (key) WHERE is_proactive = 1;

CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  contact_key INTEGER,
  conversation_key INTEGER,
  entry_seq INTEGER,
  data TEXT
);
CREATE INDEX events_with_data ON events (contact_key) WHERE data IS NOT NULL;

CREATE TABLE timers (
  id TEXT PRIMARY KEY,
  due_at INTEGER NOT NULL,
  leased_until INTEGER NOT NULL DEFAULT 0,
  job TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due_at);

CREATE TABLE answers (
  key TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_key INTEGER,
  expires_at INTEGER NOT NULL
);
CREATE INDEX answers_by_expiry ON answers (expires_at);
CREATE INDEX answers_by_contact ON answers (contact_key) WHERE contact_key IS NOT NULL;

CREATE TABLE oauth_clients (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
);

CREATE TABLE access_tokens (
  hash TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX access_tokens_by_client ON access_tokens (client_id);
CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

CREATE TABLE agents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
);

CREATE TABLE agent_sessions (
  hash TEXT NOT NULL UNIQUE,
  agent_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX agent_sessions_by_expiry ON agent_sessions (expires_at);
