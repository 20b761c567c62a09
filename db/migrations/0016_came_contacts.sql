CREATE TABLE "report_came_contacts" (
	"session_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"member_id" text,
	"since" bigint NOT NULL,
	"code_id" text NOT NULL,
	"source_code" text NOT NULL,
	CONSTRAINT "report_came_contacts_session_id_contact_id_pk" PRIMARY KEY("session_id","contact_id")
);
--> statement-breakpoint
DROP INDEX "report_signups_to_greet_by_link";--> statement-breakpoint
ALTER TABLE "report_signups" ADD COLUMN "is_contact" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "report_came_contacts_contact" ON "report_came_contacts" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "report_came_contacts_since" ON "report_came_contacts" USING btree ("session_id","since","contact_id");--> statement-breakpoint
CREATE INDEX "report_came_contacts_member" ON "report_came_contacts" USING btree ("session_id","member_id","since","contact_id");--> statement-breakpoint
CREATE INDEX "report_signups_to_greet_by_link" ON "report_signups" USING btree ("session_id",coalesce(via, ''),coalesce(lower(source_code), ''),"signed_up_at","person_id") WHERE greeted_at is null and state = 'standing' and not is_contact;
--> statement-breakpoint
-- Before any row is locked: whoever takes the marks writes sign-ups too, and neither may wait for the other with a row in hand.
CREATE FUNCTION hold_contact_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock_shared(hashtext('contact marks'));
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "report_signups_hold_marks" BEFORE INSERT OR UPDATE OR DELETE ON "report_signups" FOR EACH STATEMENT EXECUTE FUNCTION hold_contact_marks();
--> statement-breakpoint
CREATE TRIGGER "report_sources_hold_marks" BEFORE INSERT OR UPDATE OR DELETE ON "report_sources" FOR EACH STATEMENT EXECUTE FUNCTION hold_contact_marks();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION mark_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		INSERT INTO contact_marks (contact_id) SELECT DISTINCT contact_id FROM (
			SELECT contact_id, member_id, since, removed_at, code_id FROM changed
			EXCEPT SELECT contact_id, member_id, since, removed_at, code_id FROM was) m;
	ELSE
		INSERT INTO contact_marks (contact_id) SELECT contact_id FROM changed;
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION mark_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		INSERT INTO contact_marks (contact_id) SELECT DISTINCT who FROM (
			SELECT group_id, who, joined_at, left_at, code_id FROM changed
			EXCEPT SELECT group_id, who, joined_at, left_at, code_id FROM was) m WHERE who LIKE 'x\_%';
	ELSE
		INSERT INTO contact_marks (contact_id) SELECT who FROM changed WHERE who LIKE 'x\_%';
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION mark_group_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO contact_marks (contact_id) SELECT DISTINCT m.who FROM (
		SELECT id, owner_id FROM changed EXCEPT SELECT id, owner_id FROM was) g
		JOIN wecom_group_members m ON m.group_id = g.id AND m.customer AND m.left_at IS NULL AND m.code_id IS NOT NULL;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "mark_group_owners_update" AFTER UPDATE ON "wecom_groups" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_group_owners();
--> statement-breakpoint
CREATE FUNCTION mark_sources() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE codes text[];
BEGIN
	IF TG_OP = 'UPDATE' THEN
		codes := ARRAY(SELECT DISTINCT wecom_code_id FROM (
			(SELECT session_id, code, owner_id, wecom_code_id FROM changed EXCEPT SELECT session_id, code, owner_id, wecom_code_id FROM was)
			UNION ALL
			(SELECT session_id, code, owner_id, wecom_code_id FROM was EXCEPT SELECT session_id, code, owner_id, wecom_code_id FROM changed)) m
			WHERE wecom_code_id IS NOT NULL);
	ELSE
		codes := ARRAY(SELECT DISTINCT wecom_code_id FROM changed WHERE wecom_code_id IS NOT NULL);
	END IF;
	INSERT INTO contact_marks (contact_id)
	SELECT contact_id FROM wecom_follows WHERE code_id = ANY (codes)
	UNION SELECT who FROM wecom_group_members WHERE code_id = ANY (codes) AND customer;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "mark_sources_insert" AFTER INSERT ON "report_sources" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_sources();
--> statement-breakpoint
CREATE TRIGGER "mark_sources_update" AFTER UPDATE ON "report_sources" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_sources();
--> statement-breakpoint
CREATE TRIGGER "mark_sources_delete" AFTER DELETE ON "report_sources" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_sources();
--> statement-breakpoint
UPDATE "report_signups" s SET is_contact = true FROM report_signup_contacts c
WHERE c.session_id = s.session_id AND c.n = s.n AND c.member_id IS NOT NULL;
--> statement-breakpoint
INSERT INTO "report_came_contacts" (session_id, contact_id, member_id, since, code_id, source_code)
SELECT DISTINCT ON (r.session_id, e.contact_id) r.session_id, e.contact_id, coalesce(e.member_id, r.owner_id), e.since, e.code_id, r.code FROM (
	SELECT contact_id, member_id, since, code_id FROM wecom_follows WHERE removed_at IS NULL AND code_id IS NOT NULL
	UNION ALL
	SELECT m.who, g.owner_id, m.joined_at, m.code_id FROM wecom_group_members m JOIN wecom_groups g ON g.id = m.group_id
	WHERE m.left_at IS NULL AND m.customer AND m.code_id IS NOT NULL) e
	JOIN report_sources r ON r.wecom_code_id = e.code_id
WHERE NOT EXISTS (
	SELECT FROM person_contacts p JOIN report_signups s ON s.person_id = p.person_id AND s.session_id = r.session_id
	WHERE p.contact_id = e.contact_id)
ORDER BY r.session_id, e.contact_id, e.since, r.source_id;
