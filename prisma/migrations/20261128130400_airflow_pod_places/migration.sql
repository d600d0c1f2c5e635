-- AlterTable
ALTER TABLE "airflow_connections" ADD COLUMN     "podPlaces" TEXT[] DEFAULT ARRAY[]::TEXT[];
