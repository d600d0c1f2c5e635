import { cn } from '@fairlead/ui/cn'

/** Said wherever something is rolled back, before and after. */
export function UndoNote({ className }: { className?: string }) {
  return (
    <p className={cn('text-xs text-muted', className)}>
      A rollback applies the objects of the earlier release again, with its ConfigMap and Secret references.
      It does not undo database migrations, messages sent or data written, replica counts that an autoscaler
      owns, or fields that another manager owns.
    </p>
  )
}
