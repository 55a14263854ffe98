package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.InvariantBroken;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Result;

/** The core and its naive twin answer alike, tell the same events byte for byte, and end in the same state. */
class TwinTest {
    /** Answers of the edge, the ring and the read side, never of the core; and the one of a query. */
    private static final Set<Result> NOT_OF_THE_CORE = EnumSet.of(Result.UNAVAILABLE, Result.DEADLINE_EXCEEDED, Result.STORAGE_FULL,
            Result.READ_MODEL_BEHIND, Result.START_AGAIN, Result.UNAUTHENTICATED, Result.PENDING,
            Result.SECRET_WRONG, Result.SECRET_TRIES_SPENT, Result.TARIFFS_FULL, Result.REQUEST_UNKNOWN, Result.SBE_UNKNOWN, Result.NULL_VAL);
    /** Sixteen secrets that each still decide are no traffic: the stories have them. */
    private static final Set<Result> OF_STORIES = EnumSet.of(Result.ERAS_FULL);
    private static final List<String> WHAT_TICKS_DO = List.of("any post: EXPIRES", "any post: NEXT_TICK", "any post: WAITS_A_DAY",
            "its post: EXPIRES", "its post: NEXT_TICK", "its post: WAITS_A_DAY");
    private static final List<String> WHAT_CLOSURES_AND_WAITING_BRING_ABOUT = List.of("WaitingEnded ACCEPTED", "WaitingEnded DECLINED", "WaitingEnded NOT_ANSWERED",
            "WaitingEnded BOOKED_OTHERWISE", "WaitingEnded LINES_ENDED", "abandoned change", "another offer", "displaced in pass 1",
            "hold released", "offer", "offer at another post", "offer displaced", "search goes on in the next Tick",
            "cooling DUE", "cooling OFFERED", "cooling REPLACED", "cooling CLOSED", "cooling answered", "cooling over together", "secret abandoned",
            "offer of room", "earlier offer", "earlier offer taken", "earlier offer given back", "rested", "offer taken back by a walk-in", "WaitingEnded LEFT",
            "WaitingEnded VISIT_OVER", "WaitingEnded DATES_OVER");
    private static final List<String> WHAT_HAPPENS_IN_HALLS = List.of("APPOINTMENT", "LATE", "WALK_IN", "OVERFLOW", "PICK_UP", "URGENT", "ended SERVED", "ended NO_SHOW", "ended LEFT",
            "ended CANCELLED", "ended DAY_OVER", "measured", "to the next leg", "told later, still there", "told later, no ticket");
    private static final List<String> WHAT_BECOMES_OF_QUOTAS_AND_OVERBOOKED_PLACES = List.of("taken for CALL_CENTRE", "taken for WALK_IN", "taken for ASSISTED", "taken for EMERGENCY",
            "spilled", "spilled while staged", "spilled with nothing left", "closure leaves less",
            "overbooked", "overbooked, staged", "withdrawn", "withdrawn while staged", "withdrawn with nothing left");
    private static final List<String> WHAT_CORE_VERSIONS_2_AND_4_DECIDE = List.of("Confirm before its fee", "CheckIn before its fee", "IssueStamps refused", "Hold refused", "Confirm refused", "WalkIn refused",
            "DefinePost takes the rate", "more under version 1, then refused");
    private static final List<String> WHAT_BECOMES_OF_WHAT_IS_TOLD_LATER = List.of("CHECKED_IN of CONFIRMED", "CHECKED_IN of CONFIRMED superseded", "SERVED of CALLED",
            "served in time", "served elsewhere", "SERVED of CANCELLED anyhow", "SERVED of NO_SHOW anyhow", "SERVED of DISPLACED anyhow", "SERVED of CANCELLED superseded", "SERVED of SERVED superseded",
            "NO_SHOW of CONFIRMED", "NO_SHOW of CONFIRMED superseded", "released", "cancelled", "CONSUMED_TWICE", "CONSUMED_TWICE again", "USED_WITHOUT_VALUE");
    private static final List<String> WHAT_HAPPENS_BEFORE_A_DECISION = List.of("asked", "asked for more", "wanted anew", "resubmitted", "kept its place", "assigned", "assigned after its time", "given back",
            "infected after all", "a reason given", "no reason given", "attendance confirmed", "attendance confirmed again", "validated by rule", "taken over", "left to the officer who asked", "left to the officer who has it");
    private static final List<String> WHAT_BECOMES_OF_AN_OLDER_SYSTEMS_STAMPS = List.of("price of its own", "price of the tariff",
            "LAPSED before older numbers", "FORFEITED before older numbers");
    private static final int CHECK_EVERY = 4_096;
    private static final int COUNT_EVERY = 509;

