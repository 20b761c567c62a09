CREATE TABLE "report_shows" (
	"session_id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"title" text NOT NULL,
	"phase" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"duration_ms" bigint,
	"paid_fen" bigint,
	"refunded_fen" bigint,
	"net_fen" bigint,
	"orders" bigint,
	"buyers" bigint,
	"per_order_fen" bigint,
	"gpm_fen" bigint,
	"watch_to_pay" double precision,
	"per_explain_minute_fen" bigint,
	"private_share" double precision,
	"first_hour_fen" bigint,
	"best_minute_fen" bigint,
	"best_minute_at" bigint,
	"viewers" bigint,
	"targets_set" integer NOT NULL,
	"targets_reached" integer NOT NULL,
	"targets_unknown" integer NOT NULL,
	"missing" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "report_shows_room_start" ON "report_shows" USING btree ("room_id","rehearsal","started_at");--> statement-breakpoint
-- The shows that there are already get their rows too: the followers go through all logs once more, and write what they wrote before.
DELETE FROM "follower_checkpoints";
