-- Counts the changes of a provider: who keeps its state in memory sees that somebody else changed it.
ALTER TABLE provider ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- The few events that arrived more than once.
CREATE INDEX event_again ON event (tenant, seq) WHERE deliveries > 1;
