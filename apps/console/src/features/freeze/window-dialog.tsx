'use client'

import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Skeleton } from '@fairlead/ui/skeleton'
import { Textarea } from '@fairlead/ui/textarea'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'

const example = `apiVersion: fairlead.dev/v1
kind: FreezeWindow
metadata: { name: weekend }
spec:
  mode: deny                  # or allow: then changes are possible while it lasts alone
  reason: Nobody is on call.
  schedule: { cron: "0 18 * * 5", duration: 62h, timezone: Europe/Kyiv }
  # schedule: { from: "2026-12-24T00:00", until: "2027-01-02T00:00", timezone: Europe/Kyiv }
  scope:                      # all that is said must hold; left out, it holds for everything
    selector: { environment: production }
  running: finish             # or pause: what was begun before it
`

type WindowDialogProps = { name: string | null; onClose: () => void }

/** The document itself: what the command line applies, and what a repository keeps. */
export function WindowDialog({ name, onClose }: WindowDialogProps) {
  const stored = useQuery(
    useTRPC().freeze.get.queryOptions({ window: name ?? '' }, { enabled: name !== null }),
  )
  const source = name === null ? example : stored.data?.source
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={name === null ? 'Create a freeze window' : `Edit ${name}`}
      description="It holds from the moment at which it is applied. The same document can be kept in a file: fairlead apply -f."
    >
      {source !== undefined ? (
        <WindowForm source={source} onClose={onClose} />
      ) : stored.error ? (
        <FaultState what="The window could not be loaded." error={stored.error} right="freeze.manage" />
      ) : (
        <Skeleton className="h-64" />
      )}
    </Dialog>
  )
}

function WindowForm({ source, onClose }: { source: string; onClose: () => void }) {
  const [document, setDocument] = useState(source)
  const apply = useMutation(useTRPC().freeze.apply.mutationOptions())
  const fault = apply.error ? faultOf(apply.error) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    apply.mutate(
      { document },
      {
        onSuccess: ({ created, changed }) => {
          toast.success(created ? 'Window created' : changed ? 'Window changed' : 'Nothing changed')
          onClose()
        },
      },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Document"
        error={
          fault === null
            ? undefined
            : `${fault.message}${fault.detail.expected ? ` Expected ${fault.detail.expected}.` : ''}`
        }
      >
        <Textarea
          mono
          rows={18}
          spellCheck={false}
          value={document}
          onChange={(event) => setDocument(event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" loading={apply.isPending}>
          Apply
        </Button>
      </div>
    </form>
  )
}
