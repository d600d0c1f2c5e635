-- AlterTable
ALTER TABLE "rollout_stages" ADD COLUMN     "gates" JSONB NOT NULL DEFAULT '[]';
