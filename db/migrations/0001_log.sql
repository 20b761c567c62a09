CREATE TABLE "session_events" (
	"session_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"type" text NOT NULL,
	"by" text NOT NULL,
	"command_id" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "session_events_session_id_seq_pk" PRIMARY KEY("session_id","seq")
);
--> statement-breakpoint
CREATE TABLE "session_owners" (
	"session_id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"address" text NOT NULL,
	"epoch" bigint NOT NULL,
	"until" timestamp with time zone,
	"due_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "session_snapshots" (
	"session_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"part" integer NOT NULL,
	"parts" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"digest" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_snapshots_session_id_seq_part_pk" PRIMARY KEY("session_id","seq","part")
);
