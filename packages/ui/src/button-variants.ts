import { cva, type VariantProps } from 'class-variance-authority'

/** Looks of a button, also for links that look like one: `<Link className={buttonVariants({ variant: 'primary' })}>`. */
export const buttonVariants = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-accent text-on-accent not-aria-disabled:hover:bg-accent-hover active:not-aria-disabled:bg-accent',
        secondary: 'border-line-strong bg-surface text-fg not-aria-disabled:hover:bg-hover dark:bg-raised',
        ghost:
          'border-transparent text-muted not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-fg',
        danger:
          'border-transparent bg-fail-solid text-on-fail not-aria-disabled:hover:brightness-95 dark:not-aria-disabled:hover:brightness-110',
        'danger-quiet':
          'border-line-strong bg-surface text-fail not-aria-disabled:hover:border-fail-solid not-aria-disabled:hover:bg-fail-soft dark:bg-raised',
      },
      size: { sm: 'h-7 px-2 text-xs [&_svg]:size-3.5', md: 'h-8 px-3 text-sm', lg: 'h-9 px-4 text-sm' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonVariants = VariantProps<typeof buttonVariants>
