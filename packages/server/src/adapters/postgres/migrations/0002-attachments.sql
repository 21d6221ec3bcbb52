-- What is known of files that messages carry; their bytes are kept outside of the database.
CREATE TABLE attachments (
  id text COLLATE "C" PRIMARY KEY,
  key bigint GENERATED ALWAYS AS IDENTITY,
  contact_id text COLLATE "C" NOT NULL,
  is_unused boolean NOT NULL,
  body json NOT NULL
);
CREATE INDEX attachments_by_contact ON attachments (contact_id, key);
CREATE INDEX attachments_unused ON attachments (contact_id, key) WHERE is_unused;
