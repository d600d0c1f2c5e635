import { FairleadError } from '@fairlead/contracts/errors'

/** The largest object etcd stores is about 1.5 MiB; its JSON may be larger, an endless line is an attack. */
const maxLineBytes = 8 * 1024 * 1024
const newline = 0x0a

/** The complete lines of each chunk, together, so that what arrived together is handled together. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline)
    if (end < 0) {
      rest.push(chunk)
      restBytes += chunk.length
      if (restBytes > maxLineBytes)
        throw new FairleadError('too_large', `One line of the watch is longer than ${maxLineBytes} bytes`)
      yield []
      continue
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8')
    // A copy: a view would keep the whole chunk alive.
    const tail = Buffer.from(chunk.subarray(end + 1))
    rest = tail.length === 0 ? [] : [tail]
    restBytes = tail.length
    yield whole.split('\n').filter((line) => line !== '')
  }
  if (restBytes > 0) yield [Buffer.concat(rest).toString('utf8')]
}
