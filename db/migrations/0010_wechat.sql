CREATE TABLE "link_domains" (
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"position" integer NOT NULL,
	"blocked" boolean DEFAULT false NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"checked_at" bigint,
	"ok_at" bigint,
	"failing_since" bigint,
	"next_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "link_domains_origin_unique" UNIQUE("origin")
);
--> statement-breakpoint
CREATE TABLE "person_pictures" (
	"person_id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "show_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "show_codes_session_id_unique" UNIQUE("session_id")
);
--> statement-breakpoint
CREATE TABLE "wechat_apps" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"app_id" text NOT NULL,
	"name" text NOT NULL,
	"secret_sealed" text,
	"secret_at" bigint,
	"room_ids" jsonb,
	"verify_file" text,
	"reserve_path" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "wechat_apps_app_id_unique" UNIQUE("app_id")
);
--> statement-breakpoint
CREATE TABLE "wechat_url_links" (
	"app_id" text NOT NULL,
	"target" text NOT NULL,
	"url" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"made_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "link_domains_next" ON "link_domains" USING btree ("next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "wechat_url_links_target" ON "wechat_url_links" USING btree ("app_id","target");