-- What was seen is seen again: the watchers fill the table anew.
DELETE FROM "inventory_objects";

-- AlterTable
ALTER TABLE "inventory_objects" DROP COLUMN "images",
ADD COLUMN     "row" TEXT NOT NULL;
