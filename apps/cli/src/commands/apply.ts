import { FairleadError } from '@fairlead/contracts/errors'
import type { Command } from 'commander'
import { documentsIn, inFile, type FileDocument } from '../documents'
import { knownFailure } from '../failure'
import { readInput } from '../read-input'
import type { Api } from '../session'
import { collect, contextOf } from './command-context'

interface Applied {
  readonly kind: string
  readonly file: string
  readonly id: string
  readonly created: boolean
  /** Of a workflow. */
  readonly version?: number
  readonly changed?: boolean
}

type Input = Parameters<Api['application']['apply']['mutate']>[0]
const applies: Readonly<Record<string, (api: Api, input: Input) => Promise<Omit<Applied, 'kind' | 'file'>>>> =
  {
    Application: (api, input) => api.application.apply.mutate(input),
    Workflow: (api, input) => api.workflow.apply.mutate(input),
    Pool: (api, input) => api.pool.apply.mutate(input),
    FreezeWindow: (api, input) => api.freeze.apply.mutate(input),
  }

export function addApply(program: Command): void {
  program
    .command('apply')
    .description('create or change Application, Workflow, Pool and FreezeWindow documents')
    .requiredOption('-f, --file <document>', 'may be repeated; - for standard input', collect, [])
    .action(async (options: { file: string[] }, command: Command) => {
      const { api, out } = contextOf(command)
      const results: Applied[] = []
      for (const file of options.file)
        for (const document of documentsOf(file, await readInput(file))) {
          const applied = { kind: document.kind, file, ...(await apply(api, file, document)) }
          results.push(applied)
          if (!out.json) out.result(applied, words)
        }
      const [only] = results
      if (out.json) out.result(results.length === 1 ? only : results, () => '')
    })
}

function documentsOf(file: string, text: string): FileDocument[] {
  const documents = documentsIn(text)
  if (documents.length > 0) return documents
  throw new FairleadError('invalid', `${file} holds no document.`, {
    file,
    found: 'nothing',
    expected: Object.keys(applies).join(', '),
  })
}

async function apply(
  api: Api,
  file: string,
  document: FileDocument,
): Promise<Omit<Applied, 'kind' | 'file'>> {
  const verb = applies[document.kind]
  if (verb === undefined)
    throw new FairleadError('invalid', `${file}:${document.linesBefore + 1}: this kind can't be applied.`, {
      file,
      line: document.linesBefore + 1,
      path: 'kind',
      found: document.kind === '' ? 'none' : document.kind,
      expected: Object.keys(applies).join(', '),
    })
  try {
    return await verb(api, { document: document.text, file })
  } catch (error) {
    const known = knownFailure(error)
    throw known === undefined ? error : inFile(known, document)
  }
}

function words({ kind, file, created, changed, version }: Applied): string {
  const what = created ? 'created' : changed === false ? 'unchanged' : 'updated'
  return `${file}: ${kind} ${what}${version === undefined ? '' : `, version ${version}`}`
}
