-- CreateTable
CREATE TABLE "workflows" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "versionId" UUID,
    "versionNumber" INTEGER NOT NULL DEFAULT 0,
    "lastRunNumber" INTEGER NOT NULL DEFAULT 0,
    "maxActiveRuns" INTEGER NOT NULL DEFAULT 16,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "pausedReason" TEXT NOT NULL DEFAULT '',
    "scheduledTo" TIMESTAMPTZ(3),
    "scheduleAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_versions" (
    "id" UUID NOT NULL,
    "workflowId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "document" JSONB,
    "digest" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_runs" (
    "id" UUID NOT NULL,
    "workflowId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "requesterName" TEXT NOT NULL,
    "nominalTime" TIMESTAMPTZ(3) NOT NULL,
    "slot" TEXT,
    "key" TEXT,
    "backfillId" UUID,
    "parentRunId" UUID,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "openTasks" INTEGER NOT NULL DEFAULT 0,
    "failedTasks" INTEGER NOT NULL DEFAULT 0,
    "failedLeaves" INTEGER NOT NULL DEFAULT 0,
    "cancelReason" TEXT,
    "cancelledBy" TEXT,
    "deadlineAt" TIMESTAMPTZ(3),
    "deadlineMissedAt" TIMESTAMPTZ(3),
    "timeoutAt" TIMESTAMPTZ(3),
    "checkAt" TIMESTAMPTZ(3),
    "checkReason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_tasks" (
    "runId" UUID NOT NULL,
    "taskId" TEXT NOT NULL,
    "index" INTEGER NOT NULL DEFAULT -1,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT NOT NULL DEFAULT '',
    "needs" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "upstreamFailed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "setupsSucceeded" INTEGER NOT NULL DEFAULT 0,
    "setupsSkipped" INTEGER NOT NULL DEFAULT 0,
    "setupsSettled" INTEGER NOT NULL DEFAULT 0,
    "size" INTEGER,
    "indexSucceeded" INTEGER NOT NULL DEFAULT 0,
    "indexFailed" INTEGER NOT NULL DEFAULT 0,
    "item" JSONB,
    "outputs" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "tried" JSONB NOT NULL DEFAULT '{}',
    "memory" TEXT,
    "pending" JSONB,
    "pool" TEXT,
    "cluster" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "dirty" BOOLEAN NOT NULL DEFAULT false,
    "nextAt" TIMESTAMPTZ(3),
    "readyAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_tasks_pkey" PRIMARY KEY ("runId","taskId","index")
);

-- CreateTable
CREATE TABLE "workflow_attempts" (
    "key" TEXT NOT NULL,
    "runId" UUID NOT NULL,
    "workflowId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "taskId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "token" TEXT NOT NULL,
    "cluster" TEXT NOT NULL,
    "pool" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'intended',
    "live" BOOLEAN NOT NULL DEFAULT true,
    "spec" JSONB NOT NULL,
    "specHash" TEXT NOT NULL,
    "cause" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "exitCode" INTEGER,
    "uid" TEXT,
    "place" TEXT,
    "observedSeq" INTEGER NOT NULL DEFAULT 0,
    "observedPhase" TEXT,
    "observedCause" TEXT,
    "observedReason" TEXT NOT NULL DEFAULT '',
    "observedExit" INTEGER,
    "observedOutput" TEXT,
    "observedAt" TIMESTAMPTZ(3),
    "stopCause" TEXT,
    "stopReason" TEXT NOT NULL DEFAULT '',
    "startTries" INTEGER NOT NULL DEFAULT 0,
    "dirty" BOOLEAN NOT NULL DEFAULT true,
    "nextAt" TIMESTAMPTZ(3),
    "startBy" TIMESTAMPTZ(3),
    "finishBy" TIMESTAMPTZ(3),
    "upkeep" TEXT NOT NULL DEFAULT 'none',
    "upkeepAt" TIMESTAMPTZ(3),
    "upkeepReason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acceptedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_attempts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "workflow_logs" (
    "attemptKey" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "workflow_logs_pkey" PRIMARY KEY ("attemptKey","sequence")
);

-- CreateTable
CREATE TABLE "workflow_clusters" (
    "name" TEXT NOT NULL,
    "reachable" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL DEFAULT '',
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(3),

    CONSTRAINT "workflow_clusters_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "workflow_pools" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_pools_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_approvals" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "taskId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "userName" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_events" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT,
    "payload" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_backfills" (
    "id" UUID NOT NULL,
    "workflowId" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "runs" INTEGER NOT NULL,
    "requesterId" TEXT NOT NULL,
    "requesterName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_backfills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_entries" (
    "id" BIGSERIAL NOT NULL,
    "runId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taskId" TEXT,
    "index" INTEGER,
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "workflow_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_outbox" (
    "id" BIGSERIAL NOT NULL,
    "projectId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT,
    "body" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "problem" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "workflow_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_lineage" (
    "projectId" UUID NOT NULL,
    "workflowId" UUID NOT NULL,
    "taskId" TEXT NOT NULL,
    "dataset" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "runId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workflow_lineage_pkey" PRIMARY KEY ("workflowId","taskId","dataset","direction")
);

-- CreateIndex
CREATE INDEX "workflows_scheduleAt_idx" ON "workflows"("scheduleAt");

-- CreateIndex
CREATE UNIQUE INDEX "workflows_projectId_name_key" ON "workflows"("projectId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_versions_workflowId_number_key" ON "workflow_versions"("workflowId", "number");

-- CreateIndex
CREATE INDEX "workflow_runs_checkAt_idx" ON "workflow_runs"("checkAt");

-- CreateIndex
CREATE INDEX "workflow_runs_workflowId_state_idx" ON "workflow_runs"("workflowId", "state");

-- CreateIndex
CREATE INDEX "workflow_runs_projectId_createdAt_idx" ON "workflow_runs"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "workflow_runs_parentRunId_idx" ON "workflow_runs"("parentRunId");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_runs_workflowId_number_key" ON "workflow_runs"("workflowId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_runs_workflowId_slot_key" ON "workflow_runs"("workflowId", "slot");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_runs_workflowId_key_key" ON "workflow_runs"("workflowId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_attempts_runId_taskId_index_number_key" ON "workflow_attempts"("runId", "taskId", "index", "number");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_pools_projectId_name_key" ON "workflow_pools"("projectId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_approvals_runId_taskId_index_digest_userId_key" ON "workflow_approvals"("runId", "taskId", "index", "digest", "userId");

-- CreateIndex
CREATE INDEX "workflow_events_projectId_name_receivedAt_idx" ON "workflow_events"("projectId", "name", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_events_projectId_name_key_key" ON "workflow_events"("projectId", "name", "key");

-- CreateIndex
CREATE INDEX "workflow_entries_runId_id_idx" ON "workflow_entries"("runId", "id");

-- CreateIndex
CREATE INDEX "workflow_outbox_nextAt_idx" ON "workflow_outbox"("nextAt");

-- CreateIndex
CREATE INDEX "workflow_outbox_runId_id_idx" ON "workflow_outbox"("runId", "id");

-- CreateIndex
CREATE INDEX "workflow_lineage_projectId_dataset_idx" ON "workflow_lineage"("projectId", "dataset");

-- AddForeignKey
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workflowId_fkey" FOREIGN KEY ("workflowId") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_runs" ADD CONSTRAINT "workflow_runs_workflowId_fkey" FOREIGN KEY ("workflowId") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_tasks" ADD CONSTRAINT "workflow_tasks_runId_fkey" FOREIGN KEY ("runId") REFERENCES "workflow_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_attempts" ADD CONSTRAINT "workflow_attempts_runId_fkey" FOREIGN KEY ("runId") REFERENCES "workflow_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_logs" ADD CONSTRAINT "workflow_logs_attemptKey_fkey" FOREIGN KEY ("attemptKey") REFERENCES "workflow_attempts"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_backfills" ADD CONSTRAINT "workflow_backfills_workflowId_fkey" FOREIGN KEY ("workflowId") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow_entries" ADD CONSTRAINT "workflow_entries_runId_fkey" FOREIGN KEY ("runId") REFERENCES "workflow_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma can't say these: a partial index holds only the rows that somebody looks for.
-- At most one live attempt per (run, task, index).
CREATE UNIQUE INDEX "workflow_attempts_one_live" ON "workflow_attempts"("runId", "taskId", "index") WHERE "live";
CREATE INDEX "workflow_attempts_dirty" ON "workflow_attempts"("runId") WHERE "dirty";
CREATE INDEX "workflow_attempts_next" ON "workflow_attempts"("runId", "nextAt") WHERE "live" AND "nextAt" IS NOT NULL;
CREATE INDEX "workflow_attempts_live_cluster" ON "workflow_attempts"("cluster") WHERE "live";
CREATE INDEX "workflow_attempts_live_pool" ON "workflow_attempts"("projectId", "pool") WHERE "live";
CREATE INDEX "workflow_attempts_live_workflow" ON "workflow_attempts"("workflowId") WHERE "live";
CREATE INDEX "workflow_attempts_upkeep" ON "workflow_attempts"("upkeepAt") WHERE "upkeep" IN ('archive', 'kill');
CREATE INDEX "workflow_tasks_dirty" ON "workflow_tasks"("runId") WHERE "dirty";
CREATE INDEX "workflow_tasks_ready" ON "workflow_tasks"("runId", "priority" DESC, "position", "index") WHERE "state" = 'ready';
CREATE INDEX "workflow_tasks_ready_pool" ON "workflow_tasks"("pool", "priority" DESC, "readyAt") WHERE "state" = 'ready';
CREATE INDEX "workflow_tasks_next" ON "workflow_tasks"("runId", "nextAt") WHERE "nextAt" IS NOT NULL;
CREATE INDEX "workflow_tasks_approval" ON "workflow_tasks"("runId") WHERE "state" = 'awaiting_approval';
CREATE INDEX "workflow_tasks_deferred" ON "workflow_tasks"("runId") WHERE "state" = 'deferred';
