package org.mawid.engine.testkit;

import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.*; // one encoder for every command

/**
 * Many lives of applications at once, told step by step, for tests of what costs: a realistic mix that never ends, in which every
 * answer is OK and as much is forgotten as comes. Writes straight into a buffer and allocates nothing.
 *
 * <p>Each round lives {@link #LANES} lives from submission to their end; the next round retires them. A step of a round is asked for
 * all lanes, then answered for all, then the next one.
 */
public final class Lives {
    /** Lives of one round. */
    public static final int LANES = 256;
    /** Steps of one round; a lane has nothing to say in some. */
    public static final int STEPS = 13;
    private static final int KINDS = 8;
    private static final int DESKS = 8;
    private static final int FIRST_DESK = 11;
    static final int POST = 1;
    private static final int BIOMETRY = 31;
    static final int PASSPORT = 1;
    private static final int CARD = 2;
    static final int UNITS = 3;
    private static final int STARTS = 192 / UNITS;
    private static final int PLACES = 255;
    private static final int RETIRED_AT_ONCE = 64;
    private static final long ROUND_MS = 31_000;
    static final long HOUR = 3_600_000;
    private static final long CLIENT = 0x4C49_5645_53L;
    /** 2026-01-01T00:00Z. Days begin four hours later and last sixteen, so that all can check in for theirs from midnight on. */
    private static final long BEGIN_MS = 1_767_225_600_000L;
    static final long DAY_MS = 24 * HOUR;
    /** After so many rounds log time goes on by a night, to a day that is still empty. */
    private static final int ROUNDS_A_DAY = 50;
    private static final int DAYS = 100;
    private static final int POOLS = DESKS + 1;
    private static final int FIRST_DAY = 36;

    private final LivesMoney money = new LivesMoney();
    private final LivesMoney.Asker asker = this::next;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validate = new ValidateLinesEncoder();
    private final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final RescheduleEncoder reschedule = new RescheduleEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final CheckInEncoder checkIn = new CheckInEncoder();
    private final CallEncoder call = new CallEncoder();
    private final ServeEncoder serve = new ServeEncoder();
    private final WalkInEncoder walkIn = new WalkInEncoder();
    private final PublishDayEncoder publishDay = new PublishDayEncoder();
    private final RetireEncoder retire = new RetireEncoder();
    private final TickEncoder tick = new TickEncoder();
    private final long[] application = new long[LANES];
    private final long[] holdOf = new long[LANES];
    private final long[] appointment = new long[LANES];
    private final long[] ended = new long[LANES];
    private int endedCount;
    private int retiredCount;
    private long round;
    private long requests;
    private int wrong;
    private String firstWrong = "none";

    /** Log time of the present round, ms. */
    public long nowMs() {
        return BEGIN_MS + round / ROUNDS_A_DAY * DAY_MS + round % ROUNDS_A_DAY * ROUND_MS;
    }

    /** Answers that were not OK. */
    public int wrong() {
        return wrong;
    }

    public String firstWrong() {
        return firstWrong;
    }

    // ---- once, before the first round

