import { z } from 'zod'
import type { ActingView } from './acting'
import type { ApplicationDetail, ApplicationSummary } from './application'
import { auditQuerySchema, type AuditEntryView, type AuditVerification } from './audit'
import * as checks from './checks'
import {
  clusterRefSchema,
  registerClusterSchema,
  setClusterNamespacesSchema,
  rotateClusterSchema,
  setActingSchema,
  type ClusterDetail,
  type ConnectionCheck,
} from './cluster'
import { awsIdentitySchema, type EksClusterList, type EksHint } from './cluster-access'
import { compareSchema } from './compare'
import type { ComparisonView } from './comparison'
import { setComplexityBudgetSchema, type ComplexityView } from './complexity'
import type { ControlPlaneView } from './control-plane'
import { convergenceSchema, type ConvergenceView, type FleetChangesView } from './convergence'
import * as custom from './custom-objects'
import type { ActivityView, FleetView } from './fleet'
import * as hand from './hands'
import * as identity from './identity'
import {
  listObjectsSchema,
  logQuerySchema,
  objectRefSchema,
  type EventRow,
  type LogLine,
  type ObjectList,
  type WorkloadDetail,
} from './inventory'
import * as network from './network'
import { podWhySchema, type PodWhy } from './pod-why'
import * as rollout from './rollout'
import { putBackSchema, type ApplicationDrift } from './drift'
import { openShellSchema, type ShellTicket } from './shell'
import { command, nothing, query, type Done, type Entry } from './surface-entry'
import { airflowSurface } from './surface-airflow'
import { freezeSurface } from './surface-freeze'
import { sourceSurface } from './surface-source'
import type { UpgradeView } from './upgrade'
import type { WorkloadTimeline } from './reconciliation'
import type { WorkloadUsageView } from './usage'
import * as workflow from './workflow'

/**
 * Everything that can be asked or told, by name: the one table behind tRPC, the CLI and the console.
 * A room implements its names; authorisation, audit and the router are derived from here.
 */
