package org.mawid.api.audit.trail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.Opening;
import org.mawid.api.audit.Page;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.JoinWaitlist;
import org.mawid.grpc.LeaveWaitlist;
import org.mawid.grpc.Release;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.VoidStamp;
import org.mawid.grpc.WithdrawLines;

/** Many who do this and that with some applications, also what cannot be done, and twice; and a naive twin of the trail, which knows what belongs to whom because it was there when it was made. */
final class RandomAgents {
    private static final int PERSONS = 40;

    private final TrailPost post;
    private final Random random;
    private final Map<Target, Long> belongs = new HashMap<>();
    /** When, and by what. Of two that are the same in the same millisecond nobody knows which one it was. */
    private final Map<Long, Submitted> submitted = new HashMap<>();
    private final List<Target> applications = new ArrayList<>();
    private final List<Target> holds = new ArrayList<>();
    private final List<Target> appointments = new ArrayList<>();
    private final List<Target> stamps = new ArrayList<>();
    private final List<Target> waiters = new ArrayList<>();
    private UUID lastId;
    private Command.Builder last;
    private long lastActor;

    private record Submitted(long nowMs, Opening opening) {
    }

    RandomAgents(final TrailPost post, final long seed) {
        this.post = post;
        random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            submit();
        }
    }

    List<Long> applications() {
        return applications.stream().map(Target::number).toList();
    }

    RandomAgents act(final int times) {
        for (int i = 0; i < times; i++) {
            act();
        }
        return this;
    }

    private void act() {
        switch (random.nextInt(16)) {
            case 0 -> submit();
            case 1, 2 -> tell(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(text(any(applications))).setLines(1)));
            case 3, 4, 5 -> hold();
            case 6, 7 -> confirm();
            case 8 -> {
                if (!holds.isEmpty()) {
                    tell(Command.newBuilder().setRelease(Release.newBuilder().setHold(text(any(holds)))));
                }
            }
            case 9 -> {
                if (!appointments.isEmpty()) {
                    tell(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(text(any(appointments))).addLegs(OnePost.leg(random.nextInt(2), random.nextInt(32)))));
                }
            }
            case 10 -> {
                if (!appointments.isEmpty()) {
                    tell(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(text(any(appointments)))));
                }
            }
            case 11 -> stamps();
            case 12 -> wait(any(applications));
            case 13 -> look();
            case 14 -> {
                if (last != null) {
                    post.tell(lastId, lastActor, last); // whoever did not hear the answer asks again
                }
            }
            default -> post.timeGoesOn(Duration.ofSeconds(random.nextInt(400))); // holds end by themselves, too
        }
    }

    private void submit() {
        final long person = 1_000 + random.nextInt(PERSONS);
        final CommandReply reply = post.tell(actor(), OnePost.submit(person).toBuilder());
        if (reply.getResult() == Result.OK) {
            final Target made = made(ReferenceKind.APPLICATION, reply.getReference());
            applications.add(made);
            belongs.put(made, made.number());
            submitted.put(made.number(), new Submitted(reply.getNowMs(), new Opening(0, List.of(new Opening.Line(person, OnePost.SERVICE)))));
        }
    }

    private void hold() {
        final Target of = any(applications);
        final CommandReply reply = tell(OnePost.hold(text(of), random.nextInt(2), random.nextInt(32)).toBuilder());
        if (reply.getResult() == Result.OK) {
            keep(holds, made(ReferenceKind.HOLD, reply.getReference()), of);
        }
    }

    private void confirm() {
        if (!holds.isEmpty()) {
            final Target hold = any(holds);
            if (random.nextBoolean()) {
                post.allowed(actor(), Operation.called("confirm"), hold, 0, 1 + random.nextInt(1_000_000));
            }
            final CommandReply reply = tell(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(text(hold)).setIssueStamps(random.nextBoolean())));
            if (reply.getResult() == Result.OK) {
                keep(appointments, made(ReferenceKind.APPOINTMENT, reply.getReference()), hold);
                reply.getStampsList().forEach(stamp -> keep(stamps, made(ReferenceKind.STAMP, stamp), hold));
            }
        }
    }

    private void stamps() {
        if (stamps.isEmpty() || random.nextBoolean()) {
            final Target of = any(applications);
            tell(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(text(of)).setLines(1).setPostId(OnePost.POST))).getStampsList()
                    .forEach(stamp -> keep(stamps, made(ReferenceKind.STAMP, stamp), of));
        } else {
            tell(Command.newBuilder().setVoidStamp(VoidStamp.newBuilder().setStamp(text(any(stamps)))));
        }
    }

    private void wait(final Target of) {
        if (!waiters.isEmpty() && random.nextBoolean()) {
            tell(Command.newBuilder().setLeaveWaitlist(LeaveWaitlist.newBuilder().setWaiterId(any(waiters).number())));
        } else if (random.nextInt(4) == 0) {
            tell(Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setApplication(text(of)).setLines(1)));
        } else {
            tell(Command.newBuilder().setJoinWaitlist(JoinWaitlist.newBuilder().setApplication(text(of)).setFromEpochDay(OnePost.FIRST_DAY).setToEpochDay(OnePost.FIRST_DAY + 1).setLines(1).setPostId(OnePost.POST)));
            post.reflected();
            post.engine.readModel().closures().waiters(of.number()).forEach(waiter -> keep(waiters, new Target(ObjectKind.WAITER, waiter.waiterId()), of));
        }
    }

    private void look() {
        final List<Target> all = random.nextBoolean() || appointments.isEmpty() ? applications : appointments;
        post.allowed(actor(), Operation.GET_HISTORY, any(all), random.nextLong(), random.nextInt(2) * 20_261_234L);
    }

    private CommandReply tell(final Command.Builder command) {
        lastId = UUID.randomUUID();
        last = command;
        lastActor = actor();
        return post.tell(lastId, lastActor, command);
    }

    private long actor() {
        return 2 + random.nextInt(50);
    }

    private static <T> T any(final List<T> of, final Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private Target any(final List<Target> of) {
        return any(of, random);
    }

    private void keep(final List<Target> of, final Target made, final Target that) {
        if (belongs.putIfAbsent(made, belongs.get(that)) == null) {
            of.add(made);
        }
    }

    private Target made(final ReferenceKind kind, final String reference) {
        return new Target(ObjectKind.valueOf(kind.name()), post.references.number(kind, reference));
    }

    private String text(final Target target) {
        return post.references.text(target.kind().reference(), target.number());
    }

    // ---- the twin

    /** Reads all of the log each time. The newest first. */
    List<Entry> newest(final long application) {
        final AuditLog log = new AuditLog(post.engine);
        final List<Entry> all = new ArrayList<>();
        Page page = new Page(List.of(), 0, false);
        while (!page.isEnd()) {
            page = log.find((position, nowMs, actor, onBehalfOf, operation, targets, command) -> command != null && new Submitted(nowMs, Opening.of(command)).equals(submitted.get(application))
                    || targets.stream().anyMatch(target -> belongs.getOrDefault(target, 0L) == application), page.through());
            all.addAll(page.entries());
        }
        Collections.reverse(all);
        return all;
    }
}
