package org.mawid.api.access;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.mawid.api.access.Owners.Owner;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/**
 * Whether a call may go on: what both edges ask, before they do anything for it. Any thread that may wait for the records' disk.
 * <p>A thing that is not theirs is not refused: it is taken for one that nobody has ({@link #nobodys(ObjectKind, int)}) and goes the usual way, so that the answer is
 * that of an unknown one, in all its parts, whoever gives it. The same happens to what is not there, which could come to be meanwhile.
 */
public final class Access {
    /** What one verdict can speak of. */
    private static final int MOST_TARGETS = Long.SIZE;
    private static final int MOST_POST = 4_095;
    private static final int MOST_POOL = 65_000;
    private static final int MOST_TERMINAL = 65_535;

    private final Gateway gateway;
    private final ReadModel model;
    private final Owners owners;
    private final ToLongFunction<Caller> leftMs;
    private final CommandAccess commands;
    private final AccessLog log;

    /** As below, and nothing is written. */
    public Access(final Gateway gateway, final ToLongFunction<Caller> leftMs) {
        this(gateway, leftMs, AccessLog.NONE);
    }

    /** @param leftMs for how long what somebody's token said is still so, 0 = it is no longer */
    public Access(final Gateway gateway, final ToLongFunction<Caller> leftMs, final AccessLog log) {
        this.log = log;
        this.gateway = gateway;
        this.model = gateway.engine().readModel();
        this.owners = new Owners(model);
        this.leftMs = leftMs;
        this.commands = new CommandAccess(this);
    }

    /** Of commands. */
    public CommandAccess commands() {
        return commands;
    }

    /** Before anything is read of the call: OK, UNAUTHENTICATED or FORBIDDEN. @param operation null = nobody may */
    public Result mayCall(final Caller caller, final Operation operation) {
        if (operation != null && AccessTable.isOnDisplay(operation)) {
            return Result.OK;
        }
        if (caller.isNobody() || leftMs(caller) == 0) {
            return Result.UNAUTHENTICATED;
        }
        return operation != null && AccessTable.mayDoSome(operation, caller.roles()) ? Result.OK : Result.FORBIDDEN;
    }

    /** For how long what somebody's token said is still so, ms; 0 = it is no longer. */
    public long leftMs(final Caller caller) {
        return leftMs.applyAsLong(caller);
    }

    /**
     * Whether somebody may do it, be it with some objects only, as one who works for the state: in a role that is no person's and no portal's. Whoever may do it in such a role, too, does it in that one, unless the other
     * allows it with all objects: an officer who applies elsewhere is an applicant there.
     */
    public static boolean isOfficial(final Caller caller, final Operation operation) {
        final boolean isPersonal = caller.roles().stream().anyMatch(role -> isOfPeople(role) && AccessTable.cell(operation, role) != Whose.NONE);
        return caller.roles().stream().filter(role -> !isOfPeople(role)).map(role -> AccessTable.cell(operation, role)).anyMatch(whose -> isPersonal ? whose == Whose.ANY : whose != Whose.NONE);
    }

    private static boolean isOfPeople(final Role role) {
        return role == Role.APPLICANT || role == Role.PORTAL;
    }

    /** Whether somebody is shown a person's identity numbers whole: who looks at papers at a counter, and the person. Nobody in particular is, where nobody is asked who they are. @param caller null likewise */
    public static boolean seesNumbers(final Caller caller, final long person) {
        return caller == null || caller.isNobody() || caller.person() == person || caller.roles().contains(Role.OFFICER) || caller.roles().contains(Role.POST_MANAGER);
    }

    /** Whether it depends on what a call names. */
    public boolean dependsOnObjects(final Caller caller, final Operation operation) {
        return operation == Operation.SEND_MESSAGE // whoever sends it, to a post of the application's
                || judge(caller, operation, null, 0, List.of()).result() != Result.OK;
    }

    /** Of what is no command. What is refused, or is to be answered as unknown, is written. */
    public Verdict judge(final Caller caller, final Operation operation, final List<Target> targets) {
        return written(caller, operation, targets, judge(caller, operation, null, caller.onBehalfOf(), targets));
    }

    /** Writes that a call was not let in. @param operation null = there is none @param grounds null = it is one that they may not make, or have made too often */
    public void refuse(final Caller caller, final Operation operation, final Grounds grounds) {
        log.refused(caller, operation, null, false, grounds);
    }

    /** Writes that a call ended with a refusal of what it brought, and nothing was done. @param targets what it names */
    public void ended(final Caller caller, final Operation operation, final List<Target> targets, final Grounds grounds) {
        log.refused(caller, operation, Target.mostTelling(targets), false, grounds);
    }

    /** The same verdict. */
    Verdict written(final Caller caller, final Operation operation, final List<Target> targets, final Verdict verdict) {
        if (verdict.strange() != 0) {
            log.refused(caller, operation, targets.get(Long.numberOfTrailingZeros(verdict.strange())), true, null);
        } else if (verdict.result() == Result.FORBIDDEN || verdict.result() == Result.UNAUTHENTICATED) {
            log.refused(caller, operation, Target.mostTelling(targets), false, null);
        }
        return verdict;
    }

