CREATE TABLE "media" (
	"key" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wecom_callbacks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wecom_callbacks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"app_key" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"name" text NOT NULL,
	"object" text NOT NULL,
	"happened_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"raw" text NOT NULL,
	"message" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"worker" text,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	"outcome" text,
	"welcome" text,
	"welcome_until" bigint,
	"welcome_lease_until" bigint DEFAULT 0 NOT NULL,
	"welcome_reason" text
);
--> statement-breakpoint
CREATE TABLE "wecom_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"config_id" text,
	"status" text NOT NULL,
	"failure" jsonb,
	"name" text NOT NULL,
	"channel" text DEFAULT '' NOT NULL,
	"target_ids" text[] NOT NULL,
	"auto_create" boolean DEFAULT false NOT NULL,
	"room_base_name" text,
	"room_base_id" integer,
	"skip_verify" boolean DEFAULT true NOT NULL,
	"tag_ids" text[] DEFAULT '{}' NOT NULL,
	"welcome" jsonb,
	"qr_url" text,
	"qr_picture" "bytea",
	"qr_media_type" text,
	"pending" boolean DEFAULT false NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"deleted_at" bigint
);
--> statement-breakpoint
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
	"callback_verified_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "wecom_apps_app_key_unique" UNIQUE("app_key")
);
--> statement-breakpoint
CREATE TABLE "wecom_corps" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"name" text NOT NULL,
	"quota_rule" text DEFAULT 'daysOfMonth' NOT NULL,
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
CREATE TABLE "identity_facts" (
	"id" text PRIMARY KEY NOT NULL,
	"a" text NOT NULL,
	"b" text NOT NULL,
	"evidence" text NOT NULL,
	"at" bigint NOT NULL,
	"state" text NOT NULL,
	"conflict" jsonb,
	"undone_at" bigint,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "identity_keys" (
	"identity_id" text NOT NULL,
	"kind" text NOT NULL,
	"scope" text NOT NULL,
	"value" text NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "identity_keys_kind_scope_value_pk" PRIMARY KEY("kind","scope","value")
);
--> statement-breakpoint
CREATE TABLE "wecom_contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"external_userid" text NOT NULL,
	"unionid" text,
	"name" text,
	"type" integer,
	"first_at" bigint,
	"add_way" integer,
	"channels_name" text,
	"channels_source" integer,
	"first_code_id" text,
	"first_seen_at" bigint NOT NULL,
	"read_at" bigint
);
--> statement-breakpoint
CREATE TABLE "wecom_follows" (
	"contact_id" text NOT NULL,
	"member_id" text NOT NULL,
	"since" bigint NOT NULL,
	"add_way" integer,
	"state" text,
	"code_id" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"half" boolean DEFAULT false NOT NULL,
	"read_at" bigint,
	"removed_at" bigint,
	"removed_by" text,
	CONSTRAINT "wecom_follows_contact_id_member_id_pk" PRIMARY KEY("contact_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "wecom_group_members" (
	"group_id" text NOT NULL,
	"who" text NOT NULL,
	"customer" boolean NOT NULL,
	"joined_at" bigint NOT NULL,
	"scene" text NOT NULL,
	"invitor_id" text,
	"state" text,
	"code_id" text,
	"left_at" bigint,
	CONSTRAINT "wecom_group_members_group_id_who_joined_at_pk" PRIMARY KEY("group_id","who","joined_at")
);
--> statement-breakpoint
CREATE TABLE "wecom_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"owner_id" text,
	"purpose" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"size" integer,
	"customers" integer,
	"member_version" text,
	"status" text DEFAULT 'normal' NOT NULL,
	"created_at" bigint,
	"first_seen_at" bigint NOT NULL,
	"listed_at" bigint,
	"read_at" bigint,
	"read_from" bigint,
	"changed_at" bigint,
	"awaited_version" text,
	"read_tries" integer DEFAULT 0 NOT NULL,
	"read_failure" text,
	"dismissed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "wecom_members" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"userid" text NOT NULL,
	"name" text,
	"active" boolean NOT NULL,
	"customer_count" integer,
	"first_seen_at" bigint NOT NULL,
	"listed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "wecom_room_corp" (
	"room_id" text NOT NULL,
	"use" text NOT NULL,
	"corp_id" text NOT NULL,
	"by" text NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "wecom_room_corp_room_id_use_pk" PRIMARY KEY("room_id","use")
);
--> statement-breakpoint
CREATE TABLE "wecom_sync" (
	"corp_id" text NOT NULL,
	"part" text NOT NULL,
	"state" text NOT NULL,
	"cursor" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"started_at" bigint NOT NULL,
	"moved_at" bigint NOT NULL,
	"ended_at" bigint,
	"worker" text,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	"failure" jsonb,
	CONSTRAINT "wecom_sync_corp_id_part_pk" PRIMARY KEY("corp_id","part")
);
--> statement-breakpoint
CREATE TABLE "wecom_tags" (
	"corp_id" text NOT NULL,
	"tag_id" text NOT NULL,
	"name" text NOT NULL,
	"group_name" text NOT NULL,
	"position" integer NOT NULL,
	"read_at" bigint NOT NULL,
	CONSTRAINT "wecom_tags_corp_id_tag_id_pk" PRIMARY KEY("corp_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "push_targets" (
	"session_id" text NOT NULL,
	"task_id" text NOT NULL,
	"target_id" text NOT NULL,
	"push_id" text NOT NULL,
	"over" boolean NOT NULL,
	"status" text,
	"status_at" bigint,
	"ticked_at" bigint,
	"ticked_by" text,
	CONSTRAINT "push_targets_session_id_task_id_target_id_pk" PRIMARY KEY("session_id","task_id","target_id")
);
--> statement-breakpoint
CREATE TABLE "push_tasks" (
	"session_id" text NOT NULL,
	"push_id" text NOT NULL,
	"task_id" text NOT NULL,
	"role" text NOT NULL,
	"round" integer NOT NULL,
	"staff_id" text,
	"robot_id" text,
	"state" text NOT NULL,
	"msgid" text,
	"errcode" integer,
	"targets" integer NOT NULL,
	"over" integer NOT NULL,
	"sent" integer NOT NULL,
	"unsent" integer NOT NULL,
	"ticks" integer NOT NULL,
	"opens" integer NOT NULL,
	"reminders" integer NOT NULL,
	"pressed_at" bigint,
	CONSTRAINT "push_tasks_session_id_task_id_pk" PRIMARY KEY("session_id","task_id")
);
--> statement-breakpoint
CREATE TABLE "report_pushes" (
	"session_id" text NOT NULL,
	"push_id" text NOT NULL,
	"room_id" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"corp_id" text,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"held_reason" text,
	"send_at" bigint,
	"handed_over_at" bigint,
	"expires_at" bigint,
	"went_out_at" bigint,
	"targets" integer NOT NULL,
	"over" integer NOT NULL,
	"sent" integer NOT NULL,
	"unsent" integer NOT NULL,
	"not_friend" integer NOT NULL,
	"over_quota" integer NOT NULL,
	"invalid" integer NOT NULL,
	"ticks" integer NOT NULL,
	"opens" integer NOT NULL,
	"tasks" jsonb NOT NULL,
	"active" boolean NOT NULL,
	CONSTRAINT "report_pushes_session_id_push_id_pk" PRIMARY KEY("session_id","push_id")
);
--> statement-breakpoint
CREATE TABLE "wecom_member_people" (
	"member_id" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"asked_at" bigint,
	"mapped_by" text,
	"mapped_at" bigint
);
--> statement-breakpoint
ALTER TABLE "room_lessons" ADD COLUMN "rehearsal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "room_lessons" SET "rehearsal" = "shows"."rehearsal" FROM "shows" WHERE "shows"."id" = "room_lessons"."session_id";--> statement-breakpoint
ALTER TABLE "wecom_apps" ADD CONSTRAINT "wecom_apps_corp_row_wecom_corps_id_fk" FOREIGN KEY ("corp_row") REFERENCES "public"."wecom_corps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_robots" ADD CONSTRAINT "wecom_robots_corp_row_wecom_corps_id_fk" FOREIGN KEY ("corp_row") REFERENCES "public"."wecom_corps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_member_people" ADD CONSTRAINT "wecom_member_people_member_id_wecom_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."wecom_members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_member_people" ADD CONSTRAINT "wecom_member_people_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_room" ON "media" USING btree ("room_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_callbacks_once" ON "wecom_callbacks" USING btree ("app_key","dedupe_key");--> statement-breakpoint
CREATE INDEX "wecom_callbacks_received" ON "wecom_callbacks" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "wecom_callbacks_waiting" ON "wecom_callbacks" USING btree ("app_key","object") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "wecom_callbacks_welcome" ON "wecom_callbacks" USING btree ("id") WHERE welcome = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_codes_state" ON "wecom_codes" USING btree ("corp_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_codes_config" ON "wecom_codes" USING btree ("corp_id","config_id") WHERE config_id is not null;--> statement-breakpoint
CREATE INDEX "wecom_codes_corp" ON "wecom_codes" USING btree ("corp_id","kind","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_apps_agent" ON "wecom_apps" USING btree ("corp_row","agent_id");--> statement-breakpoint
CREATE INDEX "wecom_robots_corp" ON "wecom_robots" USING btree ("corp_row");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_facts_once" ON "identity_facts" USING btree ("a","b","evidence");--> statement-breakpoint
CREATE INDEX "identity_facts_b" ON "identity_facts" USING btree ("b");--> statement-breakpoint
CREATE INDEX "identity_facts_state" ON "identity_facts" USING btree ("state","at");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_keys_one_of_a_kind" ON "identity_keys" USING btree ("identity_id","kind","scope");--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_contacts_external" ON "wecom_contacts" USING btree ("corp_id","external_userid");--> statement-breakpoint
CREATE INDEX "wecom_contacts_unionid" ON "wecom_contacts" USING btree ("unionid") WHERE unionid is not null;--> statement-breakpoint
CREATE INDEX "wecom_contacts_first_code" ON "wecom_contacts" USING btree ("first_code_id") WHERE first_code_id is not null;--> statement-breakpoint
CREATE INDEX "wecom_follows_member" ON "wecom_follows" USING btree ("member_id","contact_id");--> statement-breakpoint
CREATE INDEX "wecom_follows_tags" ON "wecom_follows" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "wecom_follows_code" ON "wecom_follows" USING btree ("code_id") WHERE code_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_group_members_in" ON "wecom_group_members" USING btree ("group_id","who") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "wecom_group_members_who" ON "wecom_group_members" USING btree ("who");--> statement-breakpoint
CREATE INDEX "wecom_group_members_joined" ON "wecom_group_members" USING btree ("group_id","joined_at");--> statement-breakpoint
CREATE INDEX "wecom_group_members_code" ON "wecom_group_members" USING btree ("code_id") WHERE code_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_groups_chat" ON "wecom_groups" USING btree ("corp_id","chat_id");--> statement-breakpoint
CREATE INDEX "wecom_groups_owner" ON "wecom_groups" USING btree ("corp_id","owner_id");--> statement-breakpoint
CREATE INDEX "wecom_groups_due" ON "wecom_groups" USING btree ("corp_id","read_from") WHERE read_from is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_members_userid" ON "wecom_members" USING btree ("corp_id","userid");--> statement-breakpoint
CREATE INDEX "wecom_room_corp_corp" ON "wecom_room_corp" USING btree ("corp_id");--> statement-breakpoint
CREATE INDEX "push_targets_target" ON "push_targets" USING btree ("target_id");--> statement-breakpoint
CREATE INDEX "push_targets_push" ON "push_targets" USING btree ("session_id","push_id");--> statement-breakpoint
CREATE INDEX "push_tasks_push" ON "push_tasks" USING btree ("session_id","push_id");--> statement-breakpoint
CREATE INDEX "push_tasks_code" ON "push_tasks" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "push_tasks_staff" ON "push_tasks" USING btree ("staff_id","state");--> statement-breakpoint
CREATE INDEX "report_pushes_active" ON "report_pushes" USING btree ("active","session_id");--> statement-breakpoint
CREATE INDEX "report_pushes_room_time" ON "report_pushes" USING btree ("room_id","send_at");--> statement-breakpoint
CREATE INDEX "wecom_member_people_person" ON "wecom_member_people" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "report_orders_person" ON "report_orders" USING btree ("person_id");