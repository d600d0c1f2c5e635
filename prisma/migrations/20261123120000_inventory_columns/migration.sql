-- DropIndex
DROP INDEX "inventory_objects_clusterId_kind_namespace_idx";

-- DropIndex
DROP INDEX "inventory_objects_ownerUid_idx";

-- AlterTable
ALTER TABLE "inventory_objects" ADD COLUMN     "cpuMillis" INTEGER,
ADD COLUMN     "memoryBytes" BIGINT,
ADD COLUMN     "nodeName" TEXT,
ADD COLUMN     "restartedAt" TIMESTAMPTZ(3),
ADD COLUMN     "shape" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "cluster_events" ADD COLUMN     "name" TEXT NOT NULL,
ADD COLUMN     "observedAt" TIMESTAMPTZ(3) NOT NULL;

-- CreateIndex
CREATE INDEX "cluster_events_lastAt_idx" ON "cluster_events"("lastAt");

-- CreateIndex
CREATE INDEX "episodes_clusterId_closedAt_idx" ON "episodes"("clusterId", "closedAt");

-- CreateIndex
CREATE INDEX "inventory_objects_clusterId_kind_namespace_name_idx" ON "inventory_objects"("clusterId", "kind", "namespace", "name");

-- CreateIndex
CREATE INDEX "inventory_objects_clusterId_ownerUid_idx" ON "inventory_objects"("clusterId", "ownerUid");

-- Cards count and sum whole clusters: an index that holds all they need, so that no row is visited.
CREATE INDEX "inventory_objects_counts_idx" ON "inventory_objects" ("clusterId", kind, state)
  INCLUDE (namespace, "nodeName", "cpuMillis", "memoryBytes");
