import { CodeBlock } from '@fairlead/ui/code-block'
import { TriangleAlert } from 'lucide-react'

type SecretOnceProps = {
  /** What it is: "Invitation link". */
  title: string
  secret: string
  /** What to do with it. */
  hint: string
}

/** A secret that only its hash is kept of: now or never. */
export function SecretOnce({ title, secret, hint }: SecretOnceProps) {
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2 rounded-md bg-wait-soft px-3 py-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-wait" />
        <span>
          <span className="font-medium">Copy it now; it is shown only once.</span> {hint}
        </span>
      </p>
      <CodeBlock title={title} code={secret} />
    </div>
  )
}