    /** Catalogue and calendars: one command a call, {@code index} from 0. @return its length, 0 = all has been said */
    public int writeOpening(final int index, final MutableDirectBuffer to, final int offset) {
        final CommandWriter writer = new CommandWriter();
        final Command.Request request = new Command.Request(0, CLIENT, ++requests, nowMs(), 0, 1, 0, 0, Channel.SYSTEM);
        final Command.Rules rules = Command.Rules.DEFAULT;
        if (index >= 8 && index < 8 + DESKS) {
            return writer.write(new Command.DefinePool(request, FIRST_DESK + index - 8, POST, PoolKind.DESK, "desk-" + index), to, offset);
        }
        if (index >= 16 && index < 16 + 2 * DESKS) {
            return writer.write(new Command.SetDeskService(request, FIRST_DESK + (index - 16) / 2, PASSPORT + (index - 16) % 2, true), to, offset);
        }
        if (index >= FIRST_DAY && index < FIRST_DAY + DAYS * POOLS) {
            final int number = (index - FIRST_DAY) % POOLS;
            return writeDay(number == DESKS ? BIOMETRY : FIRST_DESK + number, epochDay() + (index - FIRST_DAY) / POOLS, to, offset);
        }
        final int terminal = index - FIRST_DAY - DAYS * POOLS;
        if (terminal >= 0 && terminal < LANES) {
            return writer.write(new Command.DefineTerminal(request, LivesMoney.terminal(terminal), POST, "terminal-" + terminal, true), to, offset);
        }
        return switch (index) {
            case 0 -> writer.write(new Command.SetRules(request, new Command.Rules(30_000, 1_000, rules.validationTtlMs(), rules.rememberMs(),
                    rules.createdSkewMs(), 24 * HOUR, 0, 0, rules.maxApplications(), rules.maxLines(), rules.maxPersons(),
                    rules.maxAppointments(), rules.maxHolds(), rules.maxLegs(), rules.maxStamps(), rules.maxDays(), 50_000,
                    rules.maxClients(), rules.maxChanges(), rules.horizonDays(), 32, 4, 255, 16, 3)), to, offset);
            case 1 -> writer.write(new Command.DefinePost(request, POST, "PARIS", "EUR", 2, 1), to, offset);
            case 2 -> writer.write(new Command.SetRate(request, POST, 10_850_000), to, offset);
            case 3 -> writer.write(new Command.DefinePool(request, BIOMETRY, POST, PoolKind.BIOMETRIC_STATION, "biometry"), to, offset);
            case 4 -> writer.write(service(request, PASSPORT, 0), to, offset);
            case 5 -> writer.write(service(request, CARD, 1 << PoolKind.BIOMETRIC_STATION.value()), to, offset);
            case 6, 7 -> writer.write(new Command.SetTariff(request, index - 5, 1, 0, List.of(new Command.Component(Beneficiary.CHANCERY, 30_000), new Command.Component(Beneficiary.STAMP, 20_000))), to, offset);
            case FIRST_DAY - 1 -> writer.write(new Command.SetCoreVersion(request, EngineCore.NEWEST_CORE_VERSION), to, offset);
            default -> index < FIRST_DAY ? writer.write(new Command.SetRate(request, POST, 10_850_000), to, offset) : 0;
        };
    }

    private static Command service(final Command.Request request, final int service, final int kinds) {
        return new Command.DefineService(request, service, 15, "service-" + service, ServiceScope.ANY_POST, true, true, false, kinds, 4);
    }

    // ---- round by round

    /** The next round begins: time goes on, and the last round's applications can be retired. */
    public void beginRound() {
        round++;
        endedCount = 0;
        retiredCount = 0;
        if (round > 1) {
            System.arraycopy(application, 0, ended, 0, LANES);
            endedCount = LANES;
        }
    }

    /** Between rounds: holds expire, a day is published again, what has ended is retired. @return its length, 0 = no more */
    public int writeUpkeep(final int index, final MutableDirectBuffer to, final int offset) {
        if (index == 0) {
            tick.wrapAndApplyHeader(to, offset, header);
            request(tick.request(), 0, 0, 0, Channel.ONLINE);
            return tick.limit() - offset;
        }
        if (index == 1) {
            return writeDay(FIRST_DESK + (int) (round % DESKS), epochDay(), to, offset);
        }
        if (retiredCount == endedCount) {
            return 0;
        }
        next(retire.wrapAndApplyHeader(to, offset, header).request());
        final int count = Math.min(RETIRED_AT_ONCE, endedCount - retiredCount);
        final RetireEncoder.ApplicationsEncoder group = retire.applicationsCount(count);
        for (int i = 0; i < count; i++) {
            group.next().applicationId(ended[retiredCount++]);
        }
        return retire.limit() - offset;
    }

    /** What the life of a lane asks in a step. @return its length, 0 = nothing */
    public int write(final int step, final int lane, final MutableDirectBuffer to, final int offset) {
        final int kind = lane % KINDS;
        return switch (step) {
            case 0 -> kind == 4 ? walkIn(lane, to, offset) : submit(lane, kind, to, offset);
            case 1 -> kind == 4 ? 0 : validate(lane, kind, to, offset);
            case 2 -> kind == 4 ? 0 : hold(lane, kind, to, offset);
            case 3 -> kind == 4 || kind == 5 ? 0 : kind == 6 ? release(lane, to, offset) : confirm(lane, kind, to, offset);
            case 4 -> kind >= 4 && kind <= 6 ? 0 : reschedule(lane, kind, to, offset);
            case 5 -> kind == 5 || kind == 6 || kind == 4 ? 0 : kind == 7 ? cancel(lane, to, offset) : checkIn(lane, to, offset);
            case 6 -> kind >= 5 ? 0 : call(lane, to, offset);
            case 7 -> kind >= 5 ? 0 : money.pay(lane, kind, application[lane], epochDay(), asker, to, offset);
            case 8 -> kind >= 5 ? 0 : money.answer(lane, kind, epochDay(), asker, to, offset);
            case 9 -> kind >= 5 ? 0 : money.consume(lane, 0, application[lane], epochDay(), asker, to, offset);
            case 10 -> kind == LivesMoney.TWO_LINES ? money.consume(lane, 1, application[lane], epochDay(), asker, to, offset)
                    : kind == LivesMoney.ONLINE ? money.settle(lane, epochDay(), asker, to, offset) : 0;
            case 11 -> kind >= 5 ? 0 : serve(lane, kind, to, offset);
            // Of kind 5 the hold has to expire first: it ends in the upkeep of a later round, and its lines stay until they are withdrawn.
            default -> kind == 6 || kind == 7 ? withdraw(lane, to, offset) : 0;
        };
    }

