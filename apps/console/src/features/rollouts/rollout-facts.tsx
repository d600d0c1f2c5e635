import type { RolloutView } from '@fairlead/contracts/rollout'
import { CopyButton } from '@fairlead/ui/copy-button'
import { Duration } from '@fairlead/ui/duration'
import { KeyValue } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TextLink } from '@fairlead/ui/text-link'
import { applicationHref } from './addresses'
import { shortDigest, shortImage } from './release-text'

/** Who asked for what, when, and how long it took. */
export function RolloutFacts({ rollout }: { rollout: RolloutView }) {
  const { release, project, application, requester, createdAt, finishedAt } = rollout
  return (
    <KeyValue
      entries={[
        {
          key: 'Release',
          value: (
            <TextLink href={applicationHref({ project, application }, 'releases')}>
              {release.number} by {release.author}
            </TextLink>
          ),
        },
        {
          key: 'Digest',
          mono: true,
          value: (
            <span className="flex items-center gap-1">
              {shortDigest(release.digest)}
              <CopyButton text={release.digest} label="Copy the release's digest" className="-my-1" />
            </span>
          ),
        },
        {
          key: release.images.length === 1 ? 'Image' : 'Images',
          mono: true,
          value: release.images.map((image) => (
            <span key={image} className="block break-all" title={image}>
              {shortImage(image)}
            </span>
          )),
        },
        {
          key: 'Requested',
          value: (
            <>
              {requester}, <RelativeTime at={createdAt} className="text-muted" />
            </>
          ),
        },
        { key: finishedAt ? 'Took' : 'Running for', value: <Duration from={createdAt} to={finishedAt} /> },
        ...rollout.stages.flatMap(({ name, convergeMs }) =>
          convergeMs === null
            ? []
            : [
                {
                  key: name,
                  value: (
                    <>
                      converged in <Duration ms={convergeMs} />
                    </>
                  ),
                },
              ],
        ),
        { key: 'Project', value: project },
      ]}
    />
  )
}
