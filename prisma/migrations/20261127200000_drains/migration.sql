-- CreateTable
CREATE TABLE "drains" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "node" TEXT NOT NULL,
    "nodeUid" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "message" TEXT NOT NULL DEFAULT '',
    "options" JSONB NOT NULL,
    "planned" JSONB,
    "waiting" JSONB NOT NULL DEFAULT '[]',
    "requesterId" TEXT NOT NULL,
    "requesterName" TEXT NOT NULL,
    "checkAt" TIMESTAMPTZ(3),
    "deadlineAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "drains_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "drains_clusterId_createdAt_idx" ON "drains"("clusterId", "createdAt");

-- CreateIndex
CREATE INDEX "drains_checkAt_idx" ON "drains"("checkAt");

-- Two drains of one node at once would each report half of it.
CREATE UNIQUE INDEX "drains_one_live" ON "drains"("clusterId", "node") WHERE "state" = 'running';
