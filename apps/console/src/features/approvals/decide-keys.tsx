import { Kbd } from '@fairlead/ui/kbd'

/** The keys of the inbox, where there is a keyboard. */
export const DecideKeys = () => (
  <p className="flex gap-3 text-xs text-faint max-md:hidden">
    <span>
      <Kbd keys="a" /> approve
    </span>
    <span>
      <Kbd keys="r" /> reject
    </span>
    <span>
      <Kbd keys="j" /> <Kbd keys="k" /> next, previous
    </span>
  </p>
)
