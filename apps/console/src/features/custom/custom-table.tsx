'use client'

import type { CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { FilterInput } from '@fairlead/ui/filter-input'
import { Switch } from '@fairlead/ui/switch'
import { useRouter } from 'next/navigation'
import { useCallback, useDeferredValue, useMemo } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { customObjectHref, type CustomKindAddress } from './addresses'
import { AskedAt } from './asked-at'
import { customColumns } from './custom-columns'
import { countWords, rowsWith, shownColumns, type CustomRow } from './custom-rows'
import { NamespaceSelect } from './namespace-select'
import { NoCustomObjects } from './no-custom-objects'
import type { useCustomList } from './use-custom-list'

type CustomTableProps = {
  address: CustomKindAddress
  first: CustomObjectPage
  list: ReturnType<typeof useCustomList>
}

const rowKey = ({ namespace, name }: CustomRow) => `${namespace ?? ''}/${name}`

export function CustomTable({ address, first, list }: CustomTableProps) {
  const [params, set] = useUrlParams()
  const [text, setText] = useTextParam('q')
  const wanted = useDeferredValue(text)
  const wide = params.get('wide') === '1'
  const namespace = params.get('namespace')
  const { kind, columns } = first
  const shown = useMemo(() => shownColumns(columns, wide), [columns, wide])
  const rows = useMemo(() => rowsWith(list.rows, wanted, shown), [list.rows, wanted, shown])
  const drawn = useMemo(
    () => customColumns(shown, { namespaced: kind.namespaced && namespace === null }),
    [shown, kind.namespaced, namespace],
  )
  const { cluster, definition } = address
  const hrefOf = useCallback(
    (row: CustomRow) => customObjectHref({ cluster, definition, ...row }),
    [cluster, definition],
  )
  const router = useRouter()
  const openYaml = (key: string, row: CustomRow) => {
    if (key === 'y') router.push(hrefOf(row))
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <FilterInput
          label={`Filter ${kind.plural}`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {first.namespaces ? (
          <NamespaceSelect
            cluster={cluster}
            among={first.namespaces}
            value={namespace}
            onChange={(next) => set({ namespace: next }, 'push')}
          />
        ) : null}
        {columns.some((column) => column.wide) ? (
          <Switch
            checked={wide}
            onCheckedChange={(on) => set({ wide: on ? '1' : null })}
            label="Wide columns"
          />
        ) : null}
        <span className="ml-auto flex flex-wrap items-center gap-x-3">
          <AskedAt at={first.at} />
          <span role="status" className="text-xs whitespace-nowrap text-muted">
            {countWords(rows.length, list.rows.length, {
              next: list.hasNextPage,
              remaining: list.last?.remaining ?? null,
            })}
          </span>
        </span>
      </div>
      <DataTable
        label={kind.kind}
        rows={rows}
        columns={drawn}
        rowKey={rowKey}
        rowHref={hrefOf}
        onRowKey={openYaml}
        className="max-h-[calc(100dvh-15rem)] max-md:max-h-[calc(100dvh-20rem)]"
        empty={
          <NoCustomObjects
            page={first}
            namespace={namespace}
            filtered={list.rows.length > 0}
            more={list.hasNextPage}
          />
        }
      />
      {list.hasNextPage ? (
        <div className="flex justify-center">
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            Load more
          </Button>
        </div>
      ) : null}
    </div>
  )
}
