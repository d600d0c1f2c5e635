'use client'

import type { EditPlan } from '@fairlead/contracts/hands'
import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { YamlEditor } from '@/features/deploy/yaml-editor'
import { HandFreeze } from '@/features/freeze/hand-freeze'
import { useTold } from '@/features/hands/use-told'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { alone } from '@/live/api-client'
import { faultOf } from '@/live/fault'
import { useTRPC, useTRPCClient } from '@/live/trpc'
import { EditPlanView } from './edit-plan-view'
import type { ObjectRef } from './object-ref'

type YamlEditProps = { objectRef: ObjectRef; base: string; onClose: () => void }

/** First the change is planned by the API server and shown; only what was shown can be saved. */
export default function YamlEdit({ objectRef, base, onClose }: YamlEditProps) {
  const [edited, setEdited] = useState(base)
  const [takeOver, setTakeOver] = useState(false)
  const [planned, setPlanned] = useState<{ plan: EditPlan; of: string } | null>(null)
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const told = useTold()
  const planning = useMutation({
    mutationFn: (text: string) => client.object.planEdit.query({ ...objectRef, base, edited: text }, alone),
    onSuccess: (plan, of) => setPlanned({ plan, of }),
  })
  const saving = useMutation(trpc.object.edit.mutationOptions())
  const shown = planned?.of === edited ? planned.plan : null
  const save = () =>
    saving.mutate(
      { ...objectRef, base, edited, takeOver },
      {
        onSuccess: (handled) => {
          told(`Edit of ${objectRef.name} requested`, handled)
          onClose()
        },
      },
    )
  const fault = saving.error ?? planning.error
  const readAgain = () => {
    void queries.invalidateQueries({ queryKey: trpc.object.yaml.pathKey() })
    onClose()
  }
  return (
    <div className="flex flex-col gap-3">
      <HandFreeze
        action="edit"
        place={{
          cluster: { id: objectRef.cluster },
          namespace: objectRef.namespace ?? null,
          application: null,
        }}
      />
      <YamlEditor
        label={`YAML of ${objectRef.name}`}
        value={edited}
        onChange={setEdited}
        errorLine={fault ? faultOf(fault).detail.line : undefined}
        className="h-[calc(100dvh-24rem)]"
      />
      {fault ? (
        <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 text-sm text-fail">
          <FaultText error={fault} />
        </p>
      ) : null}
      {shown ? <EditPlanView plan={shown} onReadAgain={readAgain} /> : null}
      {shown && shown.conflicts.length > 0 ? (
        <Checkbox
          checked={takeOver}
          onCheckedChange={setTakeOver}
          label={`Take over ${shown.conflicts.length === 1 ? 'this field' : `these ${shown.conflicts.length} fields`}`}
          hint="Their owner may set them back."
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          loading={planning.isPending}
          onClick={() => planning.mutate(edited)}
          disabledReason={edited === base ? 'Nothing is changed yet.' : null}
        >
          Show the change
        </Button>
        <Button
          variant="primary"
          loading={saving.isPending}
          onClick={save}
          disabledReason={whyNotSave(shown, takeOver)}
        >
          Save
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </div>
  )
}

function whyNotSave(plan: EditPlan | null, takeOver: boolean): string | null {
  if (plan === null) return 'Look at the change first: what is saved is what was shown.'
  if (plan.meanwhile.length > 0) return 'Somebody changed it meanwhile: read it again.'
  if (plan.refused !== null) return 'The API server would refuse it.'
  if (plan.diff.length === 0) return 'It would change nothing.'
  if (plan.conflicts.length > 0 && !takeOver) return 'Others own these fields: say that you take them over.'
  return null
}
