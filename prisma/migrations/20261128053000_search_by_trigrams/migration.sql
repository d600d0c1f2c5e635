-- Part of every PostgreSQL, and trusted: the owner of a database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- "Contains this text" over namespace/name, as object.list asks it. A short list of what is not in the index yet: every
-- search reads it, and a sync of thousands of objects would make it long.
CREATE INDEX "inventory_objects_search_idx" ON "inventory_objects"
    USING gin ((coalesce("namespace", '') || '/' || "name") gin_trgm_ops) WITH (gin_pending_list_limit = 512);

-- Most changes of an object touch no index; with room for them on its page they cost none of the indexes anything.
ALTER TABLE "inventory_objects" SET (fillfactor = 85);
