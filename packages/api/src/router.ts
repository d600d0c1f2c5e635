/**
 * tRPC as a table of entries: every name of contracts/surface becomes a procedure that calls the entry's door.
 * router.ts is the table, trpc.ts maps codes to the wire, live.ts is the subscription and live-feed.ts the change
 * stream behind it: one reader of the change log per process, filtered by what each subscriber may see.
 */
import type { CommandName, EntryName, InputOf, OutputOf, QueryName } from '@fairlead/contracts/surface'
import type { Entries } from '@fairlead/kernel/door'
import { procedure, router } from './trpc'
import { liveProcedure } from './live'

const call = <K extends EntryName>(entries: Entries, name: K) => entries[name]

/** Input is passed through untouched: the door parses it, for tRPC as for every other caller. */
const inputOf =
  <K extends EntryName>(_name: K) =>
  (value: unknown) =>
    value as InputOf<K>

const query = <K extends QueryName>(name: K) =>
  procedure.input(inputOf(name)).query(({ ctx, input, signal }): Promise<OutputOf<K>> => {
    const entry = call(ctx.entries, name)
    return entry.invoke(
      ctx.services,
      { ...ctx.call, ...(signal === undefined ? {} : { signal }) },
      input,
    ) as Promise<OutputOf<K>>
  })
const command = <K extends CommandName>(name: K) =>
  procedure.input(inputOf(name)).mutation(({ ctx, input }): Promise<OutputOf<K>> => {
    const entry = call(ctx.entries, name)
    return entry.invoke(ctx.services, ctx.call, input) as Promise<OutputOf<K>>
  })

