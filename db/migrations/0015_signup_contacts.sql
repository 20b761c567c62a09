CREATE TABLE "contact_marks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contact_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" text,
	"contact_id" text
);
--> statement-breakpoint
CREATE TABLE "person_contacts" (
	"person_id" text NOT NULL,
	"contact_id" text NOT NULL,
	CONSTRAINT "person_contacts_person_id_contact_id_pk" PRIMARY KEY("person_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "report_contact_counts" (
	"session_id" text NOT NULL,
	"kind" text NOT NULL,
	"hour" bigint NOT NULL,
	"key" text NOT NULL,
	"more" text NOT NULL,
	"signups" integer DEFAULT 0 NOT NULL,
	"invited" integer DEFAULT 0 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "report_contact_counts_session_id_kind_hour_key_more_pk" PRIMARY KEY("session_id","kind","hour","key","more")
);
--> statement-breakpoint
CREATE TABLE "report_signup_contacts" (
	"session_id" text NOT NULL,
	"n" integer NOT NULL,
	"person_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"member_id" text,
	"group_id" text,
	"signed_up_at" bigint NOT NULL,
	"via" text NOT NULL,
	"source_code" text NOT NULL,
	"counted" boolean NOT NULL,
	"waiting" boolean NOT NULL,
	CONSTRAINT "report_signup_contacts_session_id_n_pk" PRIMARY KEY("session_id","n")
);
--> statement-breakpoint
DROP INDEX "report_signups_to_greet";--> statement-breakpoint
CREATE INDEX "person_contacts_contact" ON "person_contacts" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "report_signup_contacts_person" ON "report_signup_contacts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "report_signup_contacts_at" ON "report_signup_contacts" USING btree ("session_id","signed_up_at") WHERE group_id is not null;--> statement-breakpoint
CREATE INDEX "report_signup_contacts_waiting" ON "report_signup_contacts" USING btree ("session_id","member_id","signed_up_at","person_id") WHERE waiting and member_id is not null;--> statement-breakpoint
CREATE INDEX "report_signups_to_greet_by_link" ON "report_signups" USING btree ("session_id",coalesce(via, ''),coalesce(lower(source_code), ''),"signed_up_at","person_id") WHERE greeted_at is null and state = 'standing';--> statement-breakpoint
CREATE INDEX "report_signups_to_greet" ON "report_signups" USING btree ("session_id","signed_up_at","person_id") WHERE greeted_at is null and state = 'standing';
--> statement-breakpoint
-- Marks are taken by whoever holds this lock alone. A sign-up is marked only where its person has a contact, and whoever is about to give them one could not see
-- the sign-up yet: so that one of the two sees the other, sign-ups are written under the lock, shared.
CREATE FUNCTION mark_signups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock_shared(hashtext('contact marks'));
	IF TG_OP = 'UPDATE' THEN
		INSERT INTO contact_marks (person_id)
		SELECT DISTINCT m.person_id FROM (
			(SELECT session_id, n, person_id, signed_up_at, via, source_code, standing, state, greeted_at IS NULL FROM changed
				EXCEPT SELECT session_id, n, person_id, signed_up_at, via, source_code, standing, state, greeted_at IS NULL FROM was)
			UNION ALL
			(SELECT session_id, n, person_id, signed_up_at, via, source_code, standing, state, greeted_at IS NULL FROM was
				EXCEPT SELECT session_id, n, person_id, signed_up_at, via, source_code, standing, state, greeted_at IS NULL FROM changed)) m
		WHERE EXISTS (SELECT FROM person_contacts c WHERE c.person_id = m.person_id);
	ELSE
		INSERT INTO contact_marks (person_id)
		SELECT DISTINCT m.person_id FROM changed m WHERE EXISTS (SELECT FROM person_contacts c WHERE c.person_id = m.person_id);
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_identity_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO contact_marks (person_id) SELECT value FROM changed WHERE kind = 'person';
	-- A customer who is not there yet is marked when they come.
	INSERT INTO contact_marks (contact_id) SELECT o.id FROM changed k
		JOIN wecom_contacts o ON o.corp_id = k.scope AND o.external_userid = k.value WHERE k.kind = 'externalUserid';
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO contact_marks (contact_id) SELECT id FROM changed;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		INSERT INTO contact_marks (contact_id) SELECT DISTINCT contact_id FROM (
			SELECT contact_id, member_id, since, removed_at FROM changed EXCEPT SELECT contact_id, member_id, since, removed_at FROM was) m;
	ELSE
		INSERT INTO contact_marks (contact_id) SELECT contact_id FROM changed;
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		INSERT INTO contact_marks (contact_id) SELECT DISTINCT who FROM (
			SELECT group_id, who, joined_at, left_at FROM changed EXCEPT SELECT group_id, who, joined_at, left_at FROM was) m WHERE who LIKE 'x\_%';
	ELSE
		INSERT INTO contact_marks (contact_id) SELECT who FROM changed WHERE who LIKE 'x\_%';
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "mark_signups_insert" AFTER INSERT ON "report_signups" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_signups();
--> statement-breakpoint
CREATE TRIGGER "mark_signups_update" AFTER UPDATE ON "report_signups" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_signups();
--> statement-breakpoint
CREATE TRIGGER "mark_signups_delete" AFTER DELETE ON "report_signups" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_signups();
--> statement-breakpoint
CREATE TRIGGER "mark_identity_keys_insert" AFTER INSERT ON "identity_keys" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_identity_keys();
--> statement-breakpoint
CREATE TRIGGER "mark_identity_keys_delete" AFTER DELETE ON "identity_keys" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_identity_keys();
--> statement-breakpoint
CREATE TRIGGER "mark_contacts_insert" AFTER INSERT ON "wecom_contacts" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_contacts();
--> statement-breakpoint
CREATE TRIGGER "mark_contacts_delete" AFTER DELETE ON "wecom_contacts" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_contacts();
--> statement-breakpoint
CREATE TRIGGER "mark_follows_insert" AFTER INSERT ON "wecom_follows" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_follows();
--> statement-breakpoint
CREATE TRIGGER "mark_follows_update" AFTER UPDATE ON "wecom_follows" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_follows();
--> statement-breakpoint
CREATE TRIGGER "mark_follows_delete" AFTER DELETE ON "wecom_follows" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_follows();
--> statement-breakpoint
CREATE TRIGGER "mark_stays_insert" AFTER INSERT ON "wecom_group_members" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_stays();
--> statement-breakpoint
CREATE TRIGGER "mark_stays_update" AFTER UPDATE ON "wecom_group_members" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_stays();
--> statement-breakpoint
CREATE TRIGGER "mark_stays_delete" AFTER DELETE ON "wecom_group_members" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_stays();
--> statement-breakpoint
INSERT INTO "person_contacts" (person_id, contact_id)
SELECT k.value, o.id FROM wecom_contacts o
	JOIN identity_keys x ON x.kind = 'externalUserid' AND x.scope = o.corp_id AND x.value = o.external_userid
	JOIN identity_keys k ON k.identity_id = x.identity_id AND k.kind = 'person' AND k.scope = '';
--> statement-breakpoint
-- Of a table just filled nothing is known: the next statement was planned to read all of it for each of its rows (added later: with 300,000 it did not end in ten minutes).
ANALYZE "person_contacts";
--> statement-breakpoint
INSERT INTO "report_signup_contacts" (session_id, n, person_id, contact_id, member_id, group_id, signed_up_at, via, source_code, counted, waiting)
SELECT s.session_id, s.n, s.person_id, f.contact_id, f.member_id, g.group_id, s.signed_up_at, coalesce(s.via, ''), coalesce(lower(s.source_code), ''),
	coalesce(s.standing = 'counts', false), s.state = 'standing' AND s.greeted_at IS NULL
FROM (SELECT DISTINCT person_id FROM person_contacts) p
	JOIN report_signups s ON s.person_id = p.person_id AND s.state <> 'merged'
	CROSS JOIN LATERAL (
		SELECT c.contact_id, f.member_id FROM person_contacts c
			LEFT JOIN wecom_follows f ON f.contact_id = c.contact_id AND f.removed_at IS NULL
		WHERE c.person_id = p.person_id ORDER BY f.since DESC NULLS LAST, c.contact_id, f.member_id LIMIT 1) f
	LEFT JOIN LATERAL (
		SELECT m.group_id FROM person_contacts c JOIN wecom_group_members m ON m.who = c.contact_id AND m.left_at IS NULL
		WHERE c.person_id = p.person_id ORDER BY m.joined_at, m.group_id LIMIT 1) g ON true;
--> statement-breakpoint
-- For what the next migration, in the same transaction, joins to it.
ANALYZE "report_signup_contacts";
--> statement-breakpoint
INSERT INTO "report_contact_counts" (session_id, kind, hour, key, more, signups, invited, waiting)
SELECT session_id, kind, hour, key, more, sum(signups), sum(invited), sum(waiting) FROM (
	SELECT session_id, 'source' AS kind, signed_up_at - signed_up_at % 3600000 AS hour, source_code AS key, '' AS more, 1 AS signups, counted::int AS invited, 0 AS waiting
	FROM report_signup_contacts WHERE group_id IS NOT NULL
	UNION ALL
	SELECT session_id, 'group', signed_up_at - signed_up_at % 3600000, group_id, via, 1, counted::int, 0 FROM report_signup_contacts WHERE group_id IS NOT NULL
	UNION ALL
	SELECT session_id, 'member', 0, member_id, '', 0, 0, 1 FROM report_signup_contacts WHERE member_id IS NOT NULL AND waiting
	UNION ALL
	SELECT session_id, 'link', 0, via, source_code, 0, 0, 1 FROM report_signup_contacts WHERE member_id IS NOT NULL AND waiting) parts
GROUP BY 1, 2, 3, 4, 5;
