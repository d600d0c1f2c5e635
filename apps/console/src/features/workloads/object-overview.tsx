import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { KeyValue, type KeyValueEntry } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { TextLink } from '@fairlead/ui/text-link'
import { columnsOf } from '@fairlead/contracts/kinds'
import dynamic from 'next/dynamic'
import { applicationHref, rolloutHref } from '@/features/rollouts/addresses'
import { isOfAirflow } from '@/features/airflow/pods/is-of-airflow'
import { isStale } from '@/features/clusters/is-stale'
import { ConditionsCard } from './conditions-card'
import { CreationCard } from './why/creation-card'
import { EpisodesCard } from './episodes-card'
import { EvidenceCard } from './evidence-card'
import { RevisionsCard } from './revisions-card'
import { isTroubled } from './why/is-troubled'

const WhyPanel = dynamic(() => import('./why/why-panel').then((module) => module.WhyPanel), {
  loading: () => <SkeletonRows rows={5} className="rounded-lg border border-line bg-surface" />,
})

const MadeByAirflow = dynamic(
  () => import('@/features/airflow/pods/made-by-airflow').then((module) => module.MadeByAirflow),
  { loading: () => <SkeletonRows rows={4} className="rounded-lg border border-line bg-surface" /> },
)

const PlacementPanel = dynamic(
  () => import('./why/placement-panel').then((module) => module.PlacementPanel),
  { loading: () => <SkeletonRows rows={1} className="rounded-lg border border-line bg-surface" /> },
)

/** Reasons first, then what it is made of, then what it is. */
export function ObjectOverview({ detail }: { detail: WorkloadDetail }) {
  const { revisions, conditions, episodes, verdict, row } = detail
  const stale = isStale(detail.cluster.freshness)
  const node = row.kind === 'Pod' ? (detail.pods[0]?.nodeName ?? null) : null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        {row.namespace !== null && isTroubled(row) ? (
          <WhyPanel cluster={row.clusterId} namespace={row.namespace} pod={row.name} />
        ) : null}
        {node !== null && row.namespace !== null ? (
          <PlacementPanel cluster={row.clusterId} namespace={row.namespace} pod={row.name} node={node} />
        ) : null}
        {detail.creation ? <CreationCard refusal={detail.creation} /> : null}
        {verdict.evidence.length > 0 ? <EvidenceCard evidence={verdict.evidence} /> : null}
        {revisions.length > 0 ? <RevisionsCard detail={detail} stale={stale} /> : null}
        {conditions.length > 0 ? <ConditionsCard conditions={conditions} stale={stale} /> : null}
        {revisions.length === 0 && conditions.length === 0 ? <About detail={detail} /> : null}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {detail.managedBy ? <ManagedBy managedBy={detail.managedBy} /> : null}
        {row.namespace !== null && isOfAirflow(row) ? (
          <MadeByAirflow cluster={row.clusterId} namespace={row.namespace} pod={row.name} />
        ) : null}
        {revisions.length > 0 || conditions.length > 0 ? <About detail={detail} /> : null}
        {detail.row.verdict ? <EpisodesCard episodes={episodes} /> : null}
      </div>
    </div>
  )
}

function ManagedBy({ managedBy }: { managedBy: NonNullable<WorkloadDetail['managedBy']> }) {
  const { application, project, stage, rolloutId } = managedBy
  return (
    <Card title="Applied by Fairlead">
      <KeyValue
        entries={[
          {
            key: 'Application',
            value: project ? (
              <TextLink href={applicationHref({ project, application })}>{application}</TextLink>
            ) : (
              application
            ),
          },
          { key: 'Stage', value: stage },
          ...(project ? [{ key: 'Project', value: project }] : []),
          ...(rolloutId === ''
            ? []
            : [
                {
                  key: 'Last rollout',
                  value: <TextLink href={rolloutHref(rolloutId, stage)}>Open it</TextLink>,
                },
              ]),
        ]}
      />
    </Card>
  )
}

function About({ detail }: { detail: WorkloadDetail }) {
  const { row, strategy, selector, verdict } = detail
  const entries: KeyValueEntry[] = [
    ...columnsOf[row.kind].flatMap((name) =>
      row.cells[name] ? [{ key: name, value: row.cells[name] }] : [],
    ),
    ...(strategy ? [{ key: 'Strategy', value: strategy }] : []),
    ...(Object.keys(selector).length > 0 ? [{ key: 'Selector', value: <Pairs of={selector} /> }] : []),
    ...(Object.keys(row.labels).length > 0 ? [{ key: 'Labels', value: <Pairs of={row.labels} /> }] : []),
    ...row.images.map((image, index) => ({
      key: index === 0 ? (row.images.length > 1 ? 'Images' : 'Image') : '',
      value: image,
      mono: true,
    })),
    ...(verdict.generation === null ? [] : [{ key: 'Generation', value: <Generation of={verdict} /> }]),
    { key: 'Created', value: <RelativeTime at={row.createdAt} /> },
    { key: 'Observed', value: <RelativeTime at={row.observedAt} /> },
    { key: 'UID', value: row.uid, mono: true },
  ]
  return (
    <Card title="About">
      <KeyValue entries={entries} />
    </Card>
  )
}

function Generation({ of: { generation, observedGeneration } }: { of: WorkloadDetail['verdict'] }) {
  if (generation === observedGeneration) return <>{generation}, observed</>
  return (
    <span className="text-progress">
      {observedGeneration ?? 'none'} observed → {generation} wanted
    </span>
  )
}

function Pairs({ of: pairs }: { of: Readonly<Record<string, string>> }) {
  return (
    <span className="flex flex-wrap gap-1">
      {Object.entries(pairs).map(([key, value]) => (
        <Badge key={key} mono title={`${key}=${value}`}>
          {key}={value}
        </Badge>
      ))}
    </span>
  )
}
