import { CopyButton } from './copy-button'
import { cn } from './cn'

export type CodeBlockProps = {
  code: string
  /** What it is, e.g. "kubectl", "deployment.yaml". */
  title?: string | undefined
  /** Puts a prompt before a command. */
  prompt?: boolean | undefined
  className?: string | undefined
}

export function CodeBlock({ code, title, prompt, className }: CodeBlockProps) {
  return (
    <div
      className={cn('min-w-0 overflow-hidden rounded-md border border-line bg-sunken text-left', className)}
    >
      {title ? (
        <div className="flex h-8 items-center justify-between border-b border-line pr-0.5 pl-3 text-xs text-muted">
          <span className="truncate font-mono">{title}</span>
          <CopyButton text={code} />
        </div>
      ) : null}
      <div className="flex items-start">
        <pre className="min-w-0 flex-1 overflow-x-auto px-3 py-2 font-mono text-xs leading-5" tabIndex={0}>
          {prompt ? <span className="text-faint select-none">$ </span> : null}
          <code>{code}</code>
        </pre>
        {title ? null : <CopyButton text={code} className="m-1" />}
      </div>
    </div>
  )
}