export const appRouter = router({
  session: { me: query('session.me'), changePassword: command('session.changePassword') },
  invitation: { show: query('invitation.show'), accept: command('invitation.accept') },
  person: {
    list: query('person.list'),
    invite: command('person.invite'),
    setMemberships: command('person.setMemberships'),
    disable: command('person.disable'),
  },
  project: {
    list: query('project.list'),
    create: command('project.create'),
    setDestinations: command('project.setDestinations'),
  },
  token: { list: query('token.list'), create: command('token.create'), revoke: command('token.revoke') },
  audit: { list: query('audit.list'), verify: query('audit.verify'), export: query('audit.export') },
  fleet: {
    get: query('fleet.get'),
    convergence: query('fleet.convergence'),
    changes: query('fleet.changes'),
    compare: query('fleet.compare'),
  },
  cluster: {
    get: query('cluster.get'),
    controlPlane: query('cluster.controlPlane'),
    complexity: query('cluster.complexity'),
    upgrade: query('cluster.upgrade'),
    setBudget: command('cluster.setBudget'),
    acting: query('cluster.acting'),
    setActing: command('cluster.setActing'),
    check: query('cluster.check'),
    preview: query('cluster.preview'),
    listEks: query('cluster.listEks'),
    register: command('cluster.register'),
    rotate: command('cluster.rotate'),
    setNamespaces: command('cluster.setNamespaces'),
    remove: command('cluster.remove'),
  },
  check: { list: query('check.list'), waive: command('check.waive'), withdraw: command('check.withdraw') },
  object: {
    list: query('object.list'),
    yaml: query('object.yaml'),
    events: query('object.events'),
    delete: command('object.delete'),
    planEdit: query('object.planEdit'),
    edit: command('object.edit'),
  },
  custom: { kinds: query('custom.kinds'), list: query('custom.list'), yaml: query('custom.yaml') },
  network: { findings: query('network.findings'), path: query('network.path') },
  pod: { why: query('pod.why'), openShell: command('pod.openShell') },
  workload: {
    get: query('workload.get'),
    timeline: query('workload.timeline'),
    usage: query('workload.usage'),
    logs: query('workload.logs'),
    scale: command('workload.scale'),
    restart: command('workload.restart'),
  },
  node: {
    cordon: command('node.cordon'),
    uncordon: command('node.uncordon'),
    planDrain: query('node.planDrain'),
    drain: command('node.drain'),
    cancelDrain: command('node.cancelDrain'),
    drains: query('node.drains'),
  },
  freeze: {
    list: query('freeze.list'),
    get: query('freeze.get'),
    calendar: query('freeze.calendar'),
    check: query('freeze.check'),
    schema: query('freeze.schema'),
    apply: command('freeze.apply'),
    delete: command('freeze.delete'),
  },
  exception: {
    list: query('exception.list'),
    ask: command('exception.ask'),
    confirm: command('exception.confirm'),
    refuse: command('exception.refuse'),
    withdraw: command('exception.withdraw'),
    review: command('exception.review'),
  },
  application: {
    list: query('application.list'),
    get: query('application.get'),
    schema: query('application.schema'),
    apply: command('application.apply'),
  },
  drift: { get: query('drift.get'), putBack: command('drift.putBack') },
  source: {
    get: query('source.get'),
    look: command('source.look'),
    setHook: command('source.setHook'),
    hook: command('source.hook'),
  },
  repository: {
    list: query('repository.list'),
    set: command('repository.set'),
    remove: command('repository.remove'),
  },
  rollout: {
    plan: query('rollout.plan'),
    deploy: command('rollout.deploy'),
    list: query('rollout.list'),
    get: query('rollout.get'),
    manifests: query('rollout.manifests'),
    approve: command('rollout.approve'),
    reject: command('rollout.reject'),
    pause: command('rollout.pause'),
    resume: command('rollout.resume'),
    promote: command('rollout.promote'),
    abort: command('rollout.abort'),
    cancel: command('rollout.cancel'),
    halt: command('rollout.halt'),
    rollbackWaves: command('rollout.rollbackWaves'),
    rollback: command('rollout.rollback'),
    liftHold: command('rollout.liftHold'),
  },
  approval: { list: query('approval.list') },
  activity: { get: query('activity.get') },
  workflow: {
    list: query('workflow.list'),
    get: query('workflow.get'),
    source: query('workflow.source'),
    check: query('workflow.check'),
    schema: query('workflow.schema'),
    grid: query('workflow.grid'),
    calendar: query('workflow.calendar'),
    planBackfill: query('workflow.planBackfill'),
    apply: command('workflow.apply'),
    start: command('workflow.start'),
    pause: command('workflow.pause'),
    resume: command('workflow.resume'),
    backfill: command('workflow.backfill'),
  },
  run: {
    list: query('run.list'),
    get: query('run.get'),
    task: query('run.task'),
    indexes: query('run.indexes'),
    logs: query('run.logs'),
    planClear: query('run.planClear'),
    clear: command('run.clear'),
    cancel: command('run.cancel'),
    approve: command('run.approve'),
    reject: command('run.reject'),
    approvals: query('run.approvals'),
  },
  event: { send: command('event.send') },
  pool: { list: query('pool.list'), apply: command('pool.apply') },
  lineage: { get: query('lineage.get') },
  airflow: {
    list: query('airflow.list'),
    health: query('airflow.health'),
    check: query('airflow.check'),
    register: command('airflow.register'),
    rotate: command('airflow.rotate'),
    setProjects: command('airflow.setProjects'),
    setPodPlaces: command('airflow.setPodPlaces'),
    remove: command('airflow.remove'),
    dags: query('airflow.dags'),
    lastRuns: query('airflow.lastRuns'),
    dag: query('airflow.dag'),
    runs: query('airflow.runs'),
    grid: query('airflow.grid'),
    run: query('airflow.run'),
    task: query('airflow.task'),
    tries: query('airflow.tries'),
    pods: query('airflow.pods'),
    podOrigin: query('airflow.podOrigin'),
    logs: query('airflow.logs'),
    importErrors: query('airflow.importErrors'),
    trigger: command('airflow.trigger'),
    setPaused: command('airflow.setPaused'),
    planClear: query('airflow.planClear'),
    clear: command('airflow.clear'),
    markFailed: command('airflow.markFailed'),
    humanTasks: query('airflow.humanTasks'),
    answer: command('airflow.answer'),
  },
  live: { changes: liveProcedure },
})

export type AppRouter = typeof appRouter
