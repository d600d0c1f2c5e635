-- Ready rows are read pool by pool: those of a pool without slots must not hide what could run.
CREATE INDEX "workflow_tasks_ready_by_pool" ON "workflow_tasks"("runId", COALESCE("pool", ''), "priority" DESC, "position", "index") WHERE "state" = 'ready';
DROP INDEX "workflow_tasks_ready";
