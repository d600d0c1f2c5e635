'use client'

import type { AuditEntryView } from '@fairlead/contracts/audit'
import { CodeBlock } from '@fairlead/ui/code-block'
import { KeyValue } from '@fairlead/ui/key-value'
import { Sheet } from '@fairlead/ui/sheet'
import { StatusMark } from '@fairlead/ui/status-mark'
import { exactText } from '@fairlead/ui/time-text'
import { TextLink } from '@fairlead/ui/text-link'
import { askedWords, subjectWords } from './action-words'
import { outcomeLook } from './audit-columns'

type EntrySheetProps = { entry: AuditEntryView; onClose: () => void }

export function EntrySheet({ entry, onClose }: EntrySheetProps) {
  const { actor, subject, detail } = entry
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${askedWords(entry)} ${subjectWords(entry) ?? ''}`}
      description={`Entry ${entry.sequence}, by ${actor.name}`}
      size="lg"
    >
      <div className="flex flex-col gap-5">
        <KeyValue
          entries={[
            { key: 'Outcome', value: <StatusMark {...outcomeLook[entry.outcome]} /> },
            { key: 'When', value: exactText(new Date(entry.at)) },
            { key: 'Who', value: <Who entry={entry} /> },
            { key: 'Action', value: entry.action, mono: true },
            { key: 'To what', value: subject ? `${subject.kind} ${subject.name}` : '–' },
            ...(subject ? [{ key: 'Its id', value: subject.id, mono: true }] : []),
            { key: 'Project', value: entry.project ?? '–' },
            { key: 'From', value: `${entry.via}${entry.address === null ? '' : `, ${entry.address}`}` },
            { key: 'Hash', value: entry.hash, mono: true },
          ]}
        />
        {Object.keys(detail).length > 0 ? (
          <CodeBlock title="detail" code={JSON.stringify(detail, null, 2)} />
        ) : null}
        {actor.kind === 'anonymous' ? null : (
          <TextLink href={`/audit-log?actor=${encodeURIComponent(actor.id)}`}>
            Everything that {actor.name} did
          </TextLink>
        )}
      </div>
    </Sheet>
  )
}

function Who({ entry: { actor } }: { entry: AuditEntryView }) {
  return (
    <>
      {actor.name} <span className="text-muted">({actor.kind})</span>
      {actor.kind === 'anonymous' ? null : (
        <span className="block font-mono text-xs text-muted">{actor.id}</span>
      )}
    </>
  )
}
