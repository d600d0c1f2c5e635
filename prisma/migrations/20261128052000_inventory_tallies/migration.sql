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

-- What each namespace, kind and state has more (less, if negative) than before.
CREATE FUNCTION add_inventory_tallies("parts" "inventory_tallies"[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Most changes are of nothing that is tallied.
    IF "parts" IS NULL THEN
        RETURN;
    END IF;

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
    ON CONFLICT ("namespace", "clusterId", "kind", "state") DO UPDATE SET
        "objects" = t."objects" + excluded."objects",
        "cpuMillis" = t."cpuMillis" + excluded."cpuMillis",
        "memoryBytes" = t."memoryBytes" + excluded."memoryBytes";
END
$$;

-- Grouped before anything else: objects are wide, and sums are few.
CREATE FUNCTION keep_inventory_tallies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM add_inventory_tallies((SELECT array_agg("part") FROM (
            SELECT ROW("clusterId", coalesce("namespace", ''), "kind", coalesce("state", ''), count(*),
                coalesce(sum("cpuMillis"), 0), coalesce(sum("memoryBytes"), 0))::"inventory_tallies" AS "part"
            FROM "newer" GROUP BY "clusterId", "namespace", "kind", "state"
        ) "parts"));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM add_inventory_tallies((SELECT array_agg("part") FROM (
            SELECT ROW("clusterId", coalesce("namespace", ''), "kind", coalesce("state", ''), -count(*),
                -coalesce(sum("cpuMillis"), 0), -coalesce(sum("memoryBytes"), 0))::"inventory_tallies" AS "part"
            FROM "older" GROUP BY "clusterId", "namespace", "kind", "state"
        ) "parts"));
        -- Namespaces come and go: what holds nothing any more is not kept.
        DELETE FROM "inventory_tallies" t
        USING (SELECT DISTINCT "clusterId", coalesce("namespace", '') AS "place", "kind" FROM "older") o
        WHERE t."clusterId" = o."clusterId" AND t."namespace" = o."place" AND t."kind" = o."kind" AND t."objects" = 0;
    ELSE
        PERFORM add_inventory_tallies((SELECT array_agg("part") FROM (
            SELECT ROW("clusterId", coalesce("namespace", ''), "kind", coalesce("state", ''), sum("sign"),
                coalesce(sum("sign" * "cpuMillis"::bigint), 0), coalesce(sum("sign" * "memoryBytes"), 0)
                )::"inventory_tallies" AS "part"
            FROM (
                SELECT "clusterId", "namespace", "kind", "state", "cpuMillis", "memoryBytes", 1 AS "sign" FROM "newer"
                UNION ALL
                SELECT "clusterId", "namespace", "kind", "state", "cpuMillis", "memoryBytes", -1 FROM "older"
            ) "both" GROUP BY "clusterId", "namespace", "kind", "state"
            HAVING sum("sign") <> 0 OR sum("sign" * coalesce("cpuMillis", 0)::bigint) <> 0
                OR sum("sign" * coalesce("memoryBytes", 0)) <> 0
        ) "parts"));
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

INSERT INTO "inventory_tallies"
SELECT "clusterId", "place", "kind", coalesce("state", ''), count(*), coalesce(sum("cpuMillis"), 0), coalesce(sum("memoryBytes"), 0)
FROM "inventory_objects" CROSS JOIN LATERAL (VALUES (coalesce("namespace", '')), ('*')) "places"("place")
GROUP BY 1, 2, 3, 4;