    /** Whether it is written that somebody is let do it. */
    public boolean isRecorded(final Caller caller, final Operation operation) {
        return operation.isRecorded() || caller.roles().stream().anyMatch(role -> AccessTable.cell(operation, role) == Whose.REASON);
    }

    /**
     * Writes that somebody is let do what they are let do with a reason, or what is inside of something: both before it is done.
     *
     * @param detail which part of what is named, 0 = none
     * @return as {@link AccessLog#allowed}; OK at once of what is not written
     */
    public CompletableFuture<Result> record(final Caller caller, final Operation operation, final Verdict verdict, final List<Target> targets, final long detail) {
        final boolean isToBeWritten = verdict.strange() == 0 && (operation.isRecorded() || AccessTable.cell(operation, verdict.role()) == Whose.REASON);
        return isToBeWritten ? log.allowed(caller, operation, targets, detail) : AccessLog.DONE;
    }

    /** A command may go on. */
    void comes(final Caller caller) {
        log.comes(caller);
    }

    /** Writes to whom something has led, before whoever asked is told. @param caller null = nobody is asked who they are @return as {@link AccessLog#allowed} */
    public CompletableFuture<Result> found(final Caller caller, final Operation operation, final long person) {
        return caller == null || caller.isNobody() ? AccessLog.DONE : log.allowed(caller, operation, List.of(new Target(ObjectKind.PERSON, person)), 0);
    }

    /** Whether they may do it with whatever it is. */
    public boolean mayDoAny(final Caller caller, final Operation operation) {
        return caller.roles().stream().anyMatch(role -> AccessTable.cell(operation, role) == Whose.ANY);
    }

    /**
     * Ids of the posts that deal with an application: which decides it, and those where they come; empty = every post, for none decides it yet. Null when there is none, or none any more.
     *
     * @throws ReadModelBehindException while records are being rebuilt
     */
    public Set<Integer> postsOf(final long application) {
        final Owner owner = owners.of(ObjectKind.APPLICATION, application);
        return owner == null ? null : owner.posts();
    }

    /** Whether they may do that with it. */
    public boolean isTheirs(final Caller caller, final Operation operation, final Target target) {
        final Verdict verdict = judge(caller, operation, null, caller.onBehalfOf(), List.of(target));
        return verdict.result() == Result.OK && verdict.strange() == 0;
    }

    /** @param channel of a command, else null @param onBehalfOf key of the user whom the call is for, 0 = none */
    Verdict judge(final Caller caller, final Operation operation, final Channel channel, final long onBehalfOf, final List<Target> targets) {
        final Result first = mayCall(caller, operation);
        if (first != Result.OK) {
            return first == Result.FORBIDDEN ? Verdict.FORBIDDEN : Verdict.UNAUTHENTICATED;
        }
        if (AccessTable.isOnDisplay(operation)) {
            return Verdict.as(Role.NOBODY);
        }
        Verdict verdict = Verdict.FORBIDDEN;
        for (final Role role : caller.roles()) {
            if (channel == null || role.mayUse(channel)) {
                final Verdict inRole = inRole(caller, operation, role, onBehalfOf, targets);
                if (inRole.result() == Result.OK && inRole.strange() == 0) {
                    return inRole;
                }
                verdict = verdict == Verdict.FORBIDDEN || inRole == Verdict.BEHIND ? inRole : verdict;
            }
        }
        return verdict;
    }

    private Verdict inRole(final Caller caller, final Operation operation, final Role role, final long onBehalfOf, final List<Target> targets) {
        return switch (AccessTable.cell(operation, role)) {
            case NONE -> Verdict.FORBIDDEN;
            case ANY -> forWhom(Verdict.as(role), onBehalfOf, targets);
            case REASON -> caller.reasonCode() == 0 ? Verdict.FORBIDDEN : forWhom(Verdict.as(role), onBehalfOf, targets);
            case OWN -> owned(role, targets, ObjectKind::isPersonal, this::owner, owner -> owner.person() == caller.person());
            case USER -> onBehalfOf == 0 ? Verdict.FORBIDDEN : owned(role, targets, ObjectKind::isPersonal, this::owner, owner -> owner.person() == onBehalfOf);
            case POST -> forWhom(operation.isOfPerson() ? owned(role, targets, ObjectKind::isPersonal, target -> owners.named(target.number()), owner -> isOfOneOf(caller, owner))
                    : owned(role, targets, ObjectKind::isOfPost, this::owner, owner -> isOfOneOf(caller, owner)), onBehalfOf, targets);
        };
    }

    /** Who says for whom it is says so rightly: of somebody's things it is for them, or for somebody whom their application serves; or the log would tell of a person what was done for another. */
    private Verdict forWhom(final Verdict verdict, final long onBehalfOf, final List<Target> targets) {
        if (onBehalfOf == 0 || verdict.result() != Result.OK || targets.size() > MOST_TARGETS) {
            return verdict;
        }
        final long position = owners.position();
        boolean isUnknown = false;
        try {
            for (int i = 0; i < targets.size(); i++) {
                final Target target = targets.get(i);
                final Boolean isTheirs = !target.kind().isPersonal() || verdict.isStrange(i) ? Boolean.TRUE : owners.concerns(target.kind(), target.number(), onBehalfOf);
                if (Boolean.FALSE.equals(isTheirs)) {
                    return Verdict.FORBIDDEN;
                }
                isUnknown |= isTheirs == null;
            }
        } catch (final ReadModelBehindException rebuilt) {
            return Verdict.BEHIND;
        }
        return isUnknown && position < durablePosition() ? Verdict.BEHIND : verdict;
    }

    private Owner owner(final Target target) {
        return owners.of(target.kind(), target.number());
    }

    /** @param concerned kinds of things that have to be theirs, at least one of which is to be named */
    private Verdict owned(final Role role, final List<Target> targets, final Predicate<ObjectKind> concerned, final Function<Target, Owner> whose, final Predicate<Owner> isTheirs) {
        if (targets.size() > MOST_TARGETS) {
            return Verdict.FORBIDDEN;
        }
        final long position = owners.position();
        boolean isConcerned = false;
        boolean mayBeOtherwise = false;
        boolean isStranger = false;
        long strange = 0;
        try {
            for (int i = 0; i < targets.size(); i++) {
                final Target target = targets.get(i);
                if (concerned.test(target.kind())) {
                    isConcerned = true;
                    final Owner owner = whose.apply(target);
                    if (owner == null ? !target.mayBeNew() : !isTheirs.test(owner)) {
                        strange |= 1L << i;
                        mayBeOtherwise |= owner == null || target.kind() != ObjectKind.PERSON || !owner.posts().isEmpty(); // of what was made, or has moved, since
                        isStranger |= target.kind() == ObjectKind.PERSON;
                    }
                }
            }
        } catch (final ReadModelBehindException rebuilt) {
            return Verdict.BEHIND;
        }
        if (mayBeOtherwise && position < durablePosition()) {
            return Verdict.BEHIND;
        }
        return isConcerned && !isStranger ? new Verdict(Result.OK, role, strange) : Verdict.FORBIDDEN; // nobody is an unknown person: a key is answered alike, whosever it is
    }

    /** Of who is of no post, as they were let: to posts only that may deal with the application, for it would be told to another. @param targets the application, then the post; what was left out is refused later */
    Verdict toItsPosts(final Verdict verdict, final List<Target> targets) {
        if (verdict.result() != Result.OK || verdict.strange() != 0 || targets.size() != 2) {
            return verdict;
        }
        final long position = owners.position();
        final Owner application;
        try {
            application = owners.of(ObjectKind.APPLICATION, targets.get(0).number());
        } catch (final ReadModelBehindException rebuilt) {
            return Verdict.BEHIND;
        }
        if (application != null && (application.posts().isEmpty() || application.posts().contains((int) targets.get(1).number()))) {
            return verdict;
        }
        if (position < durablePosition()) {
            return Verdict.BEHIND;
        }
        return application == null ? verdict : new Verdict(Result.OK, verdict.role(), 1L << 1);
    }

    private boolean isOfOneOf(final Caller caller, final Owner owner) {
        if (owner.posts().isEmpty()) {
            return !caller.posts().isEmpty();
        }
        return owner.posts().stream().map(model.catalogue()::post).anyMatch(post -> post != null && caller.posts().contains(post.code()));
    }

    /** What {@link #position} has to reach, so that it is known whose anything is that has been answered by now. */
    public long durablePosition() {
        return gateway.engine().status().durablePosition();
    }

    /** Last log position that all that is asked here reflects. */
    public long position() {
        return owners.position();
    }

    /** A number that nobody has. @param index another one for each, 0 to 63; where numbers are counted up, ascending and above all that there are */
    public long nobodys(final ObjectKind kind, final int index) {
        return switch (kind) {
            case POST -> free(MOST_POST, index, id -> model.catalogue().post(id) == null);
            case POOL -> free(MOST_POOL, index, id -> model.catalogue().pool(id) == null);
            case TERMINAL -> free(MOST_TERMINAL, index, id -> model.money().terminal(id) == null);
            default -> References.MAX_NUMBER - MOST_TARGETS + 1 + index;
        };
    }

    private static long free(final int highest, final int index, final IntPredicate isFree) {
        return IntStream.iterate(highest, id -> id - 1).filter(isFree).skip(index).findFirst().orElseThrow();
    }

    /** As the edges name it. @param kind with a reference */
    public String nobodysReference(final ObjectKind kind) {
        return gateway.references().text(kind.reference(), nobodys(kind, 0));
    }

    public CatalogueView catalogue() {
        return model.catalogue();
    }

    public References references() {
        return gateway.references();
    }
}
