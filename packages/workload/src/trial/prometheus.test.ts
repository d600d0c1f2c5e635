import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prometheusSource } from './prometheus'

let asked: string[] = []
let answer: (response: http.ServerResponse) => void = (response) => response.end()
const server = http.createServer((request, response) => {
  asked.push(request.url ?? '')
  answer(response)
})
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => void server.close(resolve)))

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const source = prometheusSource(['127.0.0.0/8'])
const ask = (prometheus = address()) => source.ask({ prometheus, query: 'sum(rate(errors{app="web"}[1m]))' })
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

  it('follows no redirect', async () => {
    answer = (response) => void response.writeHead(302, { location: `${address()}/elsewhere` }).end()
    asked = []
    expect(await ask()).toMatchObject({ kind: 'silent' })
    expect(asked).toHaveLength(1)
  })

  it('says nothing where nobody listens', async () => {
    expect(await ask('http://127.0.0.1:1')).toMatchObject({ kind: 'silent' })
  })

  it('dials no address that is not allowed, by name or by number', async () => {
    asked = []
    const port = (server.address() as AddressInfo).port
    const closed = prometheusSource([])
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      expect(await closed.ask({ prometheus: `http://${host}:${port}`, query: 'up' })).toEqual({
        kind: 'silent',
        reason: expect.stringMatching(/loopback.*FAIRLEAD_METRICS_CIDRS/),
      })
    expect(await source.ask({ prometheus: 'http://169.254.169.254', query: 'up' })).toMatchObject({
      kind: 'silent',
      reason: expect.stringMatching(/metadata/),
    })
    expect(asked).toEqual([])
  })
})
