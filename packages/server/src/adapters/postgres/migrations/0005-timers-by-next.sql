-- compatible-with: 0004
-- When an appointment can be claimed is the later of its time and the end of its lease: one index for both questions.

CREATE INDEX timers_by_next ON timers (greatest(due_at, leased_until));
