-- Who guests have proved to be, what their proofs are renewed with, and where their apps can be woken.

ALTER TABLE contacts ADD COLUMN identity text COLLATE "C"; -- deployment, issuer and subject as one key
CREATE UNIQUE INDEX contacts_by_identity ON contacts (identity) WHERE identity IS NOT NULL;

-- Some clients name their token in lower case in addresses.
ALTER TABLE sessions ADD COLUMN folded_token_hash text COLLATE "C";
CREATE INDEX sessions_by_folded_token ON sessions (deployment_id, folded_token_hash, key) WHERE folded_token_hash IS NOT NULL;

CREATE TABLE sign_ins (
  id text COLLATE "C" PRIMARY KEY,
  identity text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL,
  body json NOT NULL
);
CREATE INDEX sign_ins_by_identity ON sign_ins (identity);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

-- Retired ones too: whoever presents one has a copy.
CREATE TABLE refresh_tokens (
  hash text COLLATE "C" PRIMARY KEY,
  sign_in_id text COLLATE "C" NOT NULL
);
CREATE INDEX refresh_tokens_by_sign_in ON refresh_tokens (sign_in_id);

CREATE TABLE push_devices (
  deployment_id text COLLATE "C" NOT NULL,
  token_hash text COLLATE "C" NOT NULL,
  contact_id text COLLATE "C" NOT NULL,
  body json NOT NULL,
  PRIMARY KEY (deployment_id, token_hash)
);
CREATE INDEX push_devices_by_contact ON push_devices (contact_id);
