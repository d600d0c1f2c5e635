'use client'

import { readinessChecks, type FindingView } from '@fairlead/contracts/checks'
import { kindOfWord } from '@fairlead/contracts/kinds'
import { Button } from '@fairlead/ui/button'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Sheet } from '@fairlead/ui/sheet'
import { TextLink } from '@fairlead/ui/text-link'
import { useState } from 'react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { objectHref } from '@/features/workloads/object-address'
import { SeverityMark } from './severity-mark'
import { useMayWaive } from './use-may-waive'
import { WaiveDialog } from './waive-dialog'
import { WithdrawWaiver } from './withdraw-waiver'

type SheetProps = { finding: FindingView; onClose: () => void }

/** One finding: what, why it matters, what to do, and who has decided to live with it. */
export function FindingSheet({ finding, onClose }: SheetProps) {
  const [waiving, setWaiving] = useState(false)
  const denied = useMayWaive()
  const { check, severity, message, waiver } = finding
  const { title, fix } = readinessChecks[check]
  return (
    <>
      <Sheet
        open
        onOpenChange={(open) => (open ? undefined : onClose())}
        title={title}
        description={<SeverityMark severity={severity} />}
      >
        <div className="flex flex-col gap-4 text-sm">
          <p className="break-words">{message}</p>
          <p className="rounded-md border border-line bg-sunken px-3 py-2">
            <span className="text-muted">What to do: </span>
            {fix}
          </p>
          <Facts finding={finding} />
          {waiver === null ? (
            <div>
              <Button disabledReason={denied} onClick={() => setWaiving(true)}>
                Waive …
              </Button>
            </div>
          ) : (
            <WithdrawWaiver waiver={waiver} denied={denied} onDone={onClose} />
          )}
        </div>
      </Sheet>
      {waiving ? <WaiveDialog finding={finding} onClose={() => setWaiving(false)} onDone={onClose} /> : null}
    </>
  )
}

function Facts({ finding }: { finding: FindingView }) {
  const { cluster, kind, namespace, name, application, projects, since, waiver } = finding
  const known = kindOfWord(kind)
  const text = `${kind} ${namespace}/${name}`
  return (
    <KeyValue
      entries={[
        {
          key: 'Workload',
          value: known ? (
            <TextLink href={objectHref({ cluster: cluster.name, kind: known, namespace, name })}>
              {text}
            </TextLink>
          ) : (
            text
          ),
        },
        { key: 'Cluster', value: <ClusterMark cluster={cluster} compact /> },
        { key: 'Application', value: application ?? 'not applied by Fairlead' },
        { key: 'Projects', value: projects.length === 0 ? 'none' : projects.join(', ') },
        { key: 'Failing', value: <RelativeTime at={since} /> },
        ...(waiver === null
          ? []
          : [
              { key: 'Waived by', value: waiver.by },
              { key: 'Because', value: waiver.reason },
              { key: 'Until', value: <RelativeTime at={waiver.expiresAt} /> },
            ]),
      ]}
    />
  )
}
