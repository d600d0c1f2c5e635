import { StatusMark } from '@fairlead/ui/status-mark'

/** What could not be read: it is neither counted nor taken for nothing. */
export function UnknownList({ unknown }: { unknown: readonly string[] }) {
  if (unknown.length === 0) return null
  return (
    <ul className="mt-3 flex flex-col gap-1 border-t border-line pt-3">
      {unknown.map((words) => (
        <li key={words} className="min-w-0">
          <StatusMark tone="unknown" word="Unknown" reason={words} className="text-xs" />
        </li>
      ))}
    </ul>
  )
}
