'use client'

import { CircleX } from 'lucide-react'
import { faultOf } from '@/live/fault'
import { rolesGranting, permissions, type Permission } from '@fairlead/contracts/permissions'

/** A refusal in full: what, where (file, line, path), what was found and expected, and what to do. */
export function FaultCard({ title, error }: { title: string; error: unknown }) {
  const { code, message, detail } = faultOf(error)
  const where = [
    detail.file,
    detail.line === undefined ? undefined : `line ${detail.line}`,
    detail.path,
  ].filter((part) => part !== undefined)
  const facts = [
    { key: 'Where', value: where.join(' · ') },
    { key: 'Found', value: detail.found ?? '' },
    { key: 'Expected', value: detail.expected ?? '' },
    { key: 'Remedy', value: detail.remedy ?? '' },
  ].filter(({ value }) => value !== '')
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-lg border border-fail-solid/40 bg-fail-soft p-3 text-sm"
    >
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        <p className="break-words">{message}</p>
        {facts.length > 0 ? (
          <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
            {facts.map(({ key, value }) => (
              <div key={key} className="contents">
                <dt className="text-muted">{key}</dt>
                <dd className={key === 'Remedy' ? 'break-words' : 'font-mono break-all'}>{value}</dd>
              </div>
            ))}
          </dl>
        ) : null}
        <p className="mt-1 font-mono text-2xs text-muted">{code}</p>
      </div>
    </div>
  )
}

/** Why the viewer lacks a right, and with which roles it comes. */
export const lacks = (permission: Permission, project: string): string =>
  `You may not ${permissions[permission]} in ${project}. The role ${rolesGranting(permission).join(' or ')} may; an administrator gives it under Settings, People.`
