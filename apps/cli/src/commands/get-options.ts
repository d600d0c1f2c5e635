import { FairleadError } from '@fairlead/contracts/errors'
import { createOutput, type Output } from '../output'
import type { CommandContext } from './command-context'

export const outputFormats = ['wide', 'json', 'yaml'] as const

export interface GetOptions {
  readonly allNamespaces?: boolean
  readonly namespace?: string
  readonly cluster?: string
  readonly selector?: string
  readonly watch?: boolean
  readonly output?: string
}

export const namespaceOf = ({ allNamespaces, namespace }: GetOptions): string | undefined =>
  allNamespaces === true ? undefined : namespace

/** `-o json` is `--json`. */
export const outputOf = ({ out }: CommandContext, { output }: GetOptions): Output =>
  output === 'json' ? createOutput(true) : out

/** Each object is one question to its cluster. */
const mostYaml = 100

/** As `kubectl get -o yaml` for several: one document after the other. */
export async function printYaml(
  out: Output,
  objects: readonly (() => Promise<{ readonly yaml: string }>)[],
): Promise<void> {
  if (objects.length > mostYaml)
    throw new FairleadError(
      'too_large',
      `${objects.length} objects match; YAML is given of ${mostYaml} at most.`,
      {
        remedy: 'Name one, or narrow by --cluster, -n or -l.',
      },
    )
  const documents: string[] = []
  for (const read of objects) documents.push((await read()).yaml)
  out.result(documents, () =>
    documents.length === 0 ? 'No resources found.' : documents.join('---\n').trimEnd(),
  )
}
