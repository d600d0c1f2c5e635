/**
 * The import law of ARCHITECTURE.md as data. lint-config.ts turns it into .oxlintrc.json, which `npm run check` obeys;
 * fences.test.ts climbs every fence once and expects to be stopped by its name; declared-dependencies.ts finds what
 * npm's hoisting hides.
 */
export interface Room {
  /** Rooms that this one may import besides itself. */
  readonly may: readonly string[]
  /** Packages from the registry that nobody else may import. */
  readonly owns: readonly string[]
  readonly why: string
}

export const law: Readonly<Record<string, Room>> = {
  contracts: { may: [], owns: [], why: 'contracts is pure and runs in browsers: nothing but zod' },
  db: {
    may: ['contracts'],
    owns: ['@prisma/client', '@prisma/adapter-pg', 'pg'],
    why: 'db is the only owner of Prisma; rooms get a view of it',
  },
  queue: {
    may: ['contracts', 'db'],
    owns: ['bullmq', 'ioredis'],
    why: 'queue is the only owner of BullMQ and Redis, which only ring bells',
  },
  egress: {
    may: ['contracts'],
    owns: [],
    why: 'where the server may dial depends on nothing but the address',
  },
  sources: {
    may: ['contracts', 'egress'],
    owns: [],
    why: 'sources runs Git, Helm and Kustomize, keeps nothing, and knows neither cluster nor application',
  },
  kube: {
    may: ['contracts', 'egress'],
    owns: ['@kubernetes/client-node', '@aws-sdk/client-eks', '@aws-sdk/client-sts', '@smithy/signature-v4'],
    why: 'kube is the only owner of the Kubernetes client and of the AWS SDK, and keeps nothing',
  },
  timetable: {
    may: ['contracts'],
    owns: ['croner'],
    why: 'when a schedule names a time depends on nothing but the schedule and its zone',
  },
  documents: {
    may: ['contracts'],
    owns: [],
    why: 'what is wrong with a document, and where, depends on its text alone',
  },
  kernel: { may: ['contracts', 'db', 'queue'], owns: [], why: 'the door knows no domain' },
  freeze: {
    may: ['contracts', 'kernel', 'db', 'timetable', 'documents'],
    owns: [],
    why: 'when clusters may be changed does not depend on what would change them: those rooms ask through contracts',
  },
  identity: {
    may: ['contracts', 'kernel', 'db'],
    owns: ['better-auth', '@better-auth/core'],
    why: 'who somebody is does not depend on clusters',
  },
  'audit-log': {
    may: ['contracts', 'kernel', 'db'],
    owns: [],
    why: 'reading the log must not be able to act',
  },
  insight: {
    may: ['contracts'],
    owns: [],
    why: 'explanations are pure: objects in, reasons out, so that they run in a test as they run in the product',
  },
  inventory: {
    may: ['contracts', 'kernel', 'db', 'queue', 'kube', 'insight'],
    owns: [],
    why: 'what we saw does not know what we want',
  },
  hands: {
    may: ['contracts', 'kernel', 'db', 'kube', 'insight', 'inventory'],
    owns: [],
    why: 'what people do to a cluster by hand may ask what was seen; nothing that is declared depends on it',
  },
  workload: {
    may: ['contracts', 'egress', 'kernel', 'db', 'queue', 'kube', 'insight'],
    owns: [],
    why: 'workload orchestration never sees workflow orchestration; they meet in contracts',
  },
  workflow: {
    may: ['contracts', 'egress', 'kernel', 'db', 'queue', 'timetable', 'documents'],
    owns: [],
    why: 'workflow orchestration never sees Kubernetes, nor workload orchestration: it talks to the TaskRunner port',
  },
  'task-runner': {
    may: ['contracts', 'kube', 'db'],
    owns: [],
    why: 'the bridge runs what it is given and knows no workflow',
  },
  airflow: {
    may: ['contracts', 'egress', 'kernel', 'db'],
    owns: [],
    why: 'airflow is one more workflow engine behind a port: it sees neither Kubernetes nor our own workflows',
  },
  api: {
    may: [
      'contracts',
      'kernel',
      'identity',
      'audit-log',
      'inventory',
      'freeze',
      'hands',
      'workload',
      'workflow',
      'airflow',
    ],
    owns: ['@trpc/server'],
    why: 'the API is a table of entries',
  },
  ui: { may: ['contracts'], owns: [], why: 'primitives see nothing of the server' },
}

export const rooms = Object.keys(law)

/** Applications compose rooms; none imports another, and none but these touches what a room owns. */
export const compositionRoots: Readonly<Record<string, { readonly mayUse: readonly string[] }>> = {
  console: { mayUse: ['@trpc/server'] },
  cli: { mayUse: [] },
  'cluster-watcher': { mayUse: [] },
  'workload-worker': { mayUse: [] },
  'workflow-worker': { mayUse: [] },
}

/** Code that runs in browsers: types of the server are welcome, its values never. */
export const browserFolders = ['apps/console/src/features', 'apps/console/src/live']
export const serverRooms = [
  'db',
  'egress',
  'sources',
  'queue',
  'kube',
  'timetable',
  'documents',
  'kernel',
  'freeze',
  'identity',
  'audit-log',
  'insight',
  'inventory',
  'hands',
  'workload',
  'workflow',
  'task-runner',
  'airflow',
]
