/** Class names for sonner's toasts (`toastOptions={{ unstyled: true, classNames: toastLook }}`). */
export const toastLook = {
  toast:
    'flex w-full items-start gap-2.5 rounded-lg border border-line-strong bg-raised px-3 py-2.5 text-sm text-fg shadow-float font-sans',
  title: 'font-medium',
  description: 'mt-0.5 text-muted',
  icon: 'mt-0.5 shrink-0 [&_svg]:size-4',
  content: 'min-w-0 flex-1',
  success: '[&_[data-icon]]:text-ok',
  error: '[&_[data-icon]]:text-fail',
  warning: '[&_[data-icon]]:text-progress',
  info: '[&_[data-icon]]:text-accent-text',
  actionButton:
    'shrink-0 rounded-md border border-line-strong px-2 py-0.5 text-xs font-medium hover:bg-hover',
  cancelButton: 'shrink-0 rounded-md px-2 py-0.5 text-xs text-muted hover:bg-hover',
} as const
