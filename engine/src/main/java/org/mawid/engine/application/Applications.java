package org.mawid.engine.application;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.ApplicationRowDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedEncoder;
import org.mawid.sbe.ReasonGivenEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SystemRowDecoder;
import org.mawid.sbe.SystemRowEncoder;

/** Applications by number, with their lines, persons and validity. */
public final class Applications implements DeadlineHeap.Owner {
    /** Most lines of one application. */
    public static final int MOST_LINES = 16;
    private static final int ALL_LINES = (1 << MOST_LINES) - 1;
    private static final long DAY_MS = 86_400_000L;
    private static final int APPLICANT = ApplicationRowDecoder.applicantEncodingOffset();
    private static final int FIRST_LINE = ApplicationRowDecoder.firstLineEncodingOffset();
    private static final int SUBMITTED_MS = ApplicationRowDecoder.submittedMsEncodingOffset();
    private static final int CHANGED_MS = ApplicationRowDecoder.changedMsEncodingOffset();
    private static final int VALID_UNTIL_MS = ApplicationRowDecoder.validUntilMsEncodingOffset();
    private static final int LAST_APPOINTMENT = ApplicationRowDecoder.lastAppointmentEncodingOffset();
    private static final int LAST_STAMP = ApplicationRowDecoder.lastStampEncodingOffset();
    private static final int DEADLINE_SLOT = ApplicationRowDecoder.deadlineSlotEncodingOffset();
    private static final int POST = ApplicationRowDecoder.postIdEncodingOffset();
    private static final int LINE_COUNT = ApplicationRowDecoder.lineCountEncodingOffset();

    private final NumberedRows rows;
    private final Lines lines;
    private final DeadlineHeap validities;
    private final Rules rules;
    private final Emitter events;
    private final Persons persons;
    private final Submission submission;
    private final Reviews reviews;
    private final Reasons reasons;
    private long nextApplication = 1;
    private long nextLine = 1;
    private long count;
    private long lineCount;

    public Applications(final CoreMemory memory, final Catalogue catalogue, final Emitter events) {
        this.rows = new NumberedRows(memory, TableIds.APPLICATIONS, ApplicationRowDecoder.BLOCK_LENGTH, LINE_COUNT);
        this.lines = new Lines(memory);
        this.validities = new DeadlineHeap(memory, TableIds.VALIDITIES, this);
        this.rules = catalogue.rules();
        this.events = events;
        this.persons = new Persons(memory, rules);
        this.submission = new Submission(catalogue, this, persons, events);
        this.reviews = new Reviews(memory, this, catalogue.services());
        this.reasons = new Reasons(memory, this);
    }

    public Lines lines() {
        return lines;
    }

    public Persons persons() {
        return persons;
    }

    public Submission submission() {
        return submission;
    }

    public Reviews reviews() {
        return reviews;
    }

    public Reasons reasons() {
        return reasons;
    }

    public boolean has(final long application) {
        return rows.has(application);
    }

    public long firstLine(final long application) {
        return Memory.getLong(rows.at(application) + FIRST_LINE);
    }

    public int lineCount(final long application) {
        return Memory.getByte(rows.at(application) + LINE_COUNT);
    }

    /** The chosen post, 0 = any. */
    public int post(final long application) {
        return Memory.getShort(rows.at(application) + POST);
    }

    public long applicant(final long application) {
        return Memory.getLong(rows.at(application) + APPLICANT);
    }

    public long submittedMs(final long application) {
        return Memory.getLong(rows.at(application) + SUBMITTED_MS);
    }

    public long changedMs(final long application) {
        return Memory.getLong(rows.at(application) + CHANGED_MS);
    }

    /** Something happened to the application or what belongs to it. */
    public void changed(final long application, final long nowMs) {
        Memory.putLong(rows.at(application) + CHANGED_MS, nowMs);
    }

    public long lastAppointment(final long application) {
        return Memory.getLong(rows.at(application) + LAST_APPOINTMENT);
    }

    public void lastAppointment(final long application, final long appointment) {
        Memory.putLong(rows.at(application) + LAST_APPOINTMENT, appointment);
    }

    public long lastStamp(final long application) {
        return Memory.getLong(rows.at(application) + LAST_STAMP);
    }

    public void lastStamp(final long application, final long stamp) {
        Memory.putLong(rows.at(application) + LAST_STAMP, stamp);
    }

