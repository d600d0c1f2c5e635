'use client'

import { Braces, Check, ChevronDown, Copy, FileCode, Terminal, Waypoints } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button'
import { Menu, type MenuAction } from './menu'

export type CopyAsMenuProps = {
  /** With `--context` and `-n`. */
  kubectl?: string | undefined
  yaml?: string | undefined
  fairlead?: string | undefined
  /** An API call, e.g. curl. */
  api?: string | undefined
  onCopied?: ((what: string) => void) | undefined
}

export function CopyAsMenu({ kubectl, yaml, fairlead, api, onCopied }: CopyAsMenuProps) {
  const [copied, setCopied] = useState(false)
  const forms = [
    { label: 'kubectl', text: kubectl, icon: <Terminal aria-hidden /> },
    { label: 'YAML', text: yaml, icon: <FileCode aria-hidden /> },
    { label: 'fairlead command', text: fairlead, icon: <Waypoints aria-hidden /> },
    { label: 'API call', text: api, icon: <Braces aria-hidden /> },
  ]
  const copy = (label: string, text: string) => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 1500)
        onCopied?.(label)
      },
      () => setCopied(false),
    )
  }
  const items = forms.flatMap<MenuAction>(({ label, text, icon }) =>
    text === undefined ? [] : [{ label, icon, onSelect: () => copy(label, text) }],
  )
  const trigger = (
    <Button icon={copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}>
      {copied ? 'Copied' : 'Copy as'}
      <ChevronDown aria-hidden className="text-faint" />
    </Button>
  )
  return <Menu trigger={trigger} groups={[{ items }]} />
}