    /** What prefetching touched: it changes nothing, whatever the bytes are, and must not be left out by a compiler. */
    private long touched;
    private int stampLimitsMet;
    private int ratesDropped;
    private int feesAsked;
    private final Map<Result, Integer> seen = new EnumMap<>(Result.class);
    /** What the rules of the newest core version refused or changed. */
    private final Map<String, Integer> byNewRules = new TreeMap<>();
    /** What became of what was recorded while a link was down. */
    private final Map<String, Integer> recorded = new TreeMap<>();
    /** How the validity of applications ended, or went on. */
    private final Map<String, Integer> turns = new TreeMap<>();
    /** What became of places that were kept for channels. */
    private final Map<String, Integer> kept = new TreeMap<>();
    /** What became of an older system's stamps. */
    private final Map<String, Integer> takenOver = new TreeMap<>();
    /** What became of those who lost their visits by a closure. */
    private final Map<String, Integer> displaced = new TreeMap<>();
    /** What happened to applications on their way to a decision. */
    private final Map<String, Integer> reviewed = new TreeMap<>();
    /** What happened in halls. */
    private final Map<String, Integer> halls = new TreeMap<>();

    @Test
    void givenSeededTraffic_whenCoreAndTwinRunIt_thenTheyAgreeAndEveryAnswerOccurs() {
        int seeds = 0;
        while (seeds < Seeds.COUNT || seeds < Seeds.MOST && !missing().isEmpty()) {
            run(Seeds.FIRST + seeds++);
        }
        assertThat(seen.keySet()).as("answers and how often: %s", seen).doesNotContainAnyElementsOf(NOT_OF_THE_CORE);
        assertThat(touched).isNotZero();
        if (Seeds.AS_IN_CI) {
            assertThat(missing()).as("of %d seeds: %s", seeds, seen).isEmpty();
            assertThat(turns).as("what Ticks do").hasSize(WHAT_TICKS_DO.size());
            assertThat(seeds * Seeds.COMMANDS).isGreaterThanOrEqualTo(100_000);
            assertThat(seen.get(Result.OK)).as("mostly valid: %s", seen).isGreaterThan(seeds * Seeds.COMMANDS / 3);
        }
    }

    /** What can happen and has not happened yet. */
    private List<String> missing() {
        final List<String> missing = new ArrayList<>();
        Arrays.stream(Result.values()).filter(result -> !NOT_OF_THE_CORE.contains(result) && !OF_STORIES.contains(result) && !seen.containsKey(result)).forEach(result -> missing.add(result.name()));
        missing(missing, turns, WHAT_TICKS_DO);
        missing(missing, displaced, WHAT_CLOSURES_AND_WAITING_BRING_ABOUT);
        missing(missing, halls, WHAT_HAPPENS_IN_HALLS);
        missing(missing, reviewed, WHAT_HAPPENS_BEFORE_A_DECISION);
        missing(missing, kept, WHAT_BECOMES_OF_QUOTAS_AND_OVERBOOKED_PLACES);
        missing(missing, byNewRules, WHAT_CORE_VERSIONS_2_AND_4_DECIDE);
        missing(missing, recorded, WHAT_BECOMES_OF_WHAT_IS_TOLD_LATER);
        missing(missing, takenOver, WHAT_BECOMES_OF_AN_OLDER_SYSTEMS_STAMPS);
        return missing;
    }

    private static void missing(final List<String> to, final Map<String, Integer> happened, final List<String> wanted) {
        wanted.stream().filter(what -> !happened.containsKey(what)).forEach(to::add);
    }

