CREATE TABLE "follower_checkpoints" (
	"follower" text NOT NULL,
	"session_id" text NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "follower_checkpoints_follower_session_id_pk" PRIMARY KEY("follower","session_id")
);
--> statement-breakpoint
CREATE TABLE "report_claims" (
	"session_id" text NOT NULL,
	"claim_id" text NOT NULL,
	"coupon_id" text NOT NULL,
	"person_id" text NOT NULL,
	"code" text NOT NULL,
	"state" text NOT NULL,
	"claimed_at" bigint NOT NULL,
	"redeemed_at" bigint,
	CONSTRAINT "report_claims_session_id_claim_id_pk" PRIMARY KEY("session_id","claim_id")
);
--> statement-breakpoint
CREATE TABLE "report_orders" (
	"session_id" text NOT NULL,
	"order_id" text NOT NULL,
	"status" text NOT NULL,
	"placed_at" bigint,
	"paid_at" bigint,
	"cancelled_at" bigint,
	"person_id" text,
	"buyer" text NOT NULL,
	"traffic" text NOT NULL,
	"entry" text NOT NULL,
	"paid_fen" bigint NOT NULL,
	"discount_fen" bigint NOT NULL,
	"freight_fen" bigint NOT NULL,
	"refunded_fen" bigint NOT NULL,
	"units" integer NOT NULL,
	"lines" jsonb NOT NULL,
	"refunds" jsonb NOT NULL,
	"coupon_codes" jsonb NOT NULL,
	CONSTRAINT "report_orders_session_id_order_id_pk" PRIMARY KEY("session_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "report_winners" (
	"session_id" text NOT NULL,
	"lottery_id" text NOT NULL,
	"position" integer NOT NULL,
	"lottery_title" text NOT NULL,
	"prize_name" text NOT NULL,
	"person_id" text,
	"label" text NOT NULL,
	"state" text NOT NULL,
	"drawn_at" bigint NOT NULL,
	CONSTRAINT "report_winners_session_id_lottery_id_position_pk" PRIMARY KEY("session_id","lottery_id","position")
);
--> statement-breakpoint
CREATE INDEX "report_orders_placed" ON "report_orders" USING btree ("session_id","placed_at");