ALTER TABLE "wecom_group_members" ALTER COLUMN "scene" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "wecom_group_members" ALTER COLUMN "scene" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "wecom_groups" ALTER COLUMN "status" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "wecom_groups" ALTER COLUMN "status" SET DEFAULT 'normal';