'use client'

import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Dialog } from '@fairlead/ui/dialog'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { ClearTasks, type ClearableTask } from './clear-tasks'
import type { ClearChoice } from './use-clear-choice'

type ClearFrameProps = {
  words: {
    title: string
    description: string
    onlyFailed: string
  }
  choice: ClearChoice
  tasks: readonly ClearableTask[]
  /** Further choices. */
  more?: ReactNode
  preview: ReactNode
  /** How many the preview shows. */
  count: number
  /** Why nothing can be cleared now. */
  blocked: string | null
  clear: { isPending: boolean; error: unknown; run: () => void }
  onClose: () => void
}

/** Chooses what of a run is cleared, and shows exactly that before anything happens: of ours and of Airflow's runs. */
export function ClearFrame({ words, choice, tasks, more, preview, count, ...props }: ClearFrameProps) {
  const { blocked, clear, onClose } = props
  const { chosen, downstream, onlyFailed, set } = choice
  return (
    <Dialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      size="lg"
      title={words.title}
      description={words.description}
      footer={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button
            variant="primary"
            icon={<RotateCcw aria-hidden />}
            loading={clear.isPending}
            disabledReason={blocked}
            onClick={clear.run}
          >
            {count === 0 ? 'Clear' : `Clear ${count.toLocaleString('en')}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <ClearTasks tasks={tasks} chosen={chosen} onChosen={set.chosen} />
          <Checkbox
            checked={downstream}
            onCheckedChange={set.downstream}
            label="Downstream tasks too"
            hint={
              chosen.length === 0
                ? 'The whole run is chosen: it holds them already.'
                : 'They were computed from what is about to change.'
            }
          />
          <Checkbox
            checked={onlyFailed}
            onCheckedChange={set.onlyFailed}
            label="Only what failed"
            hint={words.onlyFailed}
          />
          {more}
        </div>
        {preview}
      </div>
      {clear.error ? (
        <p role="alert" className="mt-4 rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
          <FaultText error={clear.error} />
        </p>
      ) : null}
    </Dialog>
  )
}
