CREATE TABLE "code_joins" (
	"session_id" text NOT NULL,
	"code_id" text NOT NULL,
	"key" text NOT NULL,
	"batch" text,
	"told" boolean DEFAULT false NOT NULL,
	CONSTRAINT "code_joins_session_id_code_id_key_pk" PRIMARY KEY("session_id","code_id","key")
);
--> statement-breakpoint
CREATE INDEX "code_joins_untold" ON "code_joins" USING btree ("session_id") WHERE not told;--> statement-breakpoint
CREATE INDEX "report_signups_left" ON "report_signups" USING btree ("session_id") WHERE state = 'left';--> statement-breakpoint
CREATE INDEX "wecom_group_members_left" ON "wecom_group_members" USING btree ("left_at") WHERE left_at is not null;