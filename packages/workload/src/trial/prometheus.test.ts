import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricQuestion } from './metric-source'
import { prometheusSource } from './prometheus'

let asked: string[] = []
let said: string | undefined
let answer: (response: http.ServerResponse) => void = (response) => response.end()
const server = http.createServer((request, response) => {
  asked.push(request.url ?? '')
  said = request.headers.authorization
  answer(response)
})
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => void server.close(resolve)))

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const source = prometheusSource(['127.0.0.0/8'])
const ask = (prometheus = address(), login: MetricQuestion['login'] = null) =>
  source.ask({ prometheus, query: 'sum(rate(errors{app="web"}[1m]))', login })
const reader = { username: 'reader', password: 's3cret' }
const says = (body: unknown, status = 200) => {
  answer = (response) => {
    response.statusCode = status
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}
const success = (resultType: string, result: unknown) => ({ status: 'success', data: { resultType, result } })

describe('a query of a Prometheus', () => {
  it('is asked under the path of its address', async () => {
    says(success('scalar', [1, '0.5']))
    asked = []
    expect(await ask(`${address()}/prometheus/`)).toEqual({ kind: 'value', value: 0.5 })
    expect(asked).toEqual([
      '/prometheus/api/v1/query?query=sum%28rate%28errors%7Bapp%3D%22web%22%7D%5B1m%5D%29%29',
    ])
  })

  it.each<[string, unknown, number]>([
    ['a scalar', success('scalar', [1, '3']), 3],
    ['one series', success('vector', [{ metric: {}, value: [1, '0.25'] }]), 0.25],
    ['an infinite number', success('vector', [{ metric: {}, value: [1, '+Inf'] }]), Number.POSITIVE_INFINITY],
    ['no number', success('vector', [{ metric: {}, value: [1, 'NaN'] }]), Number.NaN],
  ])('answers with the value of %s', async (_, body, value) => {
    says(body)
    expect(await ask()).toEqual({ kind: 'value', value })
  })

  it.each<[string, unknown, number, RegExp]>([
    ['no series', success('vector', []), 200, /no series/],
    ['several series', success('vector', [{ value: [1, '1'] }, { value: [1, '2'] }]), 200, /2 series/],
    ['a matrix', success('matrix', []), 200, /matrix/],
    ['an error of the query', { status: 'error', error: 'parse error: unexpected end' }, 400, /parse error/],
    ['a page', '<html>', 502, /502/],
    ['something else', { hello: 'there' }, 200, /not as a Prometheus does/],
    ['a flood', `"${'x'.repeat(300 * 1024)}"`, 200, /more than 256 KiB/],
  ])('says nothing when it gets %s', async (_, body, status, reason) => {
    says(body, status)
    expect(await ask()).toEqual({ kind: 'silent', reason: expect.stringMatching(reason) })
  })

  it('follows no redirect, with a login neither', async () => {
    answer = (response) => void response.writeHead(302, { location: `${address()}/elsewhere` }).end()
    for (const login of [null, reader]) {
      asked = []
      expect(await ask(address(), login)).toMatchObject({ kind: 'silent' })
      expect(asked).toHaveLength(1)
    }
  })

  it.each<[string, MetricQuestion['login'], string | undefined]>([
    ['nothing where none is kept', null, undefined],
    ['a name with its password', reader, 'Basic cmVhZGVyOnMzY3JldA=='],
    ['a bearer token', { username: '', password: 't0ken' }, 'Bearer t0ken'],
  ])('is asked with %s', async (_, login, header) => {
    says(success('scalar', [1, '1']))
    expect(await ask(address(), login)).toEqual({ kind: 'value', value: 1 })
    expect(said).toBe(header)
  })

  it.each([401, 403])('says that a login helps where it answers with %i', async (status) => {
    says('Unauthorized', status)
    expect(await ask()).toEqual({ kind: 'silent', reason: expect.stringMatching(/fairlead repository set/) })
  })

  it.each([
    'http://prometheus.example.org',
    'http://10.0.0.1:9090',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
  ])('is not asked where its login would go in clear text: %s', async (clear) => {
    expect(await ask(clear, reader)).toEqual({
      kind: 'silent',
      reason: expect.stringMatching(/https or to loopback alone/),
    })
  })

  it('says nothing where nobody listens', async () => {
    expect(await ask('http://127.0.0.1:1')).toMatchObject({ kind: 'silent' })
  })

  it('dials no address that is not allowed, by name or by number', async () => {
    asked = []
    const port = (server.address() as AddressInfo).port
    const closed = prometheusSource([])
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      expect(await closed.ask({ prometheus: `http://${host}:${port}`, query: 'up', login: null })).toEqual({
        kind: 'silent',
        reason: expect.stringMatching(/loopback.*FAIRLEAD_METRICS_CIDRS/),
      })
    expect(
      await source.ask({ prometheus: 'http://169.254.169.254', query: 'up', login: null }),
    ).toMatchObject({
      kind: 'silent',
      reason: expect.stringMatching(/metadata/),
    })
    expect(asked).toEqual([])
  })
})
