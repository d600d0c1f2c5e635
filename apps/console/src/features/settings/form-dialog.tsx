'use client'

import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import type { ReactNode } from 'react'
import { FaultLine } from './fault-line'

type FormDialogProps = {
  title: string
  description?: string | undefined
  /** What the button says that sends it. */
  send: string
  sending: boolean
  /** Why it was refused, where no field of the form says so itself. */
  error: unknown
  onSend: () => void
  onClose: () => void
  children: ReactNode
}

/** A form that is open until it was accepted or given up. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, send, sending, error, onSend, onClose, children } = props
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSend()
        }}
        className="flex flex-col gap-4"
      >
        {children}
        <FaultLine error={error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={sending}>
            {send}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
