package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Hold;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.Serve;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.VoidStamp;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WithdrawLines;

/** Applications and visits of some people at some posts, by chance from a seed; each step that was acknowledged is counted by its twin. Money: {@link RandomTill}. */
class RandomOffice extends RandomPapers {
    static final int VALIDATED_FIRST = 21;
    static final int VALID_AT_ONCE = 22;
    static final long CASHIER = 0xA1;
    static final long HEAD = 0xB2;
    static final long OTHER = 0xC3;
    private static final long UNIT_MS = 300_000;
    private static final long DAY_MS = 86_400_000;

    final Random random;
    final NaiveReport twin;
    final List<Row> lines = new ArrayList<>();
    final List<Paper> stamps = new ArrayList<>();
    final int[] desks; // by post − 1
    MawidClient client;
    References references;
    CommandReply reply;
    private long persons;

    RandomOffice(final long seed, final NaiveReport twin, final int... desks) {
        this.random = new Random(seed);
        this.twin = twin;
        this.desks = desks;
    }

    // ---- asking

    Request by(final long actor) {
        return client.newRequest().toBuilder().setActor(actor).build();
    }

    void done(final Command.Builder command) {
        reply = client.execute(command.build());
        assertThat(reply.getResult()).as("%s", command).isIn(Result.OK, Result.OVERFLOW);
    }

    long ms() {
        return reply.getNowMs();
    }

    <T> T any(final List<T> all, final Predicate<T> wanted) {
        final List<T> found = all.stream().filter(wanted).toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    int anyPost() {
        return 1 + random.nextInt(desks.length);
    }

    // ---- applications

    void submit() {
        final int post = anyPost();
        final List<NewLine> asked = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            asked.add(line(++persons, random.nextBoolean() ? VALIDATED_FIRST : VALID_AT_ONCE, 1 + random.nextInt(3)));
        }
        submit(post, asked);
    }

    static NewLine line(final long person, final int service, final int quantity) {
        return NewLine.newBuilder().setPersonKey(person).setServiceId(service).setQuantity(quantity).build();
    }

