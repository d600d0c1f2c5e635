-- AlterTable
ALTER TABLE "rollout_targets" ADD COLUMN     "askAt" TIMESTAMPTZ(3),
ADD COLUMN     "progressAt" TIMESTAMPTZ(3),
ADD COLUMN     "startedAt" TIMESTAMPTZ(3),
ADD COLUMN     "unreachableAt" TIMESTAMPTZ(3),
ADD COLUMN     "wave" INTEGER NOT NULL DEFAULT 0;
