import type { ActingView } from '@fairlead/contracts/acting'
import { KeyValue } from '@fairlead/ui/key-value'
import { StatusMark } from '@fairlead/ui/status-mark'

/** What the cluster said when it was asked in the viewer's own name, and what its owner has to know of the right. */
export function ActingCheck({ view: { you, works, missing, reachesMasters } }: { view: ActingView }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <StatusMark
        tone={works ? 'ok' : 'failing'}
        word={works ? 'The cluster takes names from Fairlead' : 'The cluster takes no names from Fairlead'}
      />
      {missing.length > 0 ? (
        <p className="text-sm break-words">
          Missing: {missing.join(', ')}. Its owner can give the right:{' '}
          <code className="font-mono text-xs">kubectl apply -f infra/rbac/fairlead-impersonation.yaml</code>
        </p>
      ) : null}
      {reachesMasters ? (
        <p className="text-sm text-pretty">
          The right reaches the group <code className="font-mono text-xs">system:masters</code> too, as RBAC
          knows no prefix. Fairlead never sends that name; guard its credential as an administrator’s, or
          narrow the right as that file says.
        </p>
      ) : null}
      <KeyValue
        entries={[
          { key: 'You there', value: you.user, mono: true },
          { key: 'In groups', value: you.groups.length > 0 ? you.groups.join(', ') : 'none', mono: true },
        ]}
      />
    </div>
  )
}
