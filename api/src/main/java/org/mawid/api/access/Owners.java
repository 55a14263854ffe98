package org.mawid.api.access;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.HallView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;

/** Whose everything is, by what is read. Any thread that may wait for the records' disk. */
final class Owners {
    /** What is at one post only, or at none, as a person. */
    private static final Set<Integer> NONE = Set.of();

    private final ReadModel model;

    /**
     * Whose something is.
     *
     * @param posts  ids; empty = any post's
     * @param person key, 0 = nobody's
     */
    record Owner(Set<Integer> posts, long person) {
    }

    Owners(final ReadModel model) {
        this.model = model;
    }

    /** Last log position that all answers reflect. */
    long position() {
        return Math.min(model.position(), model.records().position());
    }

    /** Null when it is not there. @throws ReadModelBehindException while records are being rebuilt */
    Owner of(final ObjectKind kind, final long number) {
        return switch (kind) {
            case POST -> model.catalogue().post((int) number) == null ? null : at((int) number);
            case POOL -> pool((int) number);
            case TERMINAL -> terminal((int) number);
            case TICKET -> ticket(number);
            case CLOSURE -> closure(number);
            case CHANGE -> change(number);
            case BREAK -> brokenAt(number);
            case BATCH -> null; // is looked up by the treasury only, whose all of them are
            case WAITER -> waiter(number);
            case APPLICATION -> application(model.records().application(number));
            case HOLD -> hold(model.records().hold(number));
            case APPOINTMENT -> appointment(model.records().appointment(number));
            case STAMP -> stamp(model.records().stamp(number));
            case PAYMENT -> payment(model.records().payment(number));
            case PERSON -> new Owner(NONE, number);
        };
    }

    /**
     * Of a person the posts that deal with an application that names them, as far as applications are remembered by whom they name; null = none does. One that every post may decide yet is no reason to know somebody.
     *
     * @throws ReadModelBehindException while records are being rebuilt
     */
    Owner named(final long person) {
        final Set<Integer> posts = new TreeSet<>();
        for (final long number : model.persons().applicationsOf(person)) {
            final Owner owner = application(model.records().application(number));
            if (owner != null) {
                posts.addAll(owner.posts());
            }
        }
        return posts.isEmpty() ? null : new Owner(posts, person);
    }

    /**
     * Whether something personal is somebody's, or of an application that they submitted or that serves them; null = it is not there.
     *
     * @throws ReadModelBehindException while records are being rebuilt
     */
    Boolean concerns(final ObjectKind kind, final long number, final long person) {
        if (kind == ObjectKind.PERSON) {
            return number == person;
        }
        final Records.Application application = model.records().application(applicationOf(kind, number));
        return application == null ? null : Boolean.valueOf(application.concerns(person));
    }

    private long applicationOf(final ObjectKind kind, final long number) {
        return switch (kind) {
            case APPLICATION -> number;
            case HOLD -> number(model.records().hold(number), Records.Hold::applicationId);
            case APPOINTMENT -> number(model.records().appointment(number), Records.Appointment::applicationId);
            case STAMP -> number(model.records().stamp(number), Records.Stamp::applicationId);
            case PAYMENT -> number(model.records().payment(number), Records.Payment::applicationId);
            default -> 0; // a waiter is seldom asked about, and is of an application that is named beside it when it is made
        };
    }

    private static <R> long number(final R found, final ToLongFunction<R> application) {
        return found == null ? 0 : application.applyAsLong(found);
    }

    private static Owner at(final int postId) {
        return new Owner(Set.of(postId), 0);
    }

    private Owner pool(final int number) {
        final CatalogueView.Pool pool = model.catalogue().pool(number);
        return pool == null ? null : at(pool.postId());
    }

    private Owner terminal(final int number) {
        final MoneyView.Terminal terminal = model.money().terminal(number);
        return terminal == null ? null : at(terminal.postId());
    }

    private Owner ticket(final long number) {
        final HallView.Ticket ticket = model.hall().ticket(number);
        return ticket == null ? null : at(ticket.postId());
    }

    private Owner closure(final long number) {
        final ClosuresView.Closure closure = model.closures().closure(number);
        return closure == null ? null : at(closure.postId());
    }

    private Owner change(final long number) {
        return model.catalogue().openChanges().stream().filter(change -> change.changeId() == number).findAny().map(change -> at(change.postId())).orElse(null);
    }

    private Owner brokenAt(final long number) {
        final MoneyView.OpenBreak broken = model.money().openBreak(number);
        return broken == null ? null : at(broken.postId());
    }

    /** By going through all queues: seldom asked, and nothing knows them by their number. */
    private Owner waiter(final long number) {
        for (final CatalogueView.Post post : model.catalogue().posts()) {
            for (final ClosuresView.Waiter waiter : model.closures().queue(post.postId(), Integer.MAX_VALUE)) {
                if (waiter.waiterId() == number) {
                    return of(waiter.applicationId(), waiter.postId());
                }
            }
        }
        return null;
    }

    private Owner application(final Records.Application application) {
        return application == null ? null : new Owner(posts(application), application.applicant());
    }

    /** Where it is decided, in whose queue it is; and where they come, which may be elsewhere. Empty = any post decides, and they come nowhere yet. */
    private Set<Integer> posts(final Records.Application application) {
        final Set<Integer> posts = new TreeSet<>();
        final int deciding = deciding(application);
        if (deciding != 0) {
            posts.add(deciding);
        }
        for (final Records.Line line : application.lines()) {
            final Records.Appointment visit = line.appointmentId() == 0 ? null : model.records().appointment(line.appointmentId());
            if (visit != null) {
                posts.add(visit.postId());
            }
        }
        return posts;
    }

    /** The chosen one, else where the first line's person is registered, else the first of those that they accept, as {@code WorkView} has it; 0 = any. */
    private int deciding(final Records.Application application) {
        if (application.postId() != 0) {
            return application.postId();
        }
        final int registered = application.lines().get(0).registeredPostId();
        return registered != 0 ? registered : model.closures().acceptedPosts(application.applicationId()).stream().findFirst().orElse(0);
    }

    private Owner hold(final Records.Hold hold) {
        return hold == null ? null : new Owner(Set.of(hold.postId()), person(hold.applicationId()));
    }

    private Owner appointment(final Records.Appointment visit) {
        return visit == null ? null : new Owner(Set.of(visit.postId()), person(visit.applicationId()));
    }

    private Owner stamp(final Records.Stamp stamp) {
        return stamp == null ? null : of(stamp.applicationId(), stamp.postId());
    }

    private Owner payment(final Records.Payment payment) {
        return payment == null ? null : of(payment.applicationId(), payment.postId());
    }

    /** Of what is made for an application: where it was made, and wherever the application may be dealt with. */
    private Owner of(final long applicationId, final int postId) {
        final Owner owner = application(model.records().application(applicationId));
        if (owner == null) {
            return at(postId);
        }
        if (postId == 0 || owner.posts().isEmpty()) {
            return owner;
        }
        final Set<Integer> posts = new TreeSet<>(owner.posts());
        posts.add(postId);
        return new Owner(posts, owner.person());
    }

    private long person(final long applicationId) {
        final Records.Application application = model.records().application(applicationId);
        return application == null ? 0 : application.applicant();
    }
}
