-- Two readiness checks are named as an Application document names them: what is kept under the old names moves along.
UPDATE "check_waivers" SET "check" = 'topology-spread' WHERE "check" = 'spread';
UPDATE "check_waivers" SET "check" = 'rollout-strategy' WHERE "check" = 'surge';
UPDATE "readiness_findings" SET "check" = 'topology-spread' WHERE "check" = 'spread';
UPDATE "readiness_findings" SET "check" = 'rollout-strategy' WHERE "check" = 'surge';
UPDATE "inventory_objects"
SET "summary" = replace(
  replace("summary"::text, '"check": "spread"', '"check": "topology-spread"'),
  '"check": "surge"', '"check": "rollout-strategy"')::jsonb
WHERE "summary"->'readiness'->'failed' @> '[{"check": "spread"}]'
  OR "summary"->'readiness'->'failed' @> '[{"check": "surge"}]';
