'use client'

import { Button } from '@fairlead/ui/button'
import { Field } from '@fairlead/ui/field'
import { Textarea } from '@fairlead/ui/textarea'
import { FileUp } from 'lucide-react'
import { useRef, useState, type ChangeEvent, type DragEvent } from 'react'

type KubeconfigFieldProps = { value: string; onChange: (text: string) => void }

const maxBytes = 256 * 1024

/** Paste, choose or drop. The text goes to the server once, is encrypted there, and never comes back. */
export function KubeconfigField({ value, onChange }: KubeconfigFieldProps) {
  const picker = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = (file: File | undefined) => {
    if (!file) return
    if (file.size > maxBytes) return setProblem(`${file.name} is larger than 256 KiB: not a kubeconfig.`)
    setProblem(null)
    void file.text().then(onChange, () => setProblem(`${file.name} could not be read.`))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    take(event.dataTransfer.files[0])
  }
  const chosen = (event: ChangeEvent<HTMLInputElement>) => take(event.target.files?.[0])
  return (
    <div onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      <Field
        label="Kubeconfig"
        error={problem ?? undefined}
        hint={
          <>
            Paste, drop or choose a file. With inline credentials: a token, or a certificate and key. Programs
            (<code className="font-mono">exec</code>), files and passwords are refused.
          </>
        }
      >
        <Textarea
          mono
          rows={10}
          spellCheck={false}
          autoComplete="off"
          placeholder={'apiVersion: v1\nkind: Config\nclusters:\n  - name: …'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <input ref={picker} type="file" hidden onChange={chosen} aria-label="Kubeconfig file" />
      <Button
        size="sm"
        className="mt-2"
        icon={<FileUp aria-hidden />}
        onClick={() => picker.current?.click()}
      >
        Choose a file
      </Button>
    </div>
  )
}
