CREATE TABLE "wecom_apps" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_row" text NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"agent_id" integer NOT NULL,
	"app_key" text NOT NULL,
	"secret_sealed" text,
	"secret_at" bigint,
	"callback_token_sealed" text,
	"aes_key_sealed" text,
	"callback_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "wecom_apps_app_key_unique" UNIQUE("app_key")
);
--> statement-breakpoint
CREATE TABLE "wecom_corps" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"name" text NOT NULL,
	"quota_rule" text DEFAULT 'days_of_month' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "wecom_corps_corp_id_unique" UNIQUE("corp_id")
);
--> statement-breakpoint
CREATE TABLE "wecom_robots" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_row" text NOT NULL,
	"name" text NOT NULL,
	"group_name" text NOT NULL,
	"purpose" text NOT NULL,
	"key_sealed" text NOT NULL,
	"key_at" bigint NOT NULL,
	"key_hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "wecom_robots_key_hash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
ALTER TABLE "wecom_apps" ADD CONSTRAINT "wecom_apps_corp_row_wecom_corps_id_fk" FOREIGN KEY ("corp_row") REFERENCES "public"."wecom_corps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_robots" ADD CONSTRAINT "wecom_robots_corp_row_wecom_corps_id_fk" FOREIGN KEY ("corp_row") REFERENCES "public"."wecom_corps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_apps_agent" ON "wecom_apps" USING btree ("corp_row","agent_id");--> statement-breakpoint
CREATE INDEX "wecom_robots_corp" ON "wecom_robots" USING btree ("corp_row");