'use client'

import type { SourceView } from '@fairlead/contracts/source'
import { Button } from '@fairlead/ui/button'
import { Card } from '@fairlead/ui/card'
import { CodeBlock } from '@fairlead/ui/code-block'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { Dialog } from '@fairlead/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { Webhook } from 'lucide-react'
import { useState } from 'react'
import { useAskAgain } from '@/features/rollouts/use-ask-again'
import { SecretOnce } from '@/features/settings/secret-once'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'

type SourceHookProps = { project: string; application: string; source: SourceView }

/** A repository's server says when something was pushed; its secret is shown once. */
export function SourceHook({ project, application, source: { hook } }: SourceHookProps) {
  const [asking, setAsking] = useState(false)
  const askAgain = useAskAgain()
  const trpc = useTRPC()
  const make = useMutation(
    trpc.source.setHook.mutationOptions({
      onSuccess: () => {
        askAgain()
        setAsking(false)
      },
    }),
  )
  const start = () => (hook.exists ? setAsking(true) : make.mutate({ project, application }))
  return (
    <Card
      title="Webhook"
      description={
        hook.exists
          ? 'Its repository may say that something was pushed: it is looked at then, at once.'
          : 'With a secret for it, its repository may say that something was pushed.'
      }
      actions={
        <Button
          size="sm"
          icon={<Webhook aria-hidden />}
          onClick={start}
          loading={make.isPending}
          disabledReason={hook.passed ? null : hook.reason}
        >
          {hook.exists ? 'Make another secret' : 'Make a secret'}
        </Button>
      }
    >
      {make.error && !asking ? (
        <p role="alert" className="text-sm text-fail">
          {faultOf(make.error).message}
        </p>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Make another secret?"
        description="What is signed with the one before is not believed any more."
        confirmLabel="Make it"
        pending={make.isPending}
        error={make.error ? faultOf(make.error).message : null}
        onConfirm={() => make.mutate({ project, application })}
      />
      <Dialog
        open={make.data !== undefined}
        onOpenChange={(open) => (open ? undefined : make.reset())}
        title="Webhook"
        description="Enter both where the repository is kept, with JSON as content type."
      >
        {make.data ? (
          <div className="flex flex-col gap-3">
            <CodeBlock title="Address" code={`${window.location.origin}${make.data.path}`} />
            <SecretOnce
              title="Secret"
              secret={make.data.secret}
              hint="It is sealed, and never shown again."
            />
          </div>
        ) : null}
      </Dialog>
    </Card>
  )
}
