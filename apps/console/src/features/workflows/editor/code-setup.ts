import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { look } from './code-look'
import { wordsHere, type KnownNames } from './words-here'

export type CodeSetup = {
  label: string
  nonce: string
  /** Asked at each completion: schema and names come after the editor. */
  known: () => { schema: Readonly<Record<string, unknown>>; names: KnownNames }
  onChange: (text: string) => void
  onSave: () => void
}

export const codeSetup = ({ label, nonce, known, onChange, onSave }: CodeSetup): Extension => [
  EditorView.cspNonce.of(nonce),
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) onChange(update.state.doc.toString())
  }),
  EditorState.tabSize.of(2),
  indentUnit.of('  '),
  lineNumbers(),
  highlightActiveLineGutter(),
  foldGutter(),
  lintGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  autocompletion({ override: [(context) => complete(context, known())], icons: false }),
  yaml(),
  keymap.of([
    { key: 'Mod-s', preventDefault: true, run: () => (onSave(), true) },
    { key: 'Tab', run: acceptCompletion },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...lintKeymap,
    ...defaultKeymap,
    indentWithTab,
  ]),
  look,
]

function complete(
  context: CompletionContext,
  known: ReturnType<CodeSetup['known']>,
): CompletionResult | null {
  const text = context.state.doc.toString()
  const found = wordsHere(text, context.pos, known)
  if (found === null) return null
  // Unasked only where a word, a value or an item begins: not on every empty line.
  const before = text.slice(Math.max(0, context.pos - 2), context.pos)
  if (!context.explicit && found.from === context.pos && !/[:[{,-]\s?$|\{\s?$/.test(before)) return null
  return {
    from: found.from,
    validFor: /^[\w.'[\]-]*$/,
    options: found.words.map(({ label, detail, info, apply }) => ({
      label,
      detail,
      ...(info === '' ? {} : { info }),
      ...(apply === undefined ? {} : { apply: applied(apply) }),
    })),
  }
}

/** After a key with a space its value is asked for at once. */
function applied(text: string) {
  return (view: EditorView, _completion: unknown, from: number, to: number) => {
    view.dispatch({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      userEvent: 'input.complete',
    })
    if (text.endsWith(' ')) startCompletion(view)
  }
}
