import { FairleadError } from '@fairlead/contracts/errors'
import type { DocumentProblem } from '@fairlead/contracts/workflow-document'

/** All that is wrong as one error: the first problem with its place, and how many more there are. */
export function documentError(problems: readonly DocumentProblem[], file: string): FairleadError {
  const [first, ...others] = problems
  if (first === undefined)
    return new FairleadError('invalid', `${file}: the document is not valid.`, { file })
  const place = first.line === null ? file : `${file}:${first.line}`
  const more =
    others.length === 0
      ? ''
      : ` There ${others.length === 1 ? 'is 1 more problem' : `are ${others.length} more problems`}.`
  return new FairleadError('invalid', `${place}: ${sentence(first.message)}${more}`, {
    file,
    ...(first.line === null ? {} : { line: first.line }),
    ...(first.path === '' ? {} : { path: first.path }),
    ...(first.found === null ? {} : { found: first.found }),
    ...(first.expected === null ? {} : { expected: first.expected }),
    ...(others.length === 0
      ? {}
      : { remedy: `Also: ${others.slice(0, 5).map(besides).join(' ')}${others.length > 5 ? ' …' : ''}` }),
  })
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
const besides = ({ line, message }: DocumentProblem): string =>
  `${line === null ? '' : `line ${line}: `}${sentence(message)}`
