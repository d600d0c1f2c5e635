import crypto from 'node:crypto'

/** The test run's Redis, with a prefix that no other test uses. */
export function testQueueOptions(): { redisUrl: string; prefix: string } {
  const redisUrl = process.env['REDIS_URL_TEST']
  if (redisUrl === undefined)
    throw new Error('REDIS_URL_TEST is unset: run integration tests with the testkit set-up')
  return { redisUrl, prefix: `test-${crypto.randomBytes(6).toString('hex')}` }
}
