package org.mawid.engine.testkit;

import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.*; // one encoder for every command

/**
 * What {@link Lives} have no command for, beside them: staged changes, other capacities, stamps by themselves, rejections, people who do not
 * come, a request that comes again and one that is refused. A turn, or a staged change that is applied and one that is not, is told command by command, each when the one before is answered;
 * what a turn ends, the next one retires. Writes straight into a buffer and allocates nothing.
 */
public final class RareCommands {
    private static final int DESK = 41;
    private static final int PLACES = 200;
    private static final int DAY_UNITS = 192;
    private static final long UNIT_MS = 300_000;
    private static final long CLIENT = 0x5241_5245L;
    private static final long FIRST_PERSON = 1L << 40;
    private static final int AWAITED = 16;
    private static final int DAYS = 60;
    /** Units that have another capacity in turn, or one place withheld; two days are so all the time, for what days look like is shared. */
    private static final int FIRST_MOVED = 96;
    private static final int MOVED = 12;
    private static final int LAST_OF_CHANGES = 6;
    private static final int RETIRE = 7;
    private static final int AGAIN = 14;
    private static final int REFUSED = 21;
    private static final int NO_SHOW = 22;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BeginChangeEncoder beginChange = new BeginChangeEncoder();
    private final AddToChangeEncoder addToChange = new AddToChangeEncoder();
    private final ApplyChangeEncoder applyChange = new ApplyChangeEncoder();
    private final AbandonChangeEncoder abandonChange = new AbandonChangeEncoder();
    private final SetCapacityEncoder setCapacity = new SetCapacityEncoder();
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validate = new ValidateLinesEncoder();
    private final RejectLinesEncoder reject = new RejectLinesEncoder();
    private final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
    private final IssueStampsEncoder issueStamps = new IssueStampsEncoder();
    private final VoidStampEncoder voidStamp = new VoidStampEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final MarkNoShowEncoder markNoShow = new MarkNoShowEncoder();
    private final RetireEncoder retire = new RetireEncoder();
    /** Who is still to come, the oldest first. */
    private final long[] appointments = new long[AWAITED];
    private final long[] applications = new long[AWAITED];
    private final long[] starts = new long[AWAITED];
    private int oldest;
    private int newest;
    private final long[] ended = new long[3];
    private int endedCount;
    private long nowMs;
    private int turns;
    private int step;
    private int last;
    private long requests;
    private long people;
    private long number; // of what the last answer made
    private long calendarVersion;
    private long application;
    private int wrong;
    private String firstWrong = "none";

    /** Answers that were not those to expect. */
    public int wrong() {
        return wrong;
    }

    public String firstWrong() {
        return firstWrong;
    }

    /** After the opening of {@link Lives}: one command a call, {@code index} from 0. @return its length, 0 = all has been said */
    public int writeOpening(final int index, final long atMs, final MutableDirectBuffer to, final int offset) {
        step = -1;
        final Command.Request request = new Command.Request(0, CLIENT, ++requests, atMs, 0, 1, 0, 0, Channel.SYSTEM);
        return switch (index) {
            case 0 -> new CommandWriter().write(new Command.DefinePool(request, DESK, Lives.POST, PoolKind.DESK, "spare"), to, offset);
            case 1 -> new CommandWriter().write(new Command.SetDeskService(request, DESK, Lives.PASSPORT, true), to, offset);
            case 2 + DAYS, 3 + DAYS -> new CommandWriter().write(new Command.SetCapacity(request, DESK, (int) (atMs / Lives.DAY_MS) + index - 4, FIRST_MOVED, MOVED,
                    PLACES + 1, index - 2 - DAYS), to, offset);
            default -> index < 2 + DAYS ? new CommandWriter().write(new Command.PublishDay(request, new Command.DayPlan(DESK,
                    (int) (atMs / Lives.DAY_MS) + index - 2, (atMs / Lives.DAY_MS + index - 2) * Lives.DAY_MS, 0, DAY_UNITS, 1,
                    List.of(new Command.Run(0, DAY_UNITS, PLACES, 0)))), to, offset) : 0;
        };
    }

    /** @param atMs log time of the turn, in the first hours of a day */
    public void beginTurn(final long atMs) {
        turns++;
        nowMs = atMs;
        step = RETIRE - 1;
        last = Integer.MAX_VALUE;
    }

    /** Two changes of the day of {@code atMs}, told as a turn is. */
    public void beginChanges(final long atMs) {
        nowMs = atMs;
        step = 0;
        last = LAST_OF_CHANGES;
    }

    /** The next command of the turn, once {@link #answered} was told of the one before. @return its length, 0 = the turn is over */
    public int write(final MutableDirectBuffer to, final int offset) {
        if (step == last) {
            return 0;
        }
        return switch (++step) {
            case 1, 4 -> beginChange(to, offset);
            case 2, 5 -> addToChange(to, offset);
            case 3 -> applyChange(to, offset);
            case LAST_OF_CHANGES -> abandonChange(to, offset);
            case RETIRE -> endedCount == 0 ? write(to, offset) : retire(to, offset);
            case 8 -> setCapacity(to, offset);
            case 9, 15, 17 -> submit(to, offset);
            case 10, 18 -> validate(to, offset);
            case 11 -> issueStamps(to, offset);
            case 12 -> voidStamp(to, offset);
            case 13 -> withdraw(++requests, application, to, offset);
            case AGAIN -> withdraw(requests, application, to, offset);
            case 16 -> reject(to, offset);
            case 19 -> hold(application, to, offset);
            case 20 -> confirm(to, offset);
            case REFUSED -> hold(Long.MAX_VALUE, to, offset);
            case NO_SHOW -> oldest < newest && starts[oldest % AWAITED] <= nowMs ? markNoShow(to, offset) : 0;
            case NO_SHOW + 1 -> withdraw(++requests, applications[oldest % AWAITED], to, offset);
            default -> 0;
        };
    }

    /** What became of it. */
    public void answered(final Outcome outcome) {
        if (outcome.result() != (step == REFUSED ? Result.APPLICATION_UNKNOWN : Result.OK) || outcome.repeated() != (step == AGAIN)) {
            if (wrong++ == 0) {
                firstWrong = outcome.result() + " at step " + step + " of turn " + turns;
            }
        }
        switch (step) {
            case 1, 4 -> {
                number = outcome.number1();
                calendarVersion = outcome.number2();
            }
            case 9, 15, 17 -> application = outcome.number1();
            case 11, 19 -> number = outcome.number1();
            case 13, 16 -> ended[endedCount++] = application;
            case 20 -> {
                appointments[newest % AWAITED] = outcome.number1();
                applications[newest % AWAITED] = application;
                starts[newest++ % AWAITED] = outcome.number2();
            }
            case NO_SHOW + 1 -> {
                System.arraycopy(ended, 0, ended, 1, endedCount++);
                ended[0] = applications[oldest++ % AWAITED]; // in ascending order
            }
            default -> {
            }
        }
    }

    private int beginChange(final MutableDirectBuffer to, final int offset) {
        next(beginChange.wrapAndApplyHeader(to, offset, header).request());
        return beginChange.postId(Lives.POST).limit() - offset;
    }

    private int addToChange(final MutableDirectBuffer to, final int offset) {
        next(addToChange.wrapAndApplyHeader(to, offset, header).request());
        addToChange.changeId(number).poolId(DESK).epochDay(epochDay()).startMs(epochDay() * Lives.DAY_MS).releasedAtMs(0)
                .unitCount((short) DAY_UNITS).alignUnits((short) 1);
        addToChange.runsCount(1).next().startUnit((short) 0).units((short) DAY_UNITS).capacity((short) PLACES).withheld((short) 0);
        return addToChange.limit() - offset;
    }

    private int applyChange(final MutableDirectBuffer to, final int offset) {
        next(applyChange.wrapAndApplyHeader(to, offset, header).request());
        return applyChange.changeId(number).expectedVersion(calendarVersion).limit() - offset;
    }