    /** Lanes whose hold was left to expire, after the Tick of the next round and before what has ended is retired. @return its length, 0 = nothing */
    public int writeLate(final int lane, final MutableDirectBuffer to, final int offset) {
        return round > 1 && lane % KINDS == 5 ? withdraw(lane, to, offset) : 0;
    }

    /** What became of it. */
    public void answered(final int step, final int lane, final Outcome outcome) {
        check(outcome);
        switch (step) {
            case 0 -> {
                if (lane % KINDS == 4) {
                    money.issued(lane, outcome.number3());
                    appointment[lane] = outcome.number1();
                    application[lane] = 0;
                } else {
                    application[lane] = outcome.number1();
                }
            }
            case 2 -> {
                holdOf[lane] = outcome.number1();
                money.issued(lane, outcome.number3());
            }
            case 3 -> {
                appointment[lane] = outcome.number1();
                if (outcome.number3() != 0) {
                    money.issued(lane, outcome.number3());
                }
            }
            case 7 -> money.paymentBegun(lane, outcome);
            default -> {
            }
        }
    }

    /** For answers that are of no further use. */
    public void check(final Outcome outcome) {
        if (outcome.result() != Result.OK || outcome.repeated()) {
            if (wrong++ == 0) {
                firstWrong = outcome.result() + " to template " + outcome.templateId() + " in round " + round;
            }
        }
    }

    /** The number of a walk-in's application is only in its events. */
    public void applicationOf(final int lane, final long number) {
        application[lane] = number;
    }

    /** Whether a step 0 of this lane tells its application in the first event only. */
    public static boolean isWalkIn(final int lane) {
        return lane % KINDS == 4;
    }

    /** The application that the first of these events opened. */
    public static long applicationIn(final DirectBuffer events, final int offset) {
        return events.getLong(offset + 4 + MessageHeaderDecoder.ENCODED_LENGTH + ApplicationSubmittedDecoder.applicationIdEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN);
    }

    // ---- commands

    private int submit(final int lane, final int kind, final MutableDirectBuffer to, final int offset) {
        next(submit.wrapAndApplyHeader(to, offset, header).request());
        submit.applicant(person(lane, 0)).postId(kind % 2 == 0 ? POST : 0);
        final SubmitApplicationEncoder.LinesEncoder group = submit.linesCount(kind == 2 ? 2 : 1);
        for (int i = 0; i < (kind == 2 ? 2 : 1); i++) {
            group.next().personKey(person(lane, i)).serviceId(kind == 1 ? CARD : PASSPORT).registeredPostId(0).quantity((short) 1)
                    .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        }
        return submit.limit() - offset;
    }

