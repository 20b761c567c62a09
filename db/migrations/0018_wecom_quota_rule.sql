ALTER TABLE "wecom_internal_groups" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "wecom_internal_groups" CASCADE;--> statement-breakpoint
ALTER TABLE "wecom_corps" ALTER COLUMN "quota_rule" SET DEFAULT 'daysOfMonth';--> statement-breakpoint
UPDATE "wecom_corps" SET "quota_rule" = CASE "quota_rule" WHEN 'days_of_month' THEN 'daysOfMonth' WHEN 'seven_a_week' THEN 'sevenAWeek' WHEN 'one_a_day' THEN 'oneADay' ELSE "quota_rule" END;