import type { Database } from '@fairlead/db/database'
import { attemptStates, runStates, taskStates } from '@fairlead/contracts/workflow-states'
import type { CompiledWorkflow } from '../../definition/compiled'

type States = Readonly<Record<string, { readonly terminal: boolean; readonly next: readonly string[] }>>

const texts = (values: readonly string[]): string =>
  `ARRAY[${values.map((value) => `'${value}'`).join(', ')}]::text[]`
const terminal = (states: States): string =>
  texts(Object.keys(states).filter((state) => states[state]?.terminal === true))
const transitions = (states: States): string =>
  texts(Object.entries(states).flatMap(([from, { next }]) => next.map((to) => `${from}>${to}`)))

/**
 * What must hold after every commit, as triggers of the throwaway database: no step of any process gets past them, and
 * a violation names itself. Clearing says so by a setting of its transaction.
 */
const statements: readonly string[] = [
  `CREATE TABLE sim_edges (workflow uuid, task text, upstream text)`,
  `CREATE TABLE sim_limits (workflow uuid PRIMARY KEY, tasks int)`,
  `CREATE TABLE sim_orphans (key text PRIMARY KEY)`,
  `CREATE FUNCTION sim_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT OLD.live AND (NEW.state <> OLD.state OR NEW.live OR NEW.cause IS DISTINCT FROM OLD.cause) THEN
      RAISE EXCEPTION 'BROKEN attempt % is %, and becomes %', OLD.key, OLD.state, NEW.state; END IF;
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state = ANY(${transitions(attemptStates)})) THEN
      RAISE EXCEPTION 'BROKEN attempt % goes from % to %', OLD.key, OLD.state, NEW.state; END IF;
    IF OLD."observedPhase" IN ('succeeded', 'failed', 'vanished', 'gone') AND NEW."observedPhase" IS DISTINCT FROM OLD."observedPhase" THEN
      RAISE EXCEPTION 'BROKEN attempt % was seen %, then %', OLD.key, OLD."observedPhase", NEW."observedPhase"; END IF;
    IF OLD."observedPhase" = 'succeeded' AND OLD.live AND NOT NEW.live AND NEW.state <> 'succeeded' THEN
      RAISE EXCEPTION 'BROKEN attempt % was seen succeeded and becomes %', OLD.key, NEW.state; END IF;
    IF NEW.upkeep = 'kill' AND OLD.upkeep <> 'kill' THEN INSERT INTO sim_orphans VALUES (NEW.key) ON CONFLICT DO NOTHING; END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER sim_attempt BEFORE UPDATE ON workflow_attempts FOR EACH ROW EXECUTE FUNCTION sim_attempt()`,
  `CREATE FUNCTION sim_limit() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE used int; most int;
  BEGIN
    IF NEW.pool IS NOT NULL THEN
      SELECT count(*) INTO used FROM workflow_attempts WHERE live AND "projectId" = NEW."projectId" AND pool = NEW.pool;
      SELECT slots INTO most FROM workflow_pools WHERE "projectId" = NEW."projectId" AND name = NEW.pool;
      IF used > most THEN RAISE EXCEPTION 'BROKEN pool % has % slots and % attempts', NEW.pool, most, used; END IF;
    END IF;
    SELECT tasks INTO most FROM sim_limits WHERE workflow = NEW."workflowId";
    IF most IS NOT NULL THEN
      SELECT count(*) INTO used FROM workflow_attempts WHERE live AND "workflowId" = NEW."workflowId";
      IF used > most THEN RAISE EXCEPTION 'BROKEN workflow with % active tasks of %', used, most; END IF;
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE CONSTRAINT TRIGGER sim_limit AFTER INSERT ON workflow_attempts DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sim_limit()`,
  `CREATE FUNCTION sim_task() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('sim.clearing', true) = 'yes' THEN RETURN NEW; END IF;
    IF OLD.state = ANY(${terminal(taskStates)}) AND NEW.state <> OLD.state THEN
      RAISE EXCEPTION 'BROKEN task %[%] is % and becomes %', OLD."taskId", OLD."index", OLD.state, NEW.state; END IF;
    IF OLD.state = 'retrying' AND NEW.state = 'ready' AND NEW."readyAt" < OLD."nextAt" THEN
      RAISE EXCEPTION 'BROKEN task %[%] is retried at %, before %', OLD."taskId", OLD."index", NEW."readyAt", OLD."nextAt"; END IF;
    IF OLD.size IS NOT NULL AND NEW.size IS DISTINCT FROM OLD.size THEN
      RAISE EXCEPTION 'BROKEN task % had % indexes, now %', OLD."taskId", OLD.size, NEW.size; END IF;
    IF NEW.generation <> OLD.generation THEN
      RAISE EXCEPTION 'BROKEN task % was cleared by nobody', OLD."taskId"; END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER sim_task BEFORE UPDATE ON workflow_tasks FOR EACH ROW EXECUTE FUNCTION sim_task()`,
  `CREATE FUNCTION sim_run() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE open int; active int; most int; run workflow_runs; bad text;
  BEGIN
    IF OLD.state = ANY(${terminal(runStates)}) AND NEW.state <> OLD.state AND current_setting('sim.clearing', true) IS DISTINCT FROM 'yes' THEN
      RAISE EXCEPTION 'BROKEN run is % and becomes %', OLD.state, NEW.state; END IF;
    SELECT * INTO run FROM workflow_runs WHERE id = NEW.id;
    IF run IS NULL THEN RETURN NULL; END IF;
    IF OLD.state = 'cancelling' AND run.state = ANY(${terminal(runStates)}) THEN
      IF EXISTS (SELECT 1 FROM workflow_runs c WHERE c."parentRunId" = run.id AND c.state IN ('queued', 'running')) THEN
        RAISE EXCEPTION 'BROKEN run % is over, cancelled, and a run that it started goes on', run.number; END IF;
    END IF;
    IF run.state = 'running' AND OLD.state = 'queued' THEN
      SELECT count(*) INTO active FROM workflow_runs WHERE "workflowId" = run."workflowId" AND state IN ('running', 'cancelling');
      SELECT "maxActiveRuns" INTO most FROM workflows WHERE id = run."workflowId";
      IF active > most THEN RAISE EXCEPTION 'BROKEN % runs are active of %', active, most; END IF;
    END IF;
    -- What follows reads the state at the commit alone: of several updates in one transaction the last one asks.
    IF NEW IS DISTINCT FROM run THEN RETURN NULL; END IF;
    IF run.state = ANY(${terminal(runStates)}) AND run."finishedAt" IS NULL THEN
      RAISE EXCEPTION 'BROKEN run is % and has no end', run.state; END IF;
    SELECT count(*) INTO open FROM workflow_tasks WHERE "runId" = run.id AND NOT state = ANY(${terminal(taskStates)});
    IF open <> run."openTasks" THEN RAISE EXCEPTION 'BROKEN run counts % open tasks, there are %', run."openTasks", open; END IF;
    SELECT string_agg(format('%s[%s] %s without attempt', t."taskId", t."index", t.state), ', ') INTO bad FROM workflow_tasks t
      WHERE t."runId" = run.id AND t.state = 'running' AND NOT EXISTS (SELECT 1 FROM workflow_attempts a
        WHERE a."runId" = t."runId" AND a."taskId" = t."taskId" AND a."index" = t."index" AND a.live AND a.number = t.attempts);
    IF bad IS NOT NULL THEN RAISE EXCEPTION 'BROKEN %', bad; END IF;
    IF run."cancelReason" IS NULL THEN
      SELECT string_agg(format('%s (%s) counts %s/%s/%s/%s/%s, is %s/%s/%s/%s/%s', c."taskId", c.state, c.needs, c.succeeded, c.failed,
          c."upstreamFailed", c.skipped, c.n, c.s, c.f, c.u, c.k), '; ') INTO bad FROM (
        SELECT t."taskId", t.state, t.needs, t.succeeded, t.failed, t."upstreamFailed", t.skipped,
          count(i."taskId") AS n, count(*) FILTER (WHERE i.state = 'succeeded') AS s,
          count(*) FILTER (WHERE i.state IN ('failed', 'cancelled')) AS f,
          count(*) FILTER (WHERE i.state = 'upstream_failed') AS u, count(*) FILTER (WHERE i.state = 'skipped') AS k
        FROM workflow_tasks t LEFT JOIN sim_edges e ON e.workflow = run."workflowId" AND e.task = t."taskId"
        LEFT JOIN workflow_tasks w ON w."runId" = run.id AND w."taskId" = e.upstream AND w."index" = -1
        LEFT JOIN workflow_tasks i ON i."runId" = run.id AND i."taskId" = e.upstream
          AND CASE WHEN COALESCE(w.size, 0) = 0 THEN i."index" = -1 ELSE i."index" >= 0 END
        WHERE t."runId" = run.id AND t."index" = -1
          AND (t.state = 'waiting' OR NOT EXISTS (SELECT 1 FROM workflow_tasks g WHERE g."runId" = run.id AND g.generation > 0))
        GROUP BY t."runId", t."taskId", t."index") AS c
      WHERE (c.needs, c.succeeded, c.failed, c."upstreamFailed", c.skipped) IS DISTINCT FROM (c.n::int, c.s::int, c.f::int, c.u::int, c.k::int);
      IF bad IS NOT NULL THEN RAISE EXCEPTION 'BROKEN %', bad; END IF;
    END IF;
    RETURN NULL;
  END $$`,
  `CREATE FUNCTION sim_child() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW."parentRunId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM workflow_runs
        WHERE id = NEW."parentRunId" AND state = 'running') THEN
      RAISE EXCEPTION 'BROKEN run % is started for one that does not run', NEW.number; END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER sim_child BEFORE INSERT ON workflow_runs FOR EACH ROW EXECUTE FUNCTION sim_child()`,
  `CREATE CONSTRAINT TRIGGER sim_run AFTER UPDATE ON workflow_runs DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sim_run()`,
]

export async function guard(db: Database): Promise<void> {
  for (const statement of statements) await db.$executeRawUnsafe(statement)
}

/** What the triggers can't read from the tables: the graph, and a limit that stands in the document. */
export async function tellGuard(db: Database, workflowId: string, compiled: CompiledWorkflow): Promise<void> {
  const edges = [...compiled.tasks.values()].flatMap(({ id, needs }) =>
    needs.map((upstream) => ({ workflow: workflowId, task: id, upstream })),
  )
  await db.$executeRawUnsafe(
    `INSERT INTO sim_edges (workflow, task, upstream)
      SELECT workflow, task, upstream FROM jsonb_to_recordset($1::jsonb) AS v(workflow uuid, task text, upstream text)`,
    JSON.stringify(edges),
  )
  await db.$executeRawUnsafe(
    `INSERT INTO sim_limits VALUES ($1::uuid, $2::int)`,
    workflowId,
    compiled.document.spec.limits.maxActiveTasks ?? null,
  )
}

/** Where the order of rows could matter, a seed finds tables as new; of the rest it is enough that they are empty. */
export async function forgetAll(db: Database): Promise<void> {
  await db.$executeRawUnsafe(
    `TRUNCATE workflow_runs, workflow_tasks, workflow_attempts, workflow_logs, workflow_entries`,
  )
  const emptied = ['workflows', ...keptBeside].map((table, at) => `d${at} AS (DELETE FROM ${table})`)
  await db.$executeRawUnsafe(`WITH ${emptied.join(', ')} DELETE FROM projects`)
}

const keptBeside = [
  'workflow_clusters',
  'workflow_pools',
  'workflow_approvals',
  'workflow_events',
  'workflow_outbox',
  'workflow_lineage',
  'memberships',
  'sim_edges',
  'sim_limits',
  'sim_orphans',
  'changes',
]
