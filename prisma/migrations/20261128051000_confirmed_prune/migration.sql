-- AlterTable
ALTER TABLE "rollouts" ADD COLUMN     "confirmedPrune" BOOLEAN NOT NULL DEFAULT false;
