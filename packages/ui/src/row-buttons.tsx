import { Button } from './button'

export type RowButton = {
  word: string
  /** The word with what it is for: all rows have the same words. */
  label: string
  onClick: () => void
}
export type RowButtonsProps = {
  buttons: readonly RowButton[]
  /** Why none of them may be used; null: they may. */
  disabledReason: string | null
}

/** What can be done to one row of a table, in its last column. */
export const RowButtons = ({ buttons, disabledReason }: RowButtonsProps) => (
  <span className="flex justify-end gap-1">
    {buttons.map(({ word, label, onClick }) => (
      <Button
        key={word}
        size="sm"
        variant="ghost"
        onClick={onClick}
        disabledReason={disabledReason}
        aria-label={label}
      >
        {word}
      </Button>
    ))}
  </span>
)
