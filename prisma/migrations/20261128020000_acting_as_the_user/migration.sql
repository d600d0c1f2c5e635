-- AlterTable
ALTER TABLE "drains" ADD COLUMN     "principal" JSONB;

-- AlterTable
ALTER TABLE "clusters" ADD COLUMN     "actAs" TEXT NOT NULL DEFAULT 'fairlead';
