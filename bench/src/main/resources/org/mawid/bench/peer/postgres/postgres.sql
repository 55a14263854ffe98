-- The same work in PostgreSQL: one row a slot, taken by one atomic UPDATE, so that clients wait for each other only where they want the
-- same slot. Answers are numbers: above 0 the visit; -1 no room, -2 not validated, -3 unknown, -4 ended. Each is remembered by its
-- request id. What is locked is locked in the order of its place, so that calls of many steps do not wait for each other in a ring.

CREATE TABLE slot (
    post     int      NOT NULL,
    date     int      NOT NULL,
    slot     smallint NOT NULL,
    capacity smallint NOT NULL,
    taken    smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (post, date, slot),
    CHECK (taken BETWEEN 0 AND capacity)
) WITH (fillfactor = 60); -- no index on taken, and room in the page: updates stay in it

CREATE TABLE application (
    id        bigint  PRIMARY KEY,
    validated boolean NOT NULL
);

CREATE SEQUENCE visit_id CACHE 100;
CREATE TABLE visit (
    id          bigint      PRIMARY KEY DEFAULT nextval('visit_id'),
    application bigint      NOT NULL,
    until       timestamptz NOT NULL,
    post        int         NOT NULL,
    date        int         NOT NULL,
    start       smallint    NOT NULL,
    units       smallint    NOT NULL,
    state       smallint    NOT NULL DEFAULT 1 -- 1 held, 2 confirmed, 3 given back, 4 expired
) WITH (fillfactor = 80);
CREATE INDEX held_until ON visit (until) WHERE state = 1;

CREATE TABLE request (
    hi     bigint NOT NULL,
    lo     bigint NOT NULL,
    answer bigint NOT NULL,
    PRIMARY KEY (hi, lo)
);

-- Keeps consecutive slots until a deadline.
CREATE FUNCTION hold(p_hi bigint, p_lo bigint, p_application bigint, p_post int, p_date int, p_start smallint, p_units smallint, p_ttl_ms int)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_answer bigint;
    v_taken  smallint[];
BEGIN
    SELECT answer INTO v_answer FROM request WHERE hi = p_hi AND lo = p_lo;
    IF FOUND THEN
        RETURN v_answer;
    END IF;
    PERFORM FROM application WHERE id = p_application AND validated;
    IF NOT FOUND THEN
        v_answer := -2;
    ELSE
        WITH took AS (
            UPDATE slot SET taken = taken + 1
            WHERE post = p_post AND date = p_date AND slot >= p_start AND slot < p_start + p_units AND taken < capacity
            RETURNING slot
        )
        SELECT array_agg(took.slot) INTO v_taken FROM took;
        IF cardinality(v_taken) = p_units THEN
            INSERT INTO visit (application, until, post, date, start, units)
            VALUES (p_application, now() + p_ttl_ms * interval '1 ms', p_post, p_date, p_start, p_units)
            RETURNING id INTO v_answer;
        ELSE
            UPDATE slot SET taken = taken - 1 WHERE post = p_post AND date = p_date AND slot = ANY (v_taken);
            v_answer := -1;
        END IF;
    END IF;
    INSERT INTO request VALUES (p_hi, p_lo, v_answer);
    RETURN v_answer;
END $$;

