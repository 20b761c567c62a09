CREATE TABLE "report_signup_counts" (
	"session_id" text NOT NULL,
	"minute" bigint NOT NULL,
	"via" text NOT NULL,
	"source_code" text NOT NULL,
	"signups" integer DEFAULT 0 NOT NULL,
	"standing" integer DEFAULT 0 NOT NULL,
	"invited" integer DEFAULT 0 NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"watched" integer DEFAULT 0 NOT NULL,
	"greeted" integer DEFAULT 0 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"friends" integer DEFAULT 0 NOT NULL,
	"merged" integer DEFAULT 0 NOT NULL,
	"gone" integer DEFAULT 0 NOT NULL,
	"seen" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "report_signup_counts_session_id_minute_via_source_code_pk" PRIMARY KEY("session_id","minute","via","source_code")
);
--> statement-breakpoint
WITH own AS (
	SELECT s.session_id, s.n, s.signed_up_at, coalesce(s.via, '') AS via, coalesce(lower(s.source_code), '') AS source_code, s.state, s.state_at,
		s.watched_at, (s.greeted_at IS NOT NULL)::int AS greeted, s.inviter_n, coalesce(s.standing, '') AS invite FROM report_signups s),
parts AS (
	SELECT session_id, signed_up_at AS at, via, source_code, 1 AS signups, (state = 'standing')::int AS standing, (invite = 'counts')::int AS invited,
		(invite = 'held')::int AS held, (watched_at IS NOT NULL)::int AS watched, greeted, (state = 'standing')::int * (1 - greeted) AS waiting,
		0 AS friends, 0 AS merged, 0 AS gone, 0 AS seen FROM own WHERE state <> 'merged'
	UNION ALL
	SELECT session_id, signed_up_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0 FROM own WHERE state = 'merged'
	UNION ALL
	SELECT session_id, state_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 FROM own WHERE state IN ('cancelled', 'left')
	UNION ALL
	SELECT session_id, watched_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM own WHERE watched_at IS NOT NULL
	UNION ALL
	SELECT i.session_id, i.signed_up_at, i.via, i.source_code, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0 FROM own o
		JOIN own i ON i.session_id = o.session_id AND i.n = o.inviter_n WHERE o.invite = 'counts' AND o.state <> 'merged')
INSERT INTO "report_signup_counts" (session_id, minute, via, source_code, signups, standing, invited, held, watched, greeted, waiting, friends, merged, gone, seen)
SELECT session_id, at - at % 60000, via, source_code, sum(signups), sum(standing), sum(invited), sum(held), sum(watched), sum(greeted), sum(waiting),
	sum(friends), sum(merged), sum(gone), sum(seen) FROM parts GROUP BY 1, 2, 3, 4;
