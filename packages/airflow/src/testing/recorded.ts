import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const recordSchema = z.object({ http_status: z.number(), response: z.unknown() })

/** An answer of a real Airflow 3.3.2, by the beginning of its file's name. */
export function recorded(number: string): { readonly status: number; readonly text: string } {
  const folder = path.join(import.meta.dirname, 'recorded')
  const file = fs.readdirSync(folder).find((name) => name.startsWith(number))
  if (file === undefined) throw new Error(`No recording begins with ${number}`)
  const { http_status: status, response } = recordSchema.parse(
    JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')),
  )
  return { status, text: JSON.stringify(response) }
}
