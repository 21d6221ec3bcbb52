-- What is known of files that messages carry; their bytes are kept outside of the database.
CREATE TABLE attachments (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  contact_key INTEGER NOT NULL REFERENCES contacts (key),
  is_unused INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX attachments_by_contact ON attachments (contact_key);
CREATE INDEX attachments_unused ON attachments (contact_key) WHERE is_unused = 1;

-- Nobody is surprised by files: deployments from before take none until somebody says so.
UPDATE deployments SET body = json_set(body, '$.fileUpload', json('{
  "enabled": false,
  "modes": [{ "fileTypes": ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", "text/csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], "maxFileSizeKB": 10240 }],
  "blockedExtensions": [".ade", ".adp", ".apk", ".app", ".appx", ".bat", ".cab", ".chm", ".cmd", ".com", ".cpl", ".dll", ".dmg", ".exe", ".hta", ".htm",
    ".html", ".img", ".ins", ".iso", ".isp", ".jar", ".js", ".jse", ".lib", ".lnk", ".mde", ".mht", ".mhtml", ".msc", ".msi", ".msix", ".msp", ".mst", ".nsh",
    ".pif", ".ps1", ".scr", ".sct", ".sh", ".shb", ".svg", ".sys", ".vb", ".vbe", ".vbs", ".vhd", ".vxd", ".wsc", ".wsf", ".wsh", ".xhtml"]
}'));
