import type { EditPlan } from '@fairlead/contracts/hands'
import { Button } from '@fairlead/ui/button'
import { DiffView } from '@fairlead/ui/diff-view'
import type { ReactNode } from 'react'
import { shownLines } from '@/features/deploy/plan-facts'

type EditPlanViewProps = { plan: EditPlan; onReadAgain: () => void }

/** What an edit would do, and what keeps it from being done. */
export function EditPlanView({ plan, onReadAgain }: EditPlanViewProps) {
  const { diff, conflicts, meanwhile, refused, notes, restarts } = plan
  return (
    <section aria-label="The change" aria-live="polite" className="flex flex-col gap-3">
      {meanwhile.length > 0 ? (
        <>
          <Said tone="fail">
            Somebody changed it since you opened it.{' '}
            <Button size="sm" onClick={onReadAgain}>
              Read it again
            </Button>
          </Said>
          <DiffView title="Changed meanwhile" lines={shownLines(meanwhile)} />
        </>
      ) : null}
      {refused === null ? null : <Said tone="fail">{refused}</Said>}
      {restarts ? <Said tone="wait">Its pods are replaced: the pod template changes.</Said> : null}
      {notes.map((note) => (
        <Said key={note} tone="wait">
          {note}
        </Said>
      ))}
      {conflicts.length > 0 ? (
        <Said tone="wait">
          Owned by others:{' '}
          {conflicts.map(({ field, manager }, index) => (
            <span key={`${manager} ${field}`}>
              {index > 0 ? ', ' : ''}
              <code className="font-mono text-xs">{field}</code> ({manager})
            </span>
          ))}
        </Said>
      ) : null}
      <DiffView
        title="Your change, by server-side dry run"
        lines={shownLines(diff)}
        same="Nothing would change."
      />
    </section>
  )
}

function Said({ tone, children }: { tone: 'fail' | 'wait'; children: ReactNode }) {
  const look = tone === 'fail' ? 'bg-fail-soft text-fail' : 'bg-wait-soft text-fg'
  return <p className={`rounded-md px-3 py-2 text-sm ${look}`}>{children}</p>
}