-- Makes a hold an appointment.
CREATE FUNCTION confirm(p_hi bigint, p_lo bigint, p_visit bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_answer bigint;
BEGIN
    SELECT answer INTO v_answer FROM request WHERE hi = p_hi AND lo = p_lo;
    IF FOUND THEN
        RETURN v_answer;
    END IF;
    UPDATE visit SET state = 2 WHERE id = p_visit AND state = 1 AND until > now() RETURNING id INTO v_answer;
    IF NOT FOUND THEN
        v_answer := CASE WHEN EXISTS (SELECT FROM visit WHERE id = p_visit) THEN -4 ELSE -3 END;
    END IF;
    INSERT INTO request VALUES (p_hi, p_lo, v_answer);
    RETURN v_answer;
END $$;

-- Gives back what is in that state: 1 a hold, 2 an appointment.
CREATE FUNCTION give_back(p_hi bigint, p_lo bigint, p_visit bigint, p_state smallint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_answer bigint;
    v_post   int;
    v_date   int;
    v_start  smallint;
    v_units  smallint;
BEGIN
    SELECT answer INTO v_answer FROM request WHERE hi = p_hi AND lo = p_lo;
    IF FOUND THEN
        RETURN v_answer;
    END IF;
    UPDATE visit SET state = 3 WHERE id = p_visit AND state = p_state AND (p_state = 2 OR until > now())
    RETURNING id, post, date, start, units INTO v_answer, v_post, v_date, v_start, v_units;
    IF FOUND THEN
        UPDATE slot SET taken = taken - 1 WHERE post = v_post AND date = v_date AND slot >= v_start AND slot < v_start + v_units;
    ELSE
        v_answer := CASE WHEN EXISTS (SELECT FROM visit WHERE id = p_visit) THEN -4 ELSE -3 END;
    END IF;
    INSERT INTO request VALUES (p_hi, p_lo, v_answer);
    RETURN v_answer;
END $$;

-- Many steps one after the other. Kinds: 1 hold, 2 confirm, 3 cancel, 4 release; a subject is an application where the kind is 1, else a visit.
CREATE FUNCTION one_by_one(p_hi bigint, p_kinds smallint[], p_los bigint[], p_subjects bigint[], p_posts int[], p_dates int[], p_starts smallint[], p_units smallint[], p_ttl_ms int)
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    v_answers bigint[] := array_fill(0::bigint, ARRAY[cardinality(p_kinds)]);
    v_step    record;
BEGIN
    -- First all that may be wanted, in order: a slot that is full now would else be locked after others, when a step before has made room.
    PERFORM FROM (
        SELECT DISTINCT step.post, step.date, (step.start + following)::smallint AS slot
        FROM unnest(p_posts, p_dates, p_starts, p_units) AS step (post, date, start, units)
        CROSS JOIN LATERAL generate_series(0, step.units - 1) AS following
    ) AS place JOIN slot USING (post, date, slot) ORDER BY slot.post, slot.date, slot.slot FOR NO KEY UPDATE OF slot;
    FOR v_step IN
        SELECT * FROM unnest(p_kinds, p_los, p_subjects, p_posts, p_dates, p_starts, p_units) WITH ORDINALITY
            AS step (kind, lo, subject, post, date, start, units, number)
        ORDER BY step.post, step.date, step.start
    LOOP
        IF v_step.kind = 1 THEN
            v_answers[v_step.number] := hold(p_hi, v_step.lo, v_step.subject, v_step.post, v_step.date, v_step.start, v_step.units, p_ttl_ms);
        ELSIF v_step.kind = 2 THEN
            v_answers[v_step.number] := confirm(p_hi, v_step.lo, v_step.subject);
        ELSE
            v_answers[v_step.number] := give_back(p_hi, v_step.lo, v_step.subject, CASE WHEN v_step.kind = 3 THEN 2 ELSE 1 END::smallint);
        END IF;
    END LOOP;
    RETURN v_answers;
END $$;

-- Many steps in one call and one commit, each done or refused by itself: all at once where nothing stands against any of them, which is
-- the rule; else that is undone, and it is one after the other. Sets, not rows: five statements however many steps there are use less
-- than half of the processor time of a loop.
CREATE FUNCTION many(p_hi bigint, p_kinds smallint[], p_los bigint[], p_subjects bigint[], p_posts int[], p_dates int[], p_starts smallint[], p_units smallint[], p_ttl_ms int)
RETURNS bigint[] LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
    v_answers bigint[];
    v_wanted  bigint;
    v_done    bigint;
BEGIN
    BEGIN
        SELECT array_agg(CASE WHEN step.kind = 1 THEN nextval('visit_id') ELSE step.subject END ORDER BY step.number) INTO v_answers
        FROM unnest(p_kinds, p_subjects) WITH ORDINALITY AS step (kind, subject, number);

        INSERT INTO visit (id, application, until, post, date, start, units)
        SELECT step.visit, application.id, now() + p_ttl_ms * interval '1 ms', step.post, step.date, step.start, step.units
        FROM unnest(p_kinds, v_answers, p_subjects, p_posts, p_dates, p_starts, p_units) AS step (kind, visit, subject, post, date, start, units)
        JOIN application ON application.id = step.subject AND application.validated
        WHERE step.kind = 1;
        GET DIAGNOSTICS v_done = ROW_COUNT;

        WITH changed AS (
            UPDATE visit SET state = CASE step.kind WHEN 2 THEN 2 ELSE 3 END
            FROM unnest(p_kinds, p_subjects) AS step (kind, subject)
            WHERE step.kind > 1 AND visit.id = step.subject AND visit.state = CASE step.kind WHEN 3 THEN 2 ELSE 1 END
                AND (step.kind = 3 OR visit.until > now())
            RETURNING 1
        )
        SELECT v_done + count(*) INTO v_done FROM changed;
        IF v_done < cardinality(p_kinds) THEN
            RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'not all at once';
        END IF;

        WITH place AS (
            SELECT step.post, step.date, step.start, step.units, 1 AS more
            FROM unnest(p_kinds, p_posts, p_dates, p_starts, p_units) AS step (kind, post, date, start, units)
            WHERE step.kind = 1
            UNION ALL
            SELECT visit.post, visit.date, visit.start, visit.units, -1
            FROM unnest(p_kinds, p_subjects) AS step (kind, subject) JOIN visit ON visit.id = step.subject
            WHERE step.kind > 2
        ), change AS MATERIALIZED (
            SELECT place.post, place.date, (place.start + following)::smallint AS slot, sum(place.more)::smallint AS more
            FROM place CROSS JOIN LATERAL generate_series(0, place.units - 1) AS following
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ), changed AS (
            UPDATE slot SET taken = slot.taken + change.more FROM change
            WHERE slot.post = change.post AND slot.date = change.date AND slot.slot = change.slot AND slot.taken + change.more <= slot.capacity
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM changed) INTO v_wanted, v_done;
        IF v_done < v_wanted THEN
            RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'not all at once';
        END IF;

        INSERT INTO request SELECT p_hi, step.lo, step.answer FROM unnest(p_los, v_answers) AS step (lo, answer);
        RETURN v_answers;
    EXCEPTION WHEN SQLSTATE 'MW001' OR unique_violation THEN
        NULL; -- somebody is in the way, or was answered before
    END;
    RETURN one_by_one(p_hi, p_kinds, p_los, p_subjects, p_posts, p_dates, p_starts, p_units, p_ttl_ms);
END $$;

-- Ends holds whose time is over, the oldest first. @return how many
CREATE FUNCTION expire(p_most int)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    v_visit record;
    v_count int := 0;
BEGIN
    FOR v_visit IN
        WITH due AS (
            SELECT id FROM visit WHERE state = 1 AND until <= now() ORDER BY until LIMIT p_most FOR UPDATE SKIP LOCKED
        ), ended AS (
            UPDATE visit SET state = 4 FROM due WHERE visit.id = due.id RETURNING visit.post, visit.date, visit.start, visit.units
        )
        SELECT * FROM ended ORDER BY ended.post, ended.date, ended.start
    LOOP
        UPDATE slot SET taken = taken - 1
        WHERE post = v_visit.post AND date = v_visit.date AND slot >= v_visit.start AND slot < v_visit.start + v_visit.units;
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END $$;

-- On which of some dates a post has so many consecutive slots with a place left, 1 to 4: bit i = date p_from + i. The free slots of a
-- date are the bits of a number, so at most 63: shifts and ands use less than half of what a window over the rows does.
CREATE FUNCTION dates_with(p_post int, p_from int, p_dates int, p_units int)
RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(bit_or(1::bigint << (day.date - p_from)), 0)
    FROM (
        SELECT date, bit_or(1::bigint << slot) AS free
        FROM slot WHERE post = p_post AND date >= p_from AND date < p_from + p_dates AND taken < capacity
        GROUP BY date
    ) AS day
    WHERE (day.free & (day.free >> least(1, p_units - 1)) & (day.free >> least(2, p_units - 1)) & (day.free >> (p_units - 1))) <> 0
$$;
