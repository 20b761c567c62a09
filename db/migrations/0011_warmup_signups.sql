CREATE TABLE "report_inviters" (
	"session_id" text NOT NULL,
	"n" integer NOT NULL,
	"valid" integer NOT NULL,
	"held" integer NOT NULL,
	"count" integer NOT NULL,
	"reached" bigint NOT NULL,
	CONSTRAINT "report_inviters_session_id_n_pk" PRIMARY KEY("session_id","n")
);
--> statement-breakpoint
CREATE TABLE "report_signup_rules" (
	"session_id" text PRIMARY KEY NOT NULL,
	"salt" text,
	"touch_window_ms" bigint NOT NULL,
	"leave_within_ms" bigint NOT NULL,
	"metric" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_signups" (
	"session_id" text NOT NULL,
	"n" integer NOT NULL,
	"person_id" text NOT NULL,
	"signed_up_at" bigint NOT NULL,
	"state" text NOT NULL,
	"state_at" bigint NOT NULL,
	"via" text,
	"source_code" text,
	"remind_by" text[] NOT NULL,
	"watched_at" bigint,
	"greeted_at" bigint,
	"greeted_by" text,
	"inviter_n" integer,
	"standing" text,
	"why" text,
	"suspicions" jsonb,
	"depth" integer,
	"decided_at" bigint,
	"decided_by" text,
	"note" text,
	CONSTRAINT "report_signups_session_id_n_pk" PRIMARY KEY("session_id","n")
);
--> statement-breakpoint
CREATE TABLE "report_sources" (
	"session_id" text NOT NULL,
	"source_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"owner_id" text,
	"wecom_code_id" text,
	CONSTRAINT "report_sources_session_id_source_id_pk" PRIMARY KEY("session_id","source_id")
);
--> statement-breakpoint
CREATE TABLE "contact_greetings" (
	"session_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "contact_greetings_session_id_contact_id_pk" PRIMARY KEY("session_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "first_touches" (
	"session_id" text NOT NULL,
	"who" text NOT NULL,
	"inviter_code" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "first_touches_session_id_who_pk" PRIMARY KEY("session_id","who")
);
--> statement-breakpoint
CREATE INDEX "report_inviters_board" ON "report_inviters" USING btree ("session_id","count" DESC NULLS LAST,"reached","n");--> statement-breakpoint
CREATE INDEX "report_signups_person" ON "report_signups" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "report_signups_inviter" ON "report_signups" USING btree ("session_id","inviter_n") WHERE inviter_n is not null;--> statement-breakpoint
CREATE INDEX "report_signups_held" ON "report_signups" USING btree ("session_id","n") WHERE standing = 'held';--> statement-breakpoint
CREATE INDEX "report_signups_to_greet" ON "report_signups" USING btree ("session_id","n") WHERE greeted_at is null and state = 'standing';--> statement-breakpoint
CREATE INDEX "report_sources_wecom_code" ON "report_sources" USING btree ("wecom_code_id") WHERE wecom_code_id is not null;--> statement-breakpoint
CREATE INDEX "contact_greetings_contact" ON "contact_greetings" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "first_touches_who" ON "first_touches" USING btree ("who");