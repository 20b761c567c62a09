DROP TABLE "import_mappings" CASCADE;--> statement-breakpoint
ALTER TABLE "report_orders" ADD COLUMN "counted_refund_fen" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "report_winners" ADD COLUMN "place" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "report_winners" ADD COLUMN "reason" text;--> statement-breakpoint
-- The tables hold more than before: with their checkpoints gone, followers make all rows again from the logs.
DELETE FROM "follower_checkpoints";