    private int abandonChange(final MutableDirectBuffer to, final int offset) {
        next(abandonChange.wrapAndApplyHeader(to, offset, header).request());
        return abandonChange.changeId(number).limit() - offset;
    }

    private int setCapacity(final MutableDirectBuffer to, final int offset) {
        next(setCapacity.wrapAndApplyHeader(to, offset, header).request());
        return setCapacity.poolId(DESK).epochDay(epochDay()).startUnit((short) FIRST_MOVED).units((short) MOVED)
                .capacity((short) (PLACES + (turns % 2))).withheld((short) (turns % 4 == 3 ? 1 : 0)).limit() - offset;
    }

    private int submit(final MutableDirectBuffer to, final int offset) {
        next(submit.wrapAndApplyHeader(to, offset, header).request());
        final long person = FIRST_PERSON + ++people;
        submit.applicant(person).postId(Lives.POST).linesCount(1).next().personKey(person).serviceId(Lives.PASSPORT).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        return submit.limit() - offset;
    }

    private int validate(final MutableDirectBuffer to, final int offset) {
        next(validate.wrapAndApplyHeader(to, offset, header).request());
        return validate.applicationId(application).lines(1).limit() - offset;
    }

    private int reject(final MutableDirectBuffer to, final int offset) {
        next(reject.wrapAndApplyHeader(to, offset, header).request());
        return reject.applicationId(application).lines(1).reasonHash(1).reasonCode(1).limit() - offset;
    }

    private int withdraw(final long request, final long from, final MutableDirectBuffer to, final int offset) {
        request(withdraw.wrapAndApplyHeader(to, offset, header).request(), request);
        return withdraw.applicationId(from).lines(1).limit() - offset;
    }

    private int issueStamps(final MutableDirectBuffer to, final int offset) {
        next(issueStamps.wrapAndApplyHeader(to, offset, header).request());
        return issueStamps.applicationId(application).lines(1).postId(Lives.POST).limit() - offset;
    }

    private int voidStamp(final MutableDirectBuffer to, final int offset) {
        next(voidStamp.wrapAndApplyHeader(to, offset, header).request());
        return voidStamp.stampId(number).limit() - offset;
    }

    private int hold(final long of, final MutableDirectBuffer to, final int offset) {
        next(hold.wrapAndApplyHeader(to, offset, header).request());
        final int unit = (int) (nowMs % Lives.DAY_MS / UNIT_MS) + 1;
        hold.applicationId(of).issueStamps(BooleanType.YES).legsCount(1).next().deskId(DESK).lines(1).epochDay(epochDay()).startUnit((short) unit)
                .units((short) Lives.UNITS);
        return hold.limit() - offset;
    }

    private int confirm(final MutableDirectBuffer to, final int offset) {
        next(confirm.wrapAndApplyHeader(to, offset, header).request());
        return confirm.holdId(number).issueStamps(BooleanType.NO).limit() - offset;
    }

    private int markNoShow(final MutableDirectBuffer to, final int offset) {
        next(markNoShow.wrapAndApplyHeader(to, offset, header).request());
        return markNoShow.appointmentId(appointments[oldest % AWAITED]).limit() - offset;
    }

    private int retire(final MutableDirectBuffer to, final int offset) {
        next(retire.wrapAndApplyHeader(to, offset, header).request());
        final RetireEncoder.ApplicationsEncoder group = retire.applicationsCount(endedCount);
        for (int i = 0; i < endedCount; i++) {
            group.next().applicationId(ended[i]);
        }
        endedCount = 0;
        return retire.limit() - offset;
    }

    private int epochDay() {
        return (int) (nowMs / Lives.DAY_MS);
    }

    private void next(final RequestEncoder request) {
        request(request, ++requests);
    }

    private void request(final RequestEncoder request, final long number) {
        request.deadlineMs(0).idHigh(CLIENT).idLow(number).createdMs(nowMs).sequence(0).actor(1).onBehalfOf(0).clientId(0)
                .channel(Channel.SYSTEM).putReserved((short) 0, (short) 0, (short) 0);
    }
}
