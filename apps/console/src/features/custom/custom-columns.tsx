import type { Column } from '@fairlead/ui/table-column'
import type { CustomRow, ShownColumn } from './custom-rows'

/** The server's own columns, whatever they are; names and cells are foreign text. */
export function customColumns(
  shown: readonly ShownColumn[],
  { namespaced }: { namespaced: boolean },
): Column<CustomRow>[] {
  return [nameColumn, ...(namespaced ? [namespaceColumn] : []), ...shown.map(cellColumn)]
}

const nameColumn: Column<CustomRow> = {
  id: 'name',
  header: 'Name',
  width: 260,
  cell: ({ name }) => (
    <span className="font-medium" title={name}>
      {name}
    </span>
  ),
}

const namespaceColumn: Column<CustomRow> = {
  id: 'namespace',
  header: 'Namespace',
  width: 150,
  cell: ({ namespace }) => <span title={namespace ?? ''}>{namespace}</span>,
}

const cellColumn = ({ name, description, index }: ShownColumn): Column<CustomRow> => ({
  // Two columns of a definition may share a name.
  id: `cell-${index}`,
  header: description === '' ? name : <span title={description}>{name}</span>,
  width: name === 'Age' ? 90 : 160,
  cell: ({ cells }) => {
    const text = cells[index] ?? ''
    return <span title={text}>{text}</span>
  },
})
