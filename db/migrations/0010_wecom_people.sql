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
	"scene" integer,
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
	"status" integer DEFAULT 0 NOT NULL,
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
CREATE TABLE "wecom_internal_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"name" text NOT NULL,
	"robot_ids" text[] DEFAULT '{}' NOT NULL,
	"created_at" bigint NOT NULL
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
CREATE UNIQUE INDEX "wecom_codes_state" ON "wecom_codes" USING btree ("corp_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_codes_config" ON "wecom_codes" USING btree ("corp_id","config_id") WHERE config_id is not null;--> statement-breakpoint
CREATE INDEX "wecom_codes_corp" ON "wecom_codes" USING btree ("corp_id","kind","created_at");--> statement-breakpoint
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
CREATE INDEX "wecom_room_corp_corp" ON "wecom_room_corp" USING btree ("corp_id");