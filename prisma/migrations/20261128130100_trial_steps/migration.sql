-- AlterTable
ALTER TABLE "rollout_stages" ADD COLUMN     "abortReason" TEXT,
ADD COLUMN     "promotedStep" INTEGER NOT NULL DEFAULT -1,
ADD COLUMN     "steps" JSONB;
