type Example = { project: string; cluster?: string | undefined; namespace?: string | undefined }

/** Small, complete, and runs on any cluster as it is: list, fan out, decide, tell. */
export const exampleWorkflow = ({ project, cluster = 'staging', namespace = 'batch' }: Example): string =>
  `apiVersion: fairlead.dev/v1
kind: Workflow
metadata:
  name: nightly-report
  project: ${project}
spec:
  description: Counts the orders of each region, and publishes the total.
  schedule: { cron: "30 2 * * *", timezone: Europe/Berlin, catchup: last, overlap: skip }
  parameters:
    day:
      type: string
      format: date
      title: Day to report
      default: "\${{ string(run.nominalTime).substring(0, 10) }}"
    regions:
      type: array
      items: { type: string }
      default: [europe, america, asia]
  defaults:
    cluster: ${cluster}
    namespace: ${namespace}
    image: docker.io/library/busybox:1.37
    timeout: 10m
    retries: { max: 2 }
  tasks:
    - id: prepare
      run: { command: [sh, -c, 'echo "Report of $DAY"'], env: { DAY: "\${{ parameters.day }}" } }

    - id: count
      needs: [prepare]
      forEach: "\${{ parameters.regions }}"
      run:
        command: [sh, -c, 'echo "{\\"orders\\": $(( \${#REGION} * 100 ))}" > "$FAIRLEAD_OUTPUT"']
        env: { REGION: "\${{ item }}" }
      outputs: { orders: { type: integer } }
      retries: { max: 3, backoff: { initial: 5s, factor: 2, max: 1m }, onOom: { memory: 2x } }

    - id: large
      needs: [count]
      when: "size(tasks.count.outputs.filter(o, o.orders > 10000)) > 0"
      approval: { quorum: 1, roles: [approver], expires: 4h, message: A very large day. Publish it? }

    - id: publish
      needs: [count, large]
      trigger: none_failed
      run: { command: [sh, -c, 'echo "published"'] }

    - id: alert
      needs: [publish]
      trigger: one_failed
      run: { command: [sh, -c, 'echo "something failed"'] }
`
