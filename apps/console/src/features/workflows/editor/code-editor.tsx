'use client'

import { setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState, type Text } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import { cn } from '@fairlead/ui/cn'
import { useEffect, useEffectEvent, useRef } from 'react'
import { pageNonce } from '@/features/shell/page-nonce'
import { codeSetup, type CodeSetup } from './code-setup'

export type Jump = { line: number; column: number; at: number }

type CodeEditorProps = Pick<CodeSetup, 'label'> & {
  value: string
  onChange: (value: string) => void
  onSave: () => void
  problems: readonly DocumentProblem[]
  known: ReturnType<CodeSetup['known']>
  /** Puts the cursor there, whenever `at` changes. */
  jump: Jump | null
  className?: string | undefined
}

/** YAML with completion and marked problems. Heavy: load it lazily. */
export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, problems, jump, className } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const known = useEffectEvent(() => props.known)
  const changed = useEffectEvent((text: string) => props.onChange(text))
  const saved = useEffectEvent(() => props.onSave())
  const first = useEffectEvent(() => value)
  useEffect(() => {
    if (!host.current) return
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first(),
        extensions: codeSetup({
          label,
          nonce: pageNonce(),
          known: () => known(),
          onChange: (text) => changed(text),
          onSave: () => saved(),
        }),
      }),
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [label])
  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])
  useEffect(() => {
    const editor = view.current
    if (editor)
      editor.dispatch(
        setDiagnostics(
          editor.state,
          problems.map((problem) => marked(problem, editor.state.doc)),
        ),
      )
  }, [problems])
  useEffect(() => {
    const editor = view.current
    if (!editor || !jump) return
    const anchor = offsetOf(editor.state.doc, jump.line, jump.column)
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    editor.focus()
  }, [jump])
  return <div ref={host} className={cn('min-h-0 overflow-hidden [&>.cm-editor]:h-full', className)} />
}

function marked({ message, line, column, expected }: DocumentProblem, doc: Text): Diagnostic {
  const from = offsetOf(doc, line ?? 1, column ?? 1)
  const end = doc.lineAt(from).to
  const word = /^[^\s,:}\]]+/.exec(doc.sliceString(from, end))?.[0].length ?? 0
  return {
    from,
    to: Math.max(from, Math.min(end, from + Math.max(1, word))),
    severity: 'error',
    message: expected === null ? message : `${message}. Expected ${expected}.`,
  }
}

function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(doc.lines, Math.max(1, line)))
  return Math.min(at.to, at.from + Math.max(0, column - 1))
}