    private void run(final long seed) {
        final NaiveEngine twin = new NaiveEngine();
        final EngineCore core = new EngineCore();
        final UnsafeBuffer ahead = new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024)); // reading ahead looks outside the heap only
        final CommandGenerator generator = new CommandGenerator(seed, twin);
        final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
        final Answered.Teller coreTeller = new Answered.Teller((position, nowMs, flags, command, offset, length, events, outcome) -> {
            ahead.putBytes(0, command, offset, length);
            core.prefetch(ahead, 0, length);
            touched += core.prefetched();
            core.apply(position, nowMs, flags, command, offset, length, events, outcome);
        });
        stampLimitsMet = 0;
        ratesDropped = 0;
        feesAsked = 0;
        for (int position = 1; position <= Seeds.COMMANDS; position++) {
            final Entry entry = generator.next();
            final Answered expected = twinTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
            final Answered actual;
            try {
                actual = coreTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
                if (position % CHECK_EVERY == 0) {
                    core.check();
                }
            } catch (final InvariantBroken | IndexOutOfBoundsException | NullPointerException | AssertionError broken) {
                throw new AssertionError(where(seed, position, entry) + "\nexpected " + expected, broken);
            }
            if (!expected.equals(actual) || twin.nextDueMs() != core.nextDueMs()) {
                fail(where(seed, position, entry) + "\nexpected " + expected + "\nactual   " + actual
                        + "\nnext due expected " + twin.nextDueMs() + ", actual " + core.nextDueMs());
            }
            seen.merge(expected.result(), 1, Integer::sum);
            noteNewRules(entry, twin.model());
            if (position % COUNT_EVERY == 0) {
                assertThat(core.counts().byName()).as("%s", where(seed, position, entry)).isEqualTo(NaiveCounts.of(twin));
            }
            sameMemory(seed, position, entry, twin, core);
        }
        core.check();
        twin.model().recorded.forEach((what, count) -> recorded.merge(what, count, Integer::sum));
        twin.model().quotasSeen.forEach((what, count) -> kept.merge(what, count, Integer::sum));
        twin.model().displacement.seen.forEach((what, count) -> displaced.merge(what, count, Integer::sum));
        twin.model().reviewsSeen.forEach((what, count) -> reviewed.merge(what, count, Integer::sum));
        twin.model().hall.seen.forEach((what, count) -> halls.merge(what, count, Integer::sum));
        twin.model().money.takenOver.forEach((what, count) -> takenOver.merge(what, count, Integer::sum));
        twin.model().turns.forEach((turn, count) -> turns.merge(turn, count, Integer::sum));
        sameState(seed, NaiveRecords.of(twin.model()), NaiveRecords.of(core));
    }

    private void noteNewRules(final Entry entry, final Model model) {
        if (model.stampLimitsMet > stampLimitsMet) {
            stampLimitsMet = model.stampLimitsMet;
            byNewRules.merge(entry.said().getClass().getSimpleName() + " refused", 1, Integer::sum);
            if (entry.said() instanceof Command.IssueStamps issue && NaiveStamps.everOf(model.applications.get(issue.applicationId())) > 256) {
                byNewRules.merge("more under version 1, then refused", 1, Integer::sum);
            }
        }
        if (model.feesAsked > feesAsked) {
            feesAsked = model.feesAsked;
            byNewRules.merge(entry.said().getClass().getSimpleName() + " before its fee", 1, Integer::sum);
        }
        if (model.ratesDropped > ratesDropped) {
            ratesDropped = model.ratesDropped;
            byNewRules.merge(entry.said().getClass().getSimpleName() + " takes the rate", 1, Integer::sum);
        }
    }

    /** What the core says about the request id of the command just applied. */
    private static void sameMemory(final long seed, final int position, final Entry entry, final NaiveEngine twin,
                                   final EngineCore core) {
        final Outcome expected = new Outcome();
        final Outcome actual = new Outcome();
        final long idHigh = entry.said().request().idHigh();
        final long idLow = entry.said().request().idLow();
        twin.outcomeOf(idHigh, idLow, expected);
        core.outcomeOf(idHigh, idLow, actual);
        final boolean same = expected.result() == actual.result() && expected.number1() == actual.number1()
                && expected.number2() == actual.number2() && expected.number3() == actual.number3()
                && expected.nowMs() == actual.nowMs() && expected.position() == actual.position()
                && expected.repeated() == actual.repeated() && expected.templateId() == actual.templateId();
        if (!same) { // the words are made only then: this is asked for each command
            fail(where(seed, position, entry) + "\noutcome remembered: expected " + expected.result() + " in " + expected.nowMs() + ", actual "
                    + actual.result() + " in " + actual.nowMs());
        }
    }

    private static void sameState(final long seed, final TreeSet<String> expected, final TreeSet<String> actual) {
        final TreeSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(actual);
        final TreeSet<String> extra = new TreeSet<>(actual);
        extra.removeAll(expected);
        assertThat(missing.size() + extra.size()).as("state after seed %d; only in the twin: %s%nonly in the core: %s%nagain: %s", seed,
                missing.stream().limit(5).toList(), extra.stream().limit(5).toList(), Seeds.again(TwinTest.class, seed)).isZero();
    }

    private static String where(final long seed, final int position, final Entry entry) {
        return "seed " + seed + ", position " + position + ", log time " + entry.nowMs() + ": " + entry.words() + "\nagain: "
                + Seeds.again(TwinTest.class, seed);
    }
}