    Row submit(final int post, final List<NewLine> asked) {
        done(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(post).addAllLines(asked)));
        twin.ofPost(post, ms(), "applicationsSubmitted");
        for (int i = 0; i < asked.size(); i++) {
            submitted(new Row(reply.getReference(), post, i, asked.get(i), ms()));
        }
        return lines.get(lines.size() - 1);
    }

    private void submitted(final Row line) {
        lines.add(line);
        twin.ofService(line.post, ms(), line.service, "linesSubmitted", 1);
        twin.ofService(line.post, ms(), line.service, "linesValidAtOnce", line.state.equals("VALIDATED") ? 1 : 0);
    }

    void validate() {
        final Row line = any(lines, one -> one.state.equals("SUBMITTED"));
        if (line != null) {
            validate(line);
        }
    }

    void validate(final Row line) {
        done(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(line.application).setLines(1 << line.index)));
        twin.decided(line.post, ms(), line.service, "linesValidated", line.submittedMs);
        line.state = "VALIDATED";
    }

    void reject() {
        final Row line = any(lines, one -> !one.isOver() && !one.visit);
        if (line != null) {
            done(Command.newBuilder().setRejectLines(RejectLines.newBuilder().setApplication(line.application).setLines(1 << line.index).setReasonHash(1)));
            twin.decided(line.post, ms(), line.service, "linesRejected", line.submittedMs);
            over(line, "REJECTED");
        }
    }

    void withdraw() {
        final Row line = any(lines, one -> !one.isOver() && !one.visit);
        if (line != null) {
            withdraw(line);
        }
    }

    void withdraw(final Row line) {
        done(Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setApplication(line.application).setLines(1 << line.index)));
        twin.ofService(line.post, ms(), line.service, "linesWithdrawn", 1);
        over(line, "WITHDRAWN");
    }

    private void over(final Row line, final String state) {
        line.state = state;
        if (line.stamp != null && line.stamp.state.equals("ISSUED")) {
            voided(line.stamp);
        }
    }

    // ---- stamps

    void issue() {
        final Row line = any(lines, one -> one.state.equals("VALIDATED") && one.stamp == null);
        if (line != null) {
            issue(line, anyPost());
        }
    }

    void issue(final Row line, final int post) {
        done(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(line.application).setLines(1 << line.index).setPostId(post)));
        twin.value(ms(), paper(reply.getStamps(0), line, post), "stampsIssued");
    }

    Paper paper(final String reference, final Row line, final int post) {
        final Stamp told = client.stamp(reference, reply.getPosition()).orElseThrow();
        final Paper paper = new Paper();
        paper.reference = reference;
        paper.line = line;
        paper.post = post;
        paper.currency = told.getCurrency();
        paper.centimes = told.getAmountCentimes();
        paper.minor = told.getLocalMinor();
        line.stamp = paper;
        stamps.add(paper);
        return paper;
    }

    void voidStamp() {
        final Paper stamp = any(stamps, one -> one.state.equals("ISSUED"));
        if (stamp != null) {
            done(Command.newBuilder().setVoidStamp(VoidStamp.newBuilder().setStamp(stamp.reference)));
            voided(stamp);
        }
    }

    void voided(final Paper stamp) {
        twin.value(ms(), stamp, "stampsVoided");
        ended(stamp, "VOID");
    }

    void ended(final Paper stamp, final String state) {
        stamp.state = state;
        if (stamp.line.stamp == stamp) {
            stamp.line.stamp = null;
        }
    }

    String secret(final Paper stamp) {
        return references.secret().of(references.number(ReferenceKind.STAMP, stamp.reference));
    }

    // ---- visits

    /** @param nowMs what time it is, in the first half of a day by UTC @param advance goes on by so many ms */
    void visit(final long nowMs, final ToLongFunction<Long> advance) {
        final Row line = any(lines, one -> one.state.equals("VALIDATED") && !one.visit && one.service == VALIDATED_FIRST && one.quantity == 1);
        final int unit = (int) (nowMs % DAY_MS / UNIT_MS) / 3 * 3 + 9;
        if (line == null || unit + 3 > 192) {
            return;
        }
        final int post = line.post;
        final Leg.Builder leg = Leg.newBuilder().setDeskId(desks[post - 1]).setLines(1 << line.index).setEpochDay((int) (nowMs / DAY_MS)).setUnits(3);
        done(Command.newBuilder().setHold(Hold.newBuilder().setApplication(line.application).addLegs(leg.setStartUnit(unit - 3))));
        done(Command.newBuilder().setConfirm(org.mawid.grpc.Confirm.newBuilder().setHold(reply.getReference())));
        twin.ofPost(post, ms(), "appointmentsConfirmed");
        final String appointment = reply.getReference();
        done(Command.newBuilder().setReschedule(org.mawid.grpc.Reschedule.newBuilder().setAppointment(appointment).addLegs(leg.setStartUnit(unit))));
        twin.ofPost(post, ms(), "appointmentsRescheduled");
        end(appointment, line, nowMs, unit, advance);
    }

    private void end(final String appointment, final Row line, final long nowMs, final int unit, final ToLongFunction<Long> advance) {
        switch (random.nextInt(3)) {
            case 0 -> {
                done(Command.newBuilder().setCancel(org.mawid.grpc.Cancel.newBuilder().setAppointment(appointment)));
                twin.ofPost(line.post, ms(), "appointmentsCancelled");
            }
            case 1 -> {
                advance.applyAsLong((nowMs / DAY_MS) * DAY_MS + unit * UNIT_MS + 20 * 60_000);
                done(Command.newBuilder().setMarkNoShow(org.mawid.grpc.MarkNoShow.newBuilder().setAppointment(appointment)));
                twin.ofPost(line.post, ms(), "appointmentsNoShow");
            }
            default -> {
                done(Command.newBuilder().setCheckIn(org.mawid.grpc.CheckIn.newBuilder().setAppointment(appointment)));
                twin.ofPost(line.post, ms(), "appointmentsCheckedIn");
                served(appointment, line);
            }
        }
    }

    private void served(final String appointment, final Row line) {
        done(Command.newBuilder().setCall(org.mawid.grpc.Call.newBuilder().setAppointment(appointment).setCounter(1)));
        final boolean fulfilled = random.nextInt(4) > 0;
        done(Command.newBuilder().setServe(Serve.newBuilder().setAppointment(appointment).setFulfilled(fulfilled ? 1 << line.index : 0)));
        twin.ofPost(line.post, ms(), "appointmentsServed");
        if (fulfilled) {
            twin.ofService(line.post, ms(), line.service, "linesServed", 1);
            twin.ofService(line.post, ms(), line.service, "quantityServed", line.quantity);
            line.state = "FULFILLED";
        }
    }

    void walkIn(final long nowMs) {
        final int post = anyPost();
        final NewLine asked = line(++persons, VALIDATED_FIRST, 1 + random.nextInt(2));
        done(Command.newBuilder().setWalkIn(WalkIn.newBuilder().setDeskId(desks[post - 1]).setEpochDay((int) (nowMs / DAY_MS)).addLines(asked)));
        twin.ofPost(post, ms(), "applicationsSubmitted");
        twin.ofPost(post, ms(), reply.getResult() == Result.OVERFLOW ? "overflows" : "walkIns");
        // Which application it is, the appointment says.
        final String appointment = reply.getReference();
        final Row line = new Row(client.appointment(appointment, reply.getPosition()).orElseThrow().getApplication(), post, 0, asked, ms());
        line.state = "VALIDATED";
        submitted(line);
        served(appointment, line);
    }
}
