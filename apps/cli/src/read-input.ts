import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import fs from 'node:fs/promises'

/** A file's text; `-` is standard input. */
export async function readInput(file: string): Promise<string> {
  if (file === '-') {
    let text = ''
    for await (const chunk of process.stdin) text += String(chunk)
    return text
  }
  try {
    return await fs.readFile(file, 'utf8')
  } catch (error) {
    throw new FairleadError('invalid', `${file} can't be read: ${messageOf(error)}.`, { file })
  }
}

/** Several manifest files as one stream of documents. */
export const readInputs = async (files: readonly string[]): Promise<string> =>
  (await Promise.all(files.map(readInput))).join('\n---\n')