    private int walkIn(final int lane, final MutableDirectBuffer to, final int offset) {
        next(walkIn.wrapAndApplyHeader(to, offset, header).request());
        walkIn.applicationId(0).applicant(person(lane, 0)).deskId(desk(lane, 0)).epochDay(epochDay()).served(0).issueStamps(BooleanType.YES);
        walkIn.linesCount(1).next().personKey(person(lane, 0)).serviceId(PASSPORT).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.SENIOR).priority(Priority.SENIOR).representative(BooleanType.NO);
        return walkIn.limit() - offset;
    }

    private int validate(final int lane, final int kind, final MutableDirectBuffer to, final int offset) {
        next(validate.wrapAndApplyHeader(to, offset, header).request());
        return validate.applicationId(application[lane]).lines(kind == 2 ? 3 : 1).limit() - offset;
    }

    private int withdraw(final int lane, final MutableDirectBuffer to, final int offset) {
        next(withdraw.wrapAndApplyHeader(to, offset, header).request());
        return withdraw.applicationId(application[lane]).lines(1).limit() - offset;
    }

    private int hold(final int lane, final int kind, final MutableDirectBuffer to, final int offset) {
        next(hold.wrapAndApplyHeader(to, offset, header).request());
        hold.applicationId(application[lane]).issueStamps(kind == 3 ? BooleanType.NO : BooleanType.YES);
        final int legs = kind == 2 ? 2 : 1;
        final HoldEncoder.LegsEncoder group = hold.legsCount(legs);
        for (int i = 0; i < legs; i++) {
            group.next().deskId(desk(lane, i)).lines(1 << i).epochDay(epochDay()).startUnit(start(lane, 0)).units((short) UNITS);
        }
        return hold.limit() - offset;
    }

    private int confirm(final int lane, final int kind, final MutableDirectBuffer to, final int offset) {
        next(confirm.wrapAndApplyHeader(to, offset, header).request());
        return confirm.holdId(holdOf[lane]).issueStamps(kind == 3 ? BooleanType.YES : BooleanType.NO).limit() - offset;
    }

    private int release(final int lane, final MutableDirectBuffer to, final int offset) {
        next(release.wrapAndApplyHeader(to, offset, header).request());
        return release.holdId(holdOf[lane]).limit() - offset;
    }

    private int reschedule(final int lane, final int kind, final MutableDirectBuffer to, final int offset) {
        next(reschedule.wrapAndApplyHeader(to, offset, header).request());
        final int legs = kind == 2 ? 2 : 1;
        final RescheduleEncoder.LegsEncoder group = reschedule.appointmentId(appointment[lane]).legsCount(legs);
        for (int i = 0; i < legs; i++) {
            group.next().deskId(desk(lane, i)).lines(1 << i).epochDay(epochDay()).startUnit(start(lane, 1)).units((short) UNITS);
        }
        return reschedule.limit() - offset;
    }

    private int cancel(final int lane, final MutableDirectBuffer to, final int offset) {
        next(cancel.wrapAndApplyHeader(to, offset, header).request());
        return cancel.appointmentId(appointment[lane]).limit() - offset;
    }

    private int checkIn(final int lane, final MutableDirectBuffer to, final int offset) {
        next(checkIn.wrapAndApplyHeader(to, offset, header).request());
        return checkIn.appointmentId(appointment[lane]).limit() - offset;
    }

    private int call(final int lane, final MutableDirectBuffer to, final int offset) {
        next(call.wrapAndApplyHeader(to, offset, header).request());
        return call.appointmentId(appointment[lane]).counter((short) (1 + lane % 200)).limit() - offset;
    }

    private int serve(final int lane, final int kind, final MutableDirectBuffer to, final int offset) {
        next(serve.wrapAndApplyHeader(to, offset, header).request());
        return serve.appointmentId(appointment[lane]).fulfilled(kind == 2 ? 3 : 1).limit() - offset;
    }

    private int writeDay(final int pool, final int epochDay, final MutableDirectBuffer to, final int offset) {
        next(publishDay.wrapAndApplyHeader(to, offset, header).request());
        publishDay.poolId(pool).epochDay(epochDay).startMs(epochDay * DAY_MS + 4 * HOUR).releasedAtMs(0).unitCount((short) 192).alignUnits((short) 1);
        publishDay.runsCount(1).next().startUnit((short) 0).units((short) 192).capacity((short) PLACES).withheld((short) 0);
        return publishDay.limit() - offset;
    }

    private void next(final RequestEncoder request) {
        request(request, CLIENT, ++requests, nowMs(), Channel.ONLINE);
    }

    private static void request(final RequestEncoder request, final long idHigh, final long idLow, final long createdMs, final Channel channel) {
        request.deadlineMs(0).idHigh(idHigh).idLow(idLow).createdMs(createdMs).sequence(0).actor(1).onBehalfOf(0).clientId(0)
                .channel(channel).putReserved((short) 0, (short) 0, (short) 0);
    }

    private long person(final int lane, final int number) {
        return (round * LANES + lane) * 2 + number + 1;
    }

    private int epochDay() {
        return (int) (nowMs() / DAY_MS);
    }

    private static int desk(final int lane, final int leg) {
        return FIRST_DESK + (lane / KINDS + leg) % DESKS;
    }

    private short start(final int lane, final int move) {
        return (short) ((round * 5 + lane + move * 7L) % STARTS * UNITS);
    }
}
