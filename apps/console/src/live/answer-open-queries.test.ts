import { dehydrate, hydrate, QueryClient, QueryObserver, type DehydratedState } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { answerOpenQueries } from './answer-open-queries'

const queryKey = ['airflow.list']
const ofServer = (data: string): DehydratedState => {
  const client = new QueryClient()
  client.setQueryData(queryKey, data)
  return dehydrate(client)
}
const opened = (): QueryClient => {
  const client = new QueryClient()
  new QueryObserver(client, { queryKey, enabled: false })
  return client
}

describe('queries that the frame opened before the page came', () => {
  it('have the page’s data in the same render', () => {
    const client = opened()
    expect(client.getQueryState(queryKey)?.status).toBe('pending')
    expect(answerOpenQueries(client, ofServer('from the server')).queries).toEqual([])
    expect(client.getQueryState(queryKey)).toMatchObject({ status: 'success', data: 'from the server' })
  })

  it('keep an answer that they have', () => {
    const client = opened()
    client.setQueryData(queryKey, 'already here')
    answerOpenQueries(client, ofServer('from the server'))
    expect(client.getQueryData(queryKey)).toBe('already here')
  })

  it('are not made when nobody asked: the boundary does that', () => {
    const client = new QueryClient()
    const rest = answerOpenQueries(client, ofServer('from the server'))
    expect(client.getQueryData(queryKey)).toBeUndefined()
    hydrate(client, rest)
    expect(client.getQueryData(queryKey)).toBe('from the server')
  })
})