export const surface = {
  'session.me': query<identity.Me>()('self.use', nothing),
  'session.changePassword': command<{ sessionsEnded: number }>()('self.use', identity.changePasswordSchema),
  'invitation.show': query<{ email: string | null; name: string; first: boolean }>()(
    'public',
    z.object({ secret: z.string().max(200) }),
  ),
  'invitation.accept': command<{ email: string }>()('public', identity.acceptInvitationSchema),

  'person.list': query<identity.PersonView[]>()('people.manage', nothing),
  'person.invite': command<{ secret: string; expiresAt: string }>()(
    'people.manage',
    identity.invitePersonSchema,
  ),
  'person.setMemberships': command<Done>()('people.manage', identity.setMembershipsSchema),
  'person.disable': command<Done>()('people.manage', identity.disablePersonSchema),
  'project.list': query<identity.ProjectView[]>()('project.view', nothing),
  'project.create': command<{ id: string }>()('project.manage', identity.createProjectSchema),
  'project.setDestinations': command<Done>()('project.manage', identity.setDestinationsSchema),
  'token.list': query<identity.TokenView[]>()('token.manage', nothing),
  'token.create': command<{ id: string; secret: string; expiresAt: string }>()(
    'token.manage',
    identity.createTokenSchema,
  ),
  'token.revoke': command<Done>()('token.manage', identity.revokeTokenSchema),

  'audit.list': query<{ entries: AuditEntryView[]; next: number | null }>()('audit.view', auditQuerySchema),
  'audit.verify': query<AuditVerification>()('audit.view', nothing),
  'audit.export': query<{ lines: string }>()('audit.view', auditQuerySchema),

  'fleet.get': query<FleetView>()('inventory.view', nothing),
  'fleet.convergence': query<ConvergenceView>()(
    'inventory.view',
    convergenceSchema.default({ days: 7, by: 'application' }),
  ),
  'fleet.changes': query<FleetChangesView>()('inventory.view', nothing),
  'fleet.compare': query<ComparisonView>()('inventory.view', compareSchema),
  'cluster.get': query<ClusterDetail>()('inventory.view', clusterRefSchema),
  'cluster.controlPlane': query<ControlPlaneView>()('inventory.view', clusterRefSchema),
  'cluster.complexity': query<ComplexityView>()('inventory.view', clusterRefSchema),
  'cluster.upgrade': query<UpgradeView>()('inventory.view', clusterRefSchema),
  'cluster.setBudget': command<Done>()('cluster.manage', setComplexityBudgetSchema),
  'cluster.acting': query<ActingView>()('cluster.manage', clusterRefSchema),
  'cluster.setActing': command<Done>()('cluster.manage', setActingSchema),
  'cluster.setNamespaces': command<Done>()('cluster.manage', setClusterNamespacesSchema),
  'cluster.check': query<ConnectionCheck>()('cluster.manage', clusterRefSchema),
  'cluster.preview': query<ConnectionCheck & { server: string; contexts: string[]; eks: EksHint | null }>()(
    'cluster.manage',
    registerClusterSchema,
  ),
  'cluster.listEks': query<EksClusterList>()('cluster.manage', awsIdentitySchema),
  'cluster.register': command<{ id: string }>()('cluster.manage', registerClusterSchema),
  'cluster.rotate': command<Done>()('cluster.manage', rotateClusterSchema),
  'cluster.remove': command<Done>()('cluster.manage', clusterRefSchema.extend({ confirm: z.string() })),

  'check.list': query<checks.FindingsView>()('inventory.view', checks.listFindingsSchema),
  'check.waive': command<{ id: string; expiresAt: string }>()('check.waive', checks.waiveSchema),
  'check.withdraw': command<Done>()('check.waive', checks.withdrawWaiverSchema),

  'object.list': query<ObjectList>()('inventory.view', listObjectsSchema),
  'object.yaml': query<{ yaml: string; at: string }>()('inventory.view', objectRefSchema),
  'object.events': query<EventRow[]>()(
    'inventory.view',
    z.object({
      cluster: objectRefSchema.shape.cluster,
      namespace: z.string().optional(),
      objectUid: z.string().optional(),
      limit: z.number().int().max(1000).default(200),
    }),
  ),
  'custom.kinds': query<custom.CustomKindList>()(
    'inventory.view',
    custom.listCustomKindsSchema.default({ clusters: [], limit: 5_000 }),
  ),
  'custom.list': query<custom.CustomObjectPage>()('inventory.view', custom.listCustomObjectsSchema),
  'custom.yaml': query<custom.CustomObjectYaml>()('inventory.view', custom.customObjectRefSchema),
  'network.findings': query<network.NetworkList>()('inventory.view', network.networkFindingsSchema),
  'network.path': query<network.NetworkPathView>()('inventory.view', network.networkPathSchema),
  'workload.get': query<WorkloadDetail>()('inventory.view', objectRefSchema),
  'workload.timeline': query<WorkloadTimeline>()('inventory.view', objectRefSchema),
  'workload.usage': query<WorkloadUsageView>()('inventory.view', objectRefSchema),
  'pod.why': query<PodWhy>()('inventory.view', podWhySchema),
  'workload.logs': query<{ lines: LogLine[]; missing: string[] }>()('logs.view', logQuerySchema),

  'workload.scale': command<hand.Handled>()('workload.operate', hand.scaleSchema),
  'workload.restart': command<hand.Handled>()('workload.operate', objectRefSchema),
  'object.delete': command<hand.Handled>()('object.write', hand.deleteSchema),
  'object.planEdit': query<hand.EditPlan>()('object.write', hand.planEditSchema),
  'object.edit': command<hand.Handled>()('object.write', hand.editSchema),
  'pod.openShell': command<ShellTicket>()('shell.open', openShellSchema),
  'node.cordon': command<hand.Handled>()('node.operate', hand.nodeRefSchema),
  'node.uncordon': command<hand.Handled>()('node.operate', hand.nodeRefSchema),
  'node.planDrain': query<hand.DrainPlan>()('node.operate', hand.planDrainSchema),
  'node.drain': command<{ id: string }>()('node.operate', hand.drainSchema),
  'node.cancelDrain': command<Done>()('node.operate', hand.drainRefSchema),
  'node.drains': query<hand.DrainView[]>()('inventory.view', hand.listDrainsSchema),

  ...freezeSurface,
  ...sourceSurface,

  'application.list': query<ApplicationSummary[]>()('project.view', nothing),
  'application.get': query<ApplicationDetail>()('project.view', rollout.applicationRefSchema),
  'application.schema': query<{ schema: Readonly<Record<string, unknown>> }>()('self.use', nothing),
  'application.apply': command<{ id: string; created: boolean }>()(
    'application.write',
    z.object({ document: z.string().min(1).max(rollout.maxManifestBytes), file: z.string().optional() }),
  ),

  'drift.get': query<ApplicationDrift>()('project.view', rollout.applicationRefSchema),
  'drift.putBack': command<{ targets: number }>()('rollout.create', putBackSchema),

  'rollout.plan': query<rollout.PlanPreview>()('rollout.create', rollout.planSchema),
  'rollout.deploy': command<{ rollout: string; number: number }>()('rollout.create', rollout.deploySchema),
  'rollout.list': query<rollout.RolloutSummary[]>()(
    'project.view',
    z.object({
      application: z.string().optional(),
      project: z.string().optional(),
      active: z.boolean().default(false),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
  'rollout.get': query<rollout.RolloutView>()('project.view', rollout.rolloutRefSchema),
  'rollout.manifests': query<{ yaml: string; number: number }>()(
    'project.view',
    z.object({ release: rollout.deployChangeSchema.shape.release.unwrap() }),
  ),
  'rollout.approve': command<Done>()('rollout.approve', rollout.decideSchema),
  'rollout.reject': command<Done>()('rollout.approve', rollout.decideSchema),
  'rollout.pause': command<Done>()('rollout.operate', rollout.reasonedRolloutSchema),
  'rollout.resume': command<Done>()('rollout.operate', rollout.rolloutRefSchema),
  'rollout.promote': command<Done>()('rollout.operate', rollout.promoteSchema),
  'rollout.abort': command<Done>()('rollout.operate', rollout.reasonedRolloutSchema),
  'rollout.cancel': command<Done>()('rollout.operate', rollout.reasonedRolloutSchema),
  'rollout.halt': command<Done>()('rollout.operate', rollout.reasonedRolloutSchema),
  'rollout.rollbackWaves': command<{ targets: number }>()('rollout.create', rollout.reasonedRolloutSchema),
  'rollout.rollback': command<{ rollout: string; number: number }>()(
    'rollout.create',
    rollout.rollbackSchema,
  ),
  'rollout.liftHold': command<Done>()(
    'rollout.operate',
    rollout.applicationRefSchema.extend({ stage: z.string(), reason: z.string().min(1).max(500) }),
  ),
  'approval.list': query<rollout.ApprovalItem[]>()('project.view', nothing),
  'activity.get': query<ActivityView>()('project.view', nothing),

  'workflow.list': query<workflow.WorkflowSummary[]>()(
    'project.view',
    z.object({ project: workflow.workflowRefSchema.shape.project }).default({}),
  ),
  'workflow.get': query<workflow.WorkflowDetail>()('project.view', workflow.workflowRefSchema),
  'workflow.source': query<{ source: string; version: number }>()(
    'project.view',
    workflow.workflowRefSchema.extend({ version: z.number().int().positive() }),
  ),
  'workflow.check': query<workflow.WorkflowCheck>()('project.view', workflow.workflowDocumentInputSchema),
  'workflow.schema': query<{ schema: Readonly<Record<string, unknown>> }>()('self.use', nothing),
  'workflow.grid': query<workflow.GridView>()(
    'project.view',
    workflow.workflowRefSchema.extend({ limit: z.number().int().min(1).max(100).default(25) }),
  ),
  'workflow.calendar': query<workflow.CalendarEntry[]>()(
    'project.view',
    z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }),
  ),
  'workflow.planBackfill': query<workflow.BackfillPlan>()('workflow.run', workflow.backfillSchema),
  'workflow.apply': command<{ id: string; version: number; created: boolean; changed: boolean }>()(
    'workflow.write',
    workflow.workflowDocumentInputSchema,
  ),
  'workflow.start': command<{ run: string; number: number; created: boolean }>()(
    'workflow.run',
    workflow.startRunSchema,
  ),
  'workflow.pause': command<Done>()(
    'run.operate',
    workflow.workflowRefSchema.extend({ reason: z.string().min(1).max(500) }),
  ),
  'workflow.resume': command<Done>()('run.operate', workflow.workflowRefSchema),
  'workflow.backfill': command<{ id: string; runs: number }>()('workflow.run', workflow.backfillSchema),
  'run.list': query<workflow.RunSummary[]>()('project.view', workflow.listRunsSchema),
  'run.get': query<workflow.RunView>()('project.view', workflow.runRefSchema),
  'run.task': query<workflow.TaskView>()('project.view', workflow.taskRefSchema),
  'run.indexes': query<{ tasks: workflow.RunTask[]; total: number }>()(
    'project.view',
    workflow.runRefSchema.extend({
      task: workflow.taskRefSchema.shape.task,
      after: z.number().int().min(-1).default(-1),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
  ),
  'run.logs': query<workflow.TaskLogs>()(
    'logs.view',
    workflow.taskRefSchema.extend({
      attempt: z.number().int().positive().optional(),
      cursor: z.string().max(500).nullish(),
    }),
  ),
  'run.planClear': query<workflow.ClearPlan>()('run.operate', workflow.clearSchema),
  'run.clear': command<{ cleared: number }>()('run.operate', workflow.clearSchema),
  'run.cancel': command<Done>()(
    'run.operate',
    workflow.runRefSchema.extend({ reason: z.string().min(1, 'a reason is required').max(500) }),
  ),
  'run.approve': command<Done>()('run.approve', workflow.decideTaskSchema),
  'run.reject': command<Done>()('run.approve', workflow.decideTaskSchema),
  'run.approvals': query<workflow.TaskApprovalItem[]>()('project.view', nothing),
  'event.send': command<{ id: string; created: boolean }>()('workflow.run', workflow.sendEventSchema),
  'pool.list': query<workflow.PoolView[]>()('project.view', nothing),
  'pool.apply': command<{ id: string; created: boolean }>()(
    'workflow.write',
    workflow.workflowDocumentInputSchema,
  ),
  'lineage.get': query<workflow.LineageGraph>()(
    'project.view',
    z.object({ project: workflow.workflowRefSchema.shape.project }).default({}),
  ),

  ...airflowSurface,
} as const satisfies Record<string, Entry>

export type Surface = typeof surface
export type EntryName = keyof Surface
export type QueryName = { [K in EntryName]: Surface[K]['kind'] extends 'query' ? K : never }[EntryName]
export type CommandName = Exclude<EntryName, QueryName>
/** What a caller sends (defaults not yet filled in). */
export type InputOf<K extends EntryName> = z.input<Surface[K]['input']>
/** What a handler receives. */
export type ParsedOf<K extends EntryName> = z.output<Surface[K]['input']>
export type OutputOf<K extends EntryName> = Surface[K]['output']
export const entryNames = Object.keys(surface) as EntryName[]
