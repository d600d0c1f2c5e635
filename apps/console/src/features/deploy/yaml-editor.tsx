'use client'

import { cn } from '@fairlead/ui/cn'
import { useRef, type KeyboardEvent } from 'react'

type YamlEditorProps = {
  label: string
  value: string
  onChange: (value: string) => void
  /** 1-based; marked in the margin. */
  errorLine?: number | undefined
  placeholder?: string
  className?: string
}

/** A text field with line numbers: errors name lines, so lines have numbers. */
export function YamlEditor({ label, value, onChange, errorLine, placeholder, className }: YamlEditorProps) {
  const gutter = useRef<HTMLPreElement>(null)
  const lines = value.split('\n').length
  return (
    <div
      className={cn(
        'flex min-h-64 min-w-0 overflow-hidden rounded-md border border-line-strong bg-surface focus-within:border-accent-text dark:bg-sunken',
        className,
      )}
    >
      <pre
        ref={gutter}
        aria-hidden
        className="overflow-hidden border-r border-line bg-sunken py-2 pr-2 pl-1 text-right font-mono text-xs leading-5 text-faint select-none"
      >
        {Array.from({ length: lines }, (_, index) => (
          <span
            key={index}
            className={cn(
              'block min-w-6 rounded-sm px-1',
              index + 1 === errorLine && 'bg-fail-soft font-semibold text-fail',
            )}
          >
            {index + 1}
          </span>
        ))}
      </pre>
      <textarea
        aria-label={label}
        aria-invalid={errorLine !== undefined}
        value={value}
        placeholder={placeholder}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => gutter.current?.scrollTo({ top: event.currentTarget.scrollTop })}
        onKeyDown={(event) => indent(event, onChange)}
        className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 py-2 font-mono text-xs leading-5 text-fg outline-none placeholder:text-faint"
      />
    </div>
  )
}

/** Enter keeps the indentation; Tab indents by two spaces, and Escape then Tab leaves the field as everywhere. */
function indent(event: KeyboardEvent<HTMLTextAreaElement>, onChange: (value: string) => void) {
  const field = event.currentTarget
  const { selectionStart: start, selectionEnd: end, value } = field
  if (event.key === 'Escape') return field.blur()
  const tab = event.key === 'Tab' && !event.shiftKey && start !== value.length
  if ((event.key !== 'Enter' && !tab) || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing)
    return
  const line = value.slice(value.lastIndexOf('\n', start - 1) + 1, start)
  const inserted = event.key === 'Enter' ? `\n${/^\s*/.exec(line)?.[0] ?? ''}` : '  '
  if (inserted === '\n') return
  event.preventDefault()
  onChange(value.slice(0, start) + inserted + value.slice(end))
  requestAnimationFrame(() => field.setSelectionRange(start + inserted.length, start + inserted.length))
}
