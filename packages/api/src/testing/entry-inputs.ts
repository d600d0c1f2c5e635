import type { EntryName } from '@fairlead/contracts/surface'

export const id = '3f0b7a9e-8a54-4c67-9a11-3a1f0b7a9e8a'
const reason = 'because'
const objectRef = { cluster: id, kind: 'Pod', namespace: 'shop', name: 'web-1' }
const node = { cluster: id, name: 'node-1' }
const application = { project: 'shop', application: 'checkout' }
const repository = { project: 'shop', address: 'https://git.example.org/shop' }
const rollout = { rollout: id, reason }
const cluster = { cluster: 'production' }
const workflow = { project: 'shop', workflow: 'nightly' }
const task = { run: id, task: 'settle' }
const airflow = { connection: 'nightly' }
const airflowLogin = { username: 'fairlead', password: 'not the right one' }
const dag = { ...airflow, dag: 'etl' }
const dagRun = { ...dag, run: 'manual__1' }
const week = { from: '2026-10-19T00:00:00Z', to: '2026-10-26T00:00:00Z' }
export const workflowDocument = `apiVersion: fairlead.dev/v1
kind: Workflow
metadata: { name: nightly, project: shop }
spec:
  defaults: { cluster: production, namespace: batch, image: settle:1 }
  tasks:
    - { id: settle, approval: {} }
`
const poolDocument = `apiVersion: fairlead.dev/v1
kind: Pool
metadata: { name: database, project: shop }
spec: { slots: 4 }
`
export const freezeDocument = `apiVersion: fairlead.dev/v1
kind: FreezeWindow
metadata: { name: weekend }
spec:
  mode: deny
  reason: Nobody is on call.
  schedule: { cron: "0 18 * * 5", duration: 62h }
`
/** A valid input for every entry, about things that exist: what is refused is the caller, never the form. */
export const inputs: Readonly<Record<EntryName, unknown>> = {
  'session.me': {},
  'session.changePassword': { current: 'not the right one', password: 'a long password' },
  'invitation.show': { secret: 'x'.repeat(43) },
  'invitation.accept': {
    secret: 'x'.repeat(43),
    name: 'Eve',
    email: 'eve@example.org',
    password: 'a long password',
  },
  'person.list': {},
  'person.invite': {
    email: 'eve@example.org',
    name: 'Eve',
    memberships: [{ project: null, role: 'administrator' }],
  },
  'person.setMemberships': { user: 'ada', memberships: [{ project: null, role: 'administrator' }] },
  'person.disable': { user: 'ada', disabled: true },
  'project.list': {},
  'project.create': { name: 'mine' },
  'project.setDestinations': { project: 'shop', destinations: [{ cluster: 'production', namespace: '*' }] },
  'token.list': {},
  'token.create': { name: 'ci', project: 'shop', role: 'viewer', expires: '1d' },
  'token.revoke': { token: id },
  'audit.list': {},
  'audit.verify': {},
  'audit.export': {},
  'fleet.get': {},
  'fleet.convergence': {},
  'fleet.changes': {},
  'fleet.compare': { left: { ...cluster, namespace: 'shop' }, right: { ...cluster, namespace: 'shop' } },
  'cluster.get': cluster,
  'cluster.controlPlane': cluster,
  'cluster.complexity': cluster,
  'cluster.upgrade': cluster,
  'cluster.setBudget': { ...cluster, budget: 50 },
  'cluster.acting': cluster,
  'cluster.setActing': { ...cluster, actAs: 'person' },
  'cluster.check': cluster,
  'cluster.preview': { name: 'mine', kubeconfig: 'apiVersion: v1' },
  'cluster.listEks': {
    region: 'eu-central-1',
    accessKey: { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'never-asked' },
  },
  'cluster.register': { name: 'mine', kubeconfig: 'apiVersion: v1' },
  'cluster.rotate': { ...cluster, kubeconfig: 'apiVersion: v1' },
  'cluster.setNamespaces': { ...cluster, namespaces: ['shop'] },
  'cluster.remove': { ...cluster, confirm: 'production' },
  'check.list': {},
  'check.waive': {
    cluster: id,
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
    check: 'requests',
    reason,
  },
  'check.withdraw': { waiver: id },
  'object.list': { kinds: ['Pod'] },
  'object.yaml': objectRef,
  'object.events': { cluster: id },
  'custom.kinds': {},
  'custom.list': { ...cluster, definition: 'widgets.example.org' },
  'custom.yaml': { ...cluster, definition: 'widgets.example.org', namespace: 'shop', name: 'web' },
  'pod.why': { cluster: 'production', namespace: 'shop', pod: 'web-1' },
  'network.findings': {},
  'network.path': { cluster: id, kind: 'Service', namespace: 'shop', name: 'web' },
  'workload.get': { ...objectRef, kind: 'Deployment' },
  'workload.timeline': { ...objectRef, kind: 'Deployment' },
  'workload.usage': { ...objectRef, kind: 'Deployment' },
  'workload.logs': objectRef,
  'workload.scale': { ...objectRef, kind: 'Deployment', replicas: 3 },
  'workload.restart': { ...objectRef, kind: 'Deployment' },
  'object.delete': { ...objectRef, uid: id, confirm: 'web-1' },
  'object.planEdit': { ...objectRef, base: 'kind: Pod', edited: 'kind: Pod' },
  'object.edit': { ...objectRef, base: 'kind: Pod', edited: 'kind: Pod' },
  'pod.openShell': { cluster: id, namespace: 'shop', pod: 'web-1', container: 'web' },
  'node.cordon': node,
  'node.uncordon': node,
  'node.planDrain': node,
  'node.drain': { ...node, confirm: 'node-1' },
  'node.cancelDrain': { drain: id },
  'node.drains': { cluster: id },
  'freeze.list': {},
  'freeze.get': { window: 'weekend' },
  'freeze.calendar': week,
  'freeze.check': { action: 'scale', cluster: id, namespace: 'shop' },
  'freeze.schema': {},
  'freeze.apply': { document: freezeDocument },
  'freeze.delete': { window: 'weekend' },
  'exception.list': {},
  'exception.ask': { application, reason },
  'exception.confirm': { exception: id, reason },
  'exception.refuse': { exception: id, reason },
  'exception.withdraw': { exception: id },
  'exception.review': { exception: id, note: 'looked at' },
  'application.list': {},
  'application.get': application,
  'application.schema': {},
  'application.apply': {
    document:
      'apiVersion: fairlead.dev/v1\nkind: Application\nmetadata: {name: checkout, project: shop}\nspec: {stages: [{name: one, targets: {clusters: [production], namespace: shop}}]}',
  },
  'drift.get': application,
  'drift.putBack': { ...application, stage: 'one' },
  'source.get': application,
  'source.look': application,
  'source.setHook': application,
  'source.hook': { application: id, scheme: 'token', proof: 'invented', body: '{}' },
  'repository.list': {},
  'repository.set': { ...repository, username: 'reader', password: 'not the right one' },
  'repository.remove': repository,
  'rollout.plan': { ...application, change: { images: { web: 'web:2' } } },
  'rollout.deploy': { ...application, change: { images: { web: 'web:2' } } },
  'rollout.list': {},
  'rollout.get': { rollout: id },
  'rollout.manifests': { release: id },
  'rollout.approve': { ...rollout, stage: 'one', planDigest: 'a'.repeat(64) },
  'rollout.reject': { ...rollout, stage: 'one', planDigest: 'a'.repeat(64) },
  'rollout.pause': rollout,
  'rollout.resume': { rollout: id },
  'rollout.promote': { rollout: id, stage: 'one', step: 0 },
  'rollout.abort': rollout,
  'rollout.cancel': rollout,
  'rollout.halt': rollout,
  'rollout.rollbackWaves': rollout,
  'rollout.rollback': { ...application, stage: 'one', reason },
  'rollout.liftHold': { ...application, stage: 'one', reason },
  'approval.list': {},
  'activity.get': {},
  'workflow.list': {},
  'workflow.get': workflow,
  'workflow.source': { ...workflow, version: 1 },
  'workflow.check': { document: workflowDocument },
  'workflow.schema': {},
  'workflow.grid': workflow,
  'workflow.calendar': week,
  'workflow.planBackfill': { ...workflow, ...week },
  'workflow.apply': { document: workflowDocument },
  'workflow.start': workflow,
  'workflow.pause': { ...workflow, reason },
  'workflow.resume': workflow,
  'workflow.backfill': { ...workflow, ...week },
  'run.list': {},
  'run.get': { run: id },
  'run.task': task,
  'run.indexes': task,
  'run.logs': task,
  'run.planClear': { run: id },
  'run.clear': { run: id },
  'run.cancel': { run: id, reason },
  'run.approve': { ...task, digest: 'a'.repeat(64), reason },
  'run.reject': { ...task, digest: 'a'.repeat(64), reason },
  'run.approvals': {},
  'event.send': { project: 'shop', name: 'payment' },
  'pool.list': {},
  'pool.apply': { document: poolDocument },
  'lineage.get': {},
  'airflow.list': {},
  'airflow.health': airflow,
  'airflow.check': airflow,
  'airflow.register': { name: 'mine', address: 'https://airflow.example.org', ...airflowLogin },
  'airflow.rotate': { ...airflow, ...airflowLogin },
  'airflow.setProjects': { ...airflow, projects: ['shop'] },
  'airflow.setPodPlaces': { ...airflow, places: ['staging/airflow'] },
  'airflow.remove': { ...airflow, confirm: 'nightly' },
  'airflow.dags': airflow,
  'airflow.lastRuns': { ...airflow, dags: ['etl'] },
  'airflow.dag': dag,
  'airflow.runs': dag,
  'airflow.grid': dag,
  'airflow.run': dagRun,
  'airflow.task': { ...dagRun, task: 'load' },
  'airflow.tries': { ...dagRun, task: 'load' },
  'airflow.pods': { ...dagRun, task: 'load' },
  'airflow.podOrigin': { cluster: id, namespace: 'shop', pod: 'web-1' },
  'airflow.logs': { ...dagRun, task: 'load', try: 1 },
  'airflow.importErrors': airflow,
  'airflow.trigger': { ...dag, key: 'abcdefgh' },
  'airflow.setPaused': { ...dag, paused: true },
  'airflow.planClear': dagRun,
  'airflow.clear': { ...dagRun, expected: 1 },
  'airflow.markFailed': dagRun,
  'airflow.humanTasks': airflow,
  'airflow.answer': { ...dagRun, task: 'ask', askedAt: '2026-11-28T00:00:00Z', options: ['Approve'] },
}
