import { isFairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { isUnauthorized, jsonOf, stepError } from './airflow-error'
import type { Answer, Ask, Question } from './dial'

export interface Login {
  readonly username: string
  readonly password: string
}
/** Of the REST API: v2 is Airflow 3, v1 is Airflow 2. */
export type ApiVersion = 'v1' | 'v2'
export interface Session {
  /** Detected once. Throws where no Airflow answers that this version knows. */
  detect(): Promise<{ readonly api: ApiVersion; readonly version: string }>
  /** `path` is below `/api/vN`. */
  ask(question: Question): Promise<Answer>
  askJson<S extends z.ZodType>(question: Question, schema: S): Promise<z.output<S>>
}

const versionSchema = z.object({ version: z.string().regex(/^\d+\.\d+/) })
const tokenSchema = z
  .object({ access_token: z.string().optional(), jwt_token: z.string().optional() })
  .transform((token) => token.access_token ?? token.jwt_token)
  .pipe(z.string().min(1))

export function parseAnswer<S extends z.ZodType>({ text, isJson }: Answer, schema: S): z.output<S> {
  const parsed = schema.safeParse(isJson ? jsonOf(text) : undefined)
  if (parsed.success) return parsed.data
  const problem = parsed.error.issues[0]
  throw stepError(
    'airflow',
    'airflow_refused',
    isJson
      ? `The answer has a form that this version does not know (${problem?.path.join('.') ?? ''}: ${problem?.message ?? ''}).`
      : 'The answer is not JSON, so this is not the API of an Airflow.',
    { remedy: 'Check the address: it is the one under which people open Airflow, with its path.' },
  )
}

/** Signs in, keeps the token until it is refused, and signs in again once then. */
export function createSession(dialled: Ask, login: Login): Session {
  let detected: ReturnType<Session['detect']> | null = null
  let token: Promise<string> | null = null

  const detect: Session['detect'] = () =>
    (detected ??= detectVersion(dialled, login).catch((error: unknown) => {
      detected = null
      throw error
    }))
  const signIn = (): Promise<string> => {
    const signing = dialled({ method: 'POST', path: '/auth/token', body: login })
      .then((answer) => parseAnswer(answer, tokenSchema))
      .catch((error: unknown) => {
        if (token === signing) token = null
        throw error
      })
    return signing
  }
  const ask: Session['ask'] = async (question) => {
    const { api } = await detect()
    const send = (authorization: string) =>
      dialled({
        ...question,
        path: `/api/${api}${question.path}`,
        headers: { ...question.headers, authorization },
      })
    if (api === 'v1') return send(basic(login))
    const held = (token ??= signIn())
    try {
      return await send(`Bearer ${await held}`)
    } catch (error) {
      if (!isUnauthorized(error)) throw error
      // Whoever else was refused with the same token may have a new one already.
      if (token === held) token = signIn()
      return send(`Bearer ${await (token ??= signIn())}`)
    }
  }
  return { detect, ask, askJson: async (question, schema) => parseAnswer(await ask(question), schema) }
}

const basic = ({ username, password }: Login): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

async function detectVersion(
  dialled: Ask,
  login: Login,
): Promise<{ readonly api: ApiVersion; readonly version: string }> {
  const newer = await versionAt(dialled, '/api/v2/version', {})
  if (newer !== null) return supported('v2', newer, '3.')
  const older = await versionAt(dialled, '/api/v1/version', { authorization: basic(login) })
  if (older !== null) return supported('v1', older, '2.')
  throw stepError('airflow', 'airflow_refused', 'Something answers there, but it is not an Airflow.', {
    remedy: 'Check the address: it is the one under which people open Airflow, with its path.',
  })
}

async function versionAt(
  dialled: Ask,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | null> {
  const answer = await dialled({ method: 'GET', path, headers }).catch((error: unknown) => {
    if (isFairleadError(error) && error.code === 'not_found') return null
    throw error
  })
  const parsed = versionSchema.safeParse(answer?.isJson === true ? jsonOf(answer.text) : undefined)
  return parsed.success ? parsed.data.version : null
}

function supported(api: ApiVersion, version: string, major: string) {
  if (version.startsWith(major)) return { api, version }
  throw stepError('version', 'airflow_refused', `Airflow ${version} is not supported: 2.x and 3.x are.`)
}
