package org.mawid.bench.kingdom;

import org.agrona.MutableDirectBuffer;
import org.mawid.api.network.OpenDay;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.HoldEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.PublishDayEncoder;
import org.mawid.sbe.RescheduleEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.ValidateLinesEncoder;
import org.mawid.sbe.WithdrawLinesEncoder;

/** Writes what a case says to the engine. Those that all benchmarks know are in {@link Commands}. One thread; allocates nothing. */
final class CaseCommands {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validate = new ValidateLinesEncoder();
    private final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final RescheduleEncoder reschedule = new RescheduleEncoder();
    private final PublishDayEncoder publishDay = new PublishDayEncoder();
    private final Commands commands;
    private final Cases cases;
    private final long seed;

    CaseCommands(final Commands commands, final Cases cases, final long seed) {
        this.commands = commands;
        this.cases = cases;
        this.seed = seed;
    }

    /** @return bytes written, as for all methods here */
    int submit(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        submit.wrapAndApplyHeader(to, at, header);
        commands.request(submit.request(), nowMs);
        submit.applicant(person(slot, 0)).postId(cases.post[slot]);
        final SubmitApplicationEncoder.LinesEncoder lines = submit.linesCount(cases.lines[slot]);
        for (int line = 0; line < cases.lines[slot]; line++) {
            final int i = Cases.at(slot, line);
            lines.next().personKey(person(slot, cases.person[i])).serviceId(cases.service[i]).registeredPostId(cases.post[slot]).quantity((short) 1)
                    .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        }
        return HEADER + submit.encodedLength();
    }

    private long person(final int slot, final int person) {
        return Lives.personKey(cases.personBase[slot] + person, seed);
    }

    int validate(final MutableDirectBuffer to, final int at, final long nowMs, final int slot, final int lines) {
        validate.wrapAndApplyHeader(to, at, header);
        commands.request(validate.request(), nowMs);
        validate.applicationId(cases.application[slot]).lines(lines);
        return HEADER + validate.encodedLength();
    }

    int withdraw(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        withdraw.wrapAndApplyHeader(to, at, header);
        commands.request(withdraw.request(), nowMs);
        withdraw.applicationId(cases.application[slot]).lines(all(slot));
        return HEADER + withdraw.encodedLength();
    }

    int hold(final MutableDirectBuffer to, final int at, final long nowMs, final int slot, final boolean issueStamps) {
        hold.wrapAndApplyHeader(to, at, header);
        commands.request(hold.request(), nowMs);
        hold.applicationId(cases.application[slot]).issueStamps(issueStamps ? BooleanType.YES : BooleanType.NO);
        final HoldEncoder.LegsEncoder legs = hold.legsCount(cases.legs[slot]);
        for (int leg = 0; leg < cases.legs[slot]; leg++) {
            final int i = Cases.at(slot, leg);
            legs.next().deskId(cases.legDesk[i]).lines(cases.legLines[i]).epochDay(cases.epochDay[slot]).startUnit(cases.legStart[i]).units(cases.legUnits[i]);
        }
        return HEADER + hold.encodedLength();
    }

    /** Of the first leg alone, at a start that somebody saw and that is gone. */
    int holdFirst(final MutableDirectBuffer to, final int at, final long nowMs, final int slot, final int epochDay, final int startUnit) {
        final int first = Cases.at(slot, 0);
        hold.wrapAndApplyHeader(to, at, header);
        commands.request(hold.request(), nowMs);
        hold.applicationId(cases.application[slot]).issueStamps(BooleanType.NO);
        hold.legsCount(1).next().deskId(cases.legDesk[first]).lines(cases.legLines[first]).epochDay(epochDay).startUnit((short) startUnit).units(cases.legUnits[first]);
        return HEADER + hold.encodedLength();
    }

    int confirm(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        return commands.confirm(to, at, nowMs, cases.visit[slot]);
    }

    int cancel(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        return commands.cancel(to, at, nowMs, cases.visit[slot]);
    }

    int reschedule(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        reschedule.wrapAndApplyHeader(to, at, header);
        commands.request(reschedule.request(), nowMs);
        reschedule.appointmentId(cases.visit[slot]);
        final RescheduleEncoder.LegsEncoder legs = reschedule.legsCount(cases.legs[slot]);
        for (int leg = 0; leg < cases.legs[slot]; leg++) {
            final int i = Cases.at(slot, leg);
            legs.next().deskId(cases.legDesk[i]).lines(cases.legLines[i]).epochDay(cases.epochDay[slot]).startUnit(cases.legStart[i]).units(cases.legUnits[i]);
        }
        return HEADER + reschedule.encodedLength();
    }

    int checkIn(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        return commands.checkIn(to, at, nowMs, cases.visit[slot]);
    }

    int call(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        return commands.call(to, at, nowMs, cases.visit[slot]);
    }

    int serve(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        return commands.serve(to, at, nowMs, cases.visit[slot], all(slot));
    }

    int markNoShow(final MutableDirectBuffer to, final int at, final long nowMs, final int slot) {
        return commands.markNoShow(to, at, nowMs, cases.visit[slot]);
    }

    int publish(final MutableDirectBuffer to, final int at, final long nowMs, final OpenDay day) {
        publishDay.wrapAndApplyHeader(to, at, header);
        commands.request(publishDay.request(), nowMs);
        publishDay.poolId(day.poolId()).epochDay(day.epochDay()).startMs(day.startMs()).releasedAtMs(day.releasedAtMs())
                .unitCount((short) day.units()).alignUnits((short) day.alignUnits());
        publishDay.runsCount(1).next().startUnit((short) 0).units((short) day.units()).capacity((short) day.capacity()).withheld((short) 0);
        return HEADER + publishDay.encodedLength();
    }

    /** Every line of the application, as a set. */
    private int all(final int slot) {
        return (1 << cases.lines[slot]) - 1;
    }
}