    /** True when the set names at least one line and no line that is not there. */
    public boolean names(final long application, final int lineSet) {
        return lineSet != 0 && lineSet >>> lineCount(application) == 0;
    }

    /** Opens an application without lines; they follow by {@link #addLine}. */
    long open(final long nowMs, final int postId, final long applicant, final int lineTotal) {
        final long application = nextApplication++;
        final long at = rows.add(application);
        Memory.putLong(at + APPLICANT, applicant);
        Memory.putLong(at + FIRST_LINE, nextLine);
        Memory.putLong(at + SUBMITTED_MS, nowMs);
        Memory.putLong(at + CHANGED_MS, nowMs);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + LINE_COUNT, lineTotal);
        count++;
        return application;
    }

    long addLine() {
        lineCount++;
        return nextLine++;
    }

    // ---- validity

    /** ms since 1970, 0 = no line is VALIDATED. */
    public long validUntilMs(final long application) {
        return Memory.getLong(rows.at(application) + VALID_UNTIL_MS);
    }

    /** A line became VALIDATED or was set free: the validity begins again. */
    public void renew(final long application, final long nowMs) {
        validUntil(application, nowMs + rules.validationTtlMs());
    }

    /** A hold ended without a visit: the validity stays, or is a day more when it ran out meanwhile. */
    public void setFree(final long application, final long nowMs) {
        if (validUntilMs(application) == 0) {
            validUntil(application, nowMs + DAY_MS);
        }
    }

    /** Nothing was on offer: a day more. */
    public void putOff(final long application, final long nowMs) {
        validUntil(application, nowMs + DAY_MS);
    }

    /** Its time is over. */
    public void noLongerValid(final long application) {
        validUntil(application, 0);
    }

    /** When the first validity ends, {@code Long.MAX_VALUE} = none. */
    public long nextDueMs() {
        return validities.firstDeadline();
    }

    /** Whose it is. */
    public long nextDue() {
        return validities.firstNumber();
    }

    private void validUntil(final long application, final long untilMs) {
        final long at = rows.at(application);
        final int place = Memory.getInt(at + DEADLINE_SLOT);
        Memory.putLong(at + VALID_UNTIL_MS, untilMs);
        if (place == 0 && untilMs != 0) {
            validities.add(untilMs, application);
        } else if (place != 0 && untilMs == 0) {
            validities.remove(place);
        } else if (place != 0) {
            validities.move(place, untilMs);
        }
    }

    @Override
    public void placed(final long application, final int place) {
        Memory.putInt(rows.at(application) + DEADLINE_SLOT, place);
    }

    @Override
    public int placeOf(final long application) {
        return rows.has(application) ? Memory.getInt(rows.at(application) + DEADLINE_SLOT) : 0;
    }

    // ---- decisions on lines

    /** Whether these lines can become VALIDATED, or documents of them be asked for. */
    public Result whyNotValidate(final long application, final int lineSet) {
        if (!has(application)) return Result.APPLICATION_UNKNOWN;
        if (!names(application, lineSet)) return Result.LINE_UNKNOWN;
        final long first = firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (!lines.isUndecided(first + Integer.numberOfTrailingZeros(set))) return Result.LINE_STATE;
        }
        return Result.OK;
    }

    /** Whether these lines can be rejected or withdrawn. */
    public Result whyNotClose(final long application, final int lineSet) {
        if (!has(application)) return Result.APPLICATION_UNKNOWN;
        if (!names(application, lineSet)) return Result.LINE_UNKNOWN;
        final long first = firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            if (lines.visit(line) != 0) return Result.LINE_TAKEN;
            if (!lines.isOpen(line)) return Result.LINE_STATE;
        }
        return Result.OK;
    }

    /** Lines become VALIDATED. */
    public void validate(final long application, final int lineSet, final long nowMs) {
        final long first = firstLine(application);
        reasons.forget(application, needed(application, lineSet));
        for (int set = lineSet; set != 0; set &= set - 1) {
            lines.state(first + Integer.numberOfTrailingZeros(set), Lines.VALIDATED);
        }
        reviews.decided(application, lineSet);
        renew(application, nowMs);
        changed(application, nowMs);
    }

    /** Lines end as REJECTED, WITHDRAWN, FULFILLED or EXPIRED; the person may ask for the service again. */
    public void close(final long application, final int lineSet, final LineState state, final long nowMs) {
        final long first = firstLine(application);
        reasons.forget(application, needed(application, lineSet));
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            lines.state(line, state.value());
            persons.close(lines.person(line), lines.service(line));
        }
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            persons.forgetIfIdle(lines.person(line), lines.personKey(line), nowMs);
            lines.person(line, 0);
        }
        reviews.decided(application, lineSet);
        if (validUntilMs(application) != 0 && validated(application) == 0) {
            noLongerValid(application);
        }
        changed(application, nowMs);
    }

    /** Those that are DOCUMENTS_NEEDED. */
    private int needed(final long application, final int lineSet) {
        int needed = 0;
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            needed |= lines.state(firstLine(application) + i) == Lines.DOCUMENTS_NEEDED ? 1 << i : 0;
        }
        return needed;
    }

    /** The VALIDATED lines. */
    public int validated(final long application) {
        final long first = firstLine(application);
        int set = 0;
        for (int i = lineCount(application) - 1; i >= 0; i--) {
            set |= lines.isValidated(first + i) ? 1 << i : 0;
        }
        return set;
    }

    /** The VALIDATED lines that nobody has. */
    public int free(final long application) {
        final long first = firstLine(application);
        int set = 0;
        for (int i = lineCount(application) - 1; i >= 0; i--) {
            set |= lines.isValidated(first + i) && lines.visit(first + i) == 0 ? 1 << i : 0;
        }
        return set;
    }

    public void emitDecided(final long application, final int lineSet, final LineState state, final int reasonCode) {
        final long at = events.beginAt(LinesDecidedEncoder.TEMPLATE_ID, LinesDecidedEncoder.BLOCK_LENGTH, post(application));
        Memory.putLong(at + LinesDecidedEncoder.applicationIdEncodingOffset(), application);
        Memory.putShort(at + LinesDecidedEncoder.linesEncodingOffset(), lineSet);
        Memory.putByte(at + LinesDecidedEncoder.stateEncodingOffset(), state.value());
        Memory.putShort(at + LinesDecidedEncoder.reasonCodeEncodingOffset(), reasonCode);
        events.endAt(at + LinesDecidedEncoder.BLOCK_LENGTH);
    }

    /** Why lines became what they are, from core version 10 on: kept, and told when there is a reason. @param reasonHash of the sealed reason, 0 = none */
    public void giveReason(final long application, final int lineSet, final int reasonCode, final long reasonHash) {
        reasons.say(application, lineSet, reasonCode, reasonHash);
        if (reasonCode == 0 && reasonHash == 0) {
            return;
        }
        final long at = events.beginAt(ReasonGivenEncoder.TEMPLATE_ID, ReasonGivenEncoder.BLOCK_LENGTH, post(application));
        Memory.putLong(at + ReasonGivenEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(at + ReasonGivenEncoder.reasonHashEncodingOffset(), reasonHash);
        Memory.putShort(at + ReasonGivenEncoder.linesEncodingOffset(), lineSet);
        Memory.putShort(at + ReasonGivenEncoder.reasonCodeEncodingOffset(), reasonCode);
        events.endAt(at + ReasonGivenEncoder.BLOCK_LENGTH);
    }

    // ---- the end

    /** Whether all lines have ended, long enough ago. */
    public boolean canRetire(final long application, final long nowMs) {
        return !isOpen(application) && changedMs(application) + rules.retainMs() <= nowMs;
    }

    /** Whether a line has not ended. */
    public boolean isOpen(final long application) {
        final long first = firstLine(application);
        for (int i = lineCount(application) - 1; i >= 0; i--) {
            if (lines.isOpen(first + i)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a person would stay behind whom only the budget of holds keeps: they are forgotten with the last application that names them, and
     * without one never.
     */
    public boolean leavesSomebody(final long application, final long nowMs) {
        final long first = firstLine(application);
        for (int i = lineCount(application) - 1; i >= 0; i--) {
            final int person = persons.find(lines.personKey(first + i));
            if (person != 0 && persons.isKeptByBudget(person, nowMs)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the application and its lines out of memory; what refers to it must have gone before. */
    public void retire(final long application, final long nowMs) {
        final long first = firstLine(application);
        final int total = lineCount(application);
        reasons.forget(application, ALL_LINES);
        for (int i = 0; i < total; i++) {
            final long key = lines.personKey(first + i);
            final int person = persons.find(key);
            if (person != 0) {
                persons.forgetIfIdle(person, key, nowMs);
            }
            lines.rows().remove(first + i);
        }
        rows.remove(application);
        lineCount -= total;
        count--;
    }

    // ---- state

    public long count() {
        return count;
    }

    public long lineTotal() {
        return lineCount;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, nextApplication, max);
    }

    /** One more than the highest number so far. */
    public long end() {
        return nextApplication;
    }

    // ---- what will be needed: each by what the one before brought

    public void want(final Ahead ahead, final long application) {
        ahead.want(rows.ahead(application));
    }

    /** Where an application of one line will be that comes after {@code added} others. */
    public void wantNew(final Ahead ahead, final int added) {
        ahead.want(rows.ahead(nextApplication + added));
        ahead.want(lines.rows().ahead(nextLine + added));
        persons.wantNew(ahead, added);
    }

    public void wantLines(final Ahead ahead, final long application) {
        if (has(application)) {
            final long first = firstLine(application);
            for (int i = lineCount(application) - 1; i >= 0; i--) {
                ahead.want(lines.rows().ahead(first + i));
            }
        }
    }

    public void wantPersons(final Ahead ahead, final long application) {
        if (has(application)) {
            final long first = firstLine(application);
            for (int i = lineCount(application) - 1; i >= 0; i--) {
                persons.want(ahead, lines.person(first + i));
            }
        }
    }

    /** @param depth 0 = where a person will be looked for, 1 = who is found there */
    public void wantPerson(final Ahead ahead, final long personKey, final int depth) {
        persons.want(ahead, personKey, depth);
    }

    public void save(final StateWriter out) {
        persons.save(out);
        rows.save(out);
        lines.rows().save(out);
        validities.save(out);
        reviews.save(out);
        reasons.save(out);
    }

    /** @return false when the present run is not of this room */
    public boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.PERSONS -> persons.load(in);
            case TableIds.APPLICATIONS -> rows.load(in);
            case TableIds.LINES -> lines.rows().load(in);
            case TableIds.VALIDITIES -> validities.load(in);
            case TableIds.REVIEWS -> reviews.load(in);
            case TableIds.REASONS -> reasons.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    public void saveCounts(final SystemRowEncoder row) {
        row.nextApplication(nextApplication).nextLine(nextLine).applications(count).lines(lineCount);
    }

    /** After all rows: takes over the counts and finds again what is not in the rows. */
    public void loaded(final SystemRowDecoder row, final StateReader in) {
        nextApplication = row.nextApplication();
        nextLine = row.nextLine();
        count = row.applications();
        lineCount = row.lines();
        persons.loaded(in);
        reviews.loaded(in);
        reasons.loaded(in);
    }

    public void check() {
        rows.check();
        lines.rows().check();
        validities.check();
        persons.check();
        reviews.check();
        reasons.check();
        Invariant.that(rows.count() == count, "applications are counted", rows.count(), count);
        Invariant.that(lines.rows().count() == lineCount, "lines are counted", lines.rows().count(), lineCount);
        final int[] open = new int[persons.top() + 1];
        long found = 0;
        for (long id = next(1, Integer.MAX_VALUE); id < nextApplication; id = next(id + 1, Integer.MAX_VALUE)) {
            found += checkOne(id, open);
        }
        Invariant.that(found == lineCount, "every line has its application", found, lineCount);
        for (int slot = 1; slot <= persons.top(); slot++) {
            Invariant.that(!persons.isUsed(slot) || persons.openLines(slot) == open[slot], "open lines of a person add up", slot, open[slot]);
        }
    }

    private int checkOne(final long application, final int[] open) {
        final long first = firstLine(application);
        final int total = lineCount(application);
        Invariant.that(total <= MOST_LINES, "an application has at most 16 lines", application, total);
        for (long line = first; line < first + total; line++) {
            Invariant.that(lines.rows().has(line), "the lines of an application are there", application, line);
            final int person = lines.person(line);
            Invariant.that(lines.isOpen(line) == (person != 0), "an open line knows its person", line, person);
            Invariant.that(lines.visit(line) == 0 || lines.isValidated(line), "only a validated line is held or booked", line, lines.visit(line));
            if (person != 0) {
                open[person]++;
                Invariant.that(persons.isUsed(person) && persons.key(person) == lines.personKey(line), "a line's person is its person", line, person);
                Invariant.that(persons.hasOpen(person, lines.service(line)), "a person knows the open line", line, person);
            }
        }
        Invariant.that((validUntilMs(application) != 0) == (placeOf(application) != 0), "validity is in the heap", application);
        Invariant.that(validUntilMs(application) == 0 || validated(application) != 0, "only what has validated lines has validity", application);
        return total;
    }
}
