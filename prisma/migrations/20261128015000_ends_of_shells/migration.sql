-- AlterTable
ALTER TABLE "shells" ADD COLUMN     "checkAt" TIMESTAMPTZ(3),
ADD COLUMN     "openedBy" JSONB;

-- CreateIndex
CREATE INDEX "shells_checkAt_idx" ON "shells"("checkAt");
