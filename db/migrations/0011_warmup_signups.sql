CREATE TABLE "report_inviters" (
	"session_id" text NOT NULL,
	"person_id" text NOT NULL,
	"valid" integer NOT NULL,
	"held" integer NOT NULL,
	"watched" integer NOT NULL,
	"claimed" integer NOT NULL,
	"paid" integer NOT NULL,
	"count" integer NOT NULL,
	"reached_at" bigint NOT NULL,
	"reached_seq" bigint NOT NULL,
	"disqualified" boolean NOT NULL,
	"disqualified_at" bigint,
	"disqualified_by" text,
	"reason" text,
	"appeal" text,
	CONSTRAINT "report_inviters_session_id_person_id_pk" PRIMARY KEY("session_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "report_invites" (
	"session_id" text NOT NULL,
	"person_id" text NOT NULL,
	"inviter_id" text NOT NULL,
	"at" bigint NOT NULL,
	"standing" text NOT NULL,
	"why" text,
	"suspicions" jsonb NOT NULL,
	"decided_at" bigint,
	"decided_by" text,
	"note" text,
	CONSTRAINT "report_invites_session_id_person_id_pk" PRIMARY KEY("session_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "report_signup_rules" (
	"session_id" text PRIMARY KEY NOT NULL,
	"salt" text,
	"touch_window_ms" bigint NOT NULL,
	"leave_within_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_signups" (
	"session_id" text NOT NULL,
	"person_id" text NOT NULL,
	"n" integer NOT NULL,
	"signed_up_at" bigint NOT NULL,
	"state" text NOT NULL,
	"state_at" bigint NOT NULL,
	"via" text,
	"source_code" text,
	"remind_by" text[] NOT NULL,
	"watched_at" bigint,
	"greeted_at" bigint,
	"greeted_by" text,
	CONSTRAINT "report_signups_session_id_person_id_pk" PRIMARY KEY("session_id","person_id")
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
CREATE INDEX "report_inviters_board" ON "report_inviters" USING btree ("session_id","count","reached_seq");--> statement-breakpoint
CREATE INDEX "report_invites_inviter" ON "report_invites" USING btree ("session_id","inviter_id");--> statement-breakpoint
CREATE INDEX "report_invites_held" ON "report_invites" USING btree ("session_id","at") WHERE standing = 'held';--> statement-breakpoint
CREATE INDEX "report_signups_n" ON "report_signups" USING btree ("session_id","n");--> statement-breakpoint
CREATE INDEX "report_signups_person" ON "report_signups" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "contact_greetings_contact" ON "contact_greetings" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "first_touches_who" ON "first_touches" USING btree ("who");