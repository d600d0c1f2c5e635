'use client'

import { Button } from '@fairlead/ui/button'
import { useMutation } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import type { ReactNode } from 'react'
import { FaultCard } from '@/features/deploy/fault-card'
import { YamlEditor } from '@/features/deploy/yaml-editor'
import { useAskAgain } from '@/features/rollouts/use-ask-again'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type DocumentEditorProps = {
  value: string
  onChange: (value: string) => void
  onSaved: (result: { id: string; created: boolean }) => void
  saveLabel: string
  /** Why it can't be saved at all. */
  disabledReason?: string | null
  children?: ReactNode
}

const file = 'application.yaml'

/** The application's document; what the server refuses is told with its line, and nothing typed is lost. */
export function DocumentEditor(props: DocumentEditorProps) {
  const { value, onChange, onSaved, saveLabel, disabledReason, children } = props
  const trpc = useTRPC()
  const askAgain = useAskAgain()
  const apply = useMutation(
    trpc.application.apply.mutationOptions({
      onSuccess: (saved) => {
        askAgain()
        onSaved(saved)
      },
    }),
  )
  const errorLine = apply.error ? faultOf(apply.error).detail.line : undefined
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <YamlEditor
        label="Application document"
        value={value}
        onChange={(next) => {
          if (apply.error) apply.reset()
          onChange(next)
        }}
        errorLine={errorLine}
        className="h-[26rem]"
      />
      {apply.error ? <FaultCard title="The document was not accepted" error={apply.error} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          icon={<Save aria-hidden />}
          loading={apply.isPending}
          disabledReason={disabledReason ?? (value.trim() === '' ? 'The document is empty.' : null)}
          onClick={() => apply.mutate({ document: value, file })}
        >
          {saveLabel}
        </Button>
        {children}
      </div>
    </div>
  )
}
