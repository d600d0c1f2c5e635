import type { ReleaseOrigin } from '@fairlead/contracts/release-origin'
import { commitUrl } from '@fairlead/contracts/source'
import { KeyValue, type KeyValueEntry } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { CommitLink } from './commit-link'

type OriginFactsProps = { origin: ReleaseOrigin; className?: string }

/** Where the objects of a release came from: as it was kept with it, whatever became of the repository. */
export function OriginFacts({ origin, className }: OriginFactsProps) {
  const { kind, repository, ref, path, commit, subject, author, committedAt } = origin
  const { chart, version, digest, renderer } = origin
  const entries: KeyValueEntry[] = [
    { key: 'Repository', value: repository, mono: true },
    ...(ref === null ? [] : [{ key: 'Branch or tag', value: ref, mono: true }]),
    ...(path === null ? [] : [{ key: 'Path', value: path, mono: true }]),
    ...(commit === null
      ? []
      : [
          {
            key: 'Commit',
            value: (
              <span className="flex flex-wrap items-baseline gap-x-2">
                <CommitLink commit={commit} url={commitUrl(repository, commit)} />
                <span>{subject}</span>
                <span className="text-muted">
                  {author}
                  {committedAt ? (
                    <>
                      , <RelativeTime at={committedAt} />
                    </>
                  ) : null}
                </span>
              </span>
            ),
          },
        ]),
    ...(chart === null ? [] : [{ key: 'Chart', value: `${chart} ${version ?? ''}`, mono: true }]),
    ...(digest === null ? [] : [{ key: 'Digest', value: digest, mono: true }]),
    { key: 'Rendered by', value: renderer ?? 'nothing: files as they are', mono: renderer !== null },
  ]
  return (
    <section aria-label={`Source (${kind})`} className={className}>
      <KeyValue entries={entries} />
    </section>
  )
}
