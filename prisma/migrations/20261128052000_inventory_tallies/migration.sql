-- CreateTable
CREATE TABLE "inventory_tallies" (
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "objects" INTEGER NOT NULL,
    "cpuMillis" BIGINT NOT NULL,
    "memoryBytes" BIGINT NOT NULL,

    CONSTRAINT "inventory_tallies_pkey" PRIMARY KEY ("namespace","clusterId","kind","state")
);

-- AddForeignKey
ALTER TABLE "inventory_tallies" ADD CONSTRAINT "inventory_tallies_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Its rows change far more often than they come and go: room for that beside them, and no index is touched.
ALTER TABLE "inventory_tallies" SET (fillfactor = 50);

-- What an object adds to the row of its namespace, and so to that of its cluster.
CREATE FUNCTION inventory_tally_of("object" "inventory_objects", "sign" INTEGER) RETURNS "inventory_tallies"
LANGUAGE sql IMMUTABLE AS $$
    SELECT ROW(
        "object"."clusterId", coalesce("object"."namespace", ''), "object"."kind", coalesce("object"."state", ''), "sign",
        "sign" * coalesce("object"."cpuMillis", 0)::bigint, "sign" * coalesce("object"."memoryBytes", 0)
    )::"inventory_tallies"
$$;

CREATE FUNCTION add_inventory_tallies("parts" "inventory_tallies"[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Namespaces of one cluster may be written at once and share its row: one after the other, in one order, so that
    -- none waits for another that waits for it.
    PERFORM pg_advisory_xact_lock(hashtextextended("clusterId" || "kind", 0))
    FROM (SELECT DISTINCT "clusterId", "kind" FROM unnest("parts") ORDER BY 1, 2) "written";

    INSERT INTO "inventory_tallies" AS t
    SELECT p."clusterId", "places"."place", p."kind", p."state", sum(p."objects"), sum(p."cpuMillis"), sum(p."memoryBytes")
    FROM unnest("parts") p CROSS JOIN LATERAL (VALUES (p."namespace"), ('*')) "places"("place")
    -- A cluster that is being removed takes its tallies along.
    WHERE EXISTS (SELECT 1 FROM "clusters" c WHERE c."id" = p."clusterId")
    GROUP BY 1, 2, 3, 4
    HAVING sum(p."objects") <> 0 OR sum(p."cpuMillis") <> 0 OR sum(p."memoryBytes") <> 0
    ON CONFLICT ("namespace", "clusterId", "kind", "state") DO UPDATE SET
        "objects" = t."objects" + excluded."objects",
        "cpuMillis" = t."cpuMillis" + excluded."cpuMillis",
        "memoryBytes" = t."memoryBytes" + excluded."memoryBytes";
END
$$;

CREATE FUNCTION keep_inventory_tallies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM add_inventory_tallies((SELECT array_agg(inventory_tally_of(n, 1)) FROM "newer" n));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM add_inventory_tallies((SELECT array_agg(inventory_tally_of(o, -1)) FROM "older" o));
        -- Namespaces come and go: what holds nothing any more is not kept.
        DELETE FROM "inventory_tallies" t USING (SELECT DISTINCT "clusterId", "namespace", "kind" FROM "older") o
        WHERE t."clusterId" = o."clusterId" AND t."namespace" = o."namespace" AND t."kind" = o."kind" AND t."objects" = 0;
    ELSE
        PERFORM add_inventory_tallies((SELECT array_agg("part") FROM (
            SELECT inventory_tally_of(n, 1) FROM "newer" n UNION ALL SELECT inventory_tally_of(o, -1) FROM "older" o
        ) "parts"("part")));
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER inventory_tallies_of_new AFTER INSERT ON "inventory_objects" REFERENCING NEW TABLE AS "newer"
    FOR EACH STATEMENT EXECUTE FUNCTION keep_inventory_tallies();
CREATE TRIGGER inventory_tallies_of_changed AFTER UPDATE ON "inventory_objects"
    REFERENCING OLD TABLE AS "older" NEW TABLE AS "newer"
    FOR EACH STATEMENT EXECUTE FUNCTION keep_inventory_tallies();
CREATE TRIGGER inventory_tallies_of_gone AFTER DELETE ON "inventory_objects" REFERENCING OLD TABLE AS "older"
    FOR EACH STATEMENT EXECUTE FUNCTION keep_inventory_tallies();

SELECT add_inventory_tallies(array_agg(inventory_tally_of(o, 1))) FROM "inventory_objects" o;
