package org.mawid.api.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.mawid.api.identity.IdentityRefusal.Reason;
import org.mawid.api.person.Findings;
import org.mawid.api.person.Held;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Identity;
import org.mawid.api.sealed.IdentityKind;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;

/**
 * Identities of persons, each linked to one person, and their profiles. Any thread that may wait.
 * <p>An identity is linked to a person whose last sealed thing has it and who is found by it: what is sealed comes first, its link after it, and both before an answer. What a killed server has left half done
 * is no link, and is done again. Whoever was erased, or had a number taken away, is marked beside the links: the key that comes of it is not given again, but the one of the next generation.
 */
public final class Identities {
    /** In the folder of what is kept of persons. */
    public static final String FOLDER = "identities";
    /** Of one person, and of one call. Source: our estimate, a number of each kind and passports of a long life. */
    public static final int MOST = 16;
    private static final String FOUND_BY = "foundBy";
    private static final String ERASED = "ERASED";
    private static final String TAKEN_AWAY = "TAKEN_AWAY";
    private static final int STRIPES = 64;
    /** The world's first midnight comes so long before that of UTC. */
    private static final long EARLIEST_ZONE_MS = 14 * 3_600_000L;
    private static final long DAY_MS = 86_400_000L;
    /** Of all that use one folder in this process. Names before persons, names in the order of their stripes. */
    private static final Lock[] NAMES = new Lock[STRIPES];
    private static final Object[] PERSONS = new Object[STRIPES];

    static {
        Arrays.setAll(NAMES, i -> new ReentrantLock());
        Arrays.setAll(PERSONS, i -> new Object());
    }

    private final PersonalData data;
    private final Findings links;
    private final LongSupplier nowMs;

    /**
     * Whom identities lead to.
     *
     * @param isNew     none of them was linked before
     * @param notLinked kinds of those that lead to nobody, for the person is known by others: whoever looks at papers links them ({@link #link})
     */
    public record Identified(long person, boolean isNew, List<IdentityKind> notLinked) {
    }

    /**
     * @param folder {@link PersonalData#FOLDER}
     * @param nowMs  log time
     * @throws IOException the folder cannot be used
     */
    public Identities(final Path folder, final PersonalData data, final LongSupplier nowMs) throws IOException {
        this.data = data;
        this.nowMs = nowMs;
        links = new Findings(folder.resolve(FOLDER));
    }

    /** The last date on which somebody may be born: today where it is the earliest. */
    public LocalDate today() {
        return LocalDate.ofEpochDay(Math.floorDiv(nowMs.getAsLong() + EARLIEST_ZONE_MS, DAY_MS));
    }

    /**
     * The person of whom one of these is; somebody new when none is linked, who has all of them from now on. Somebody known is given none of what nobody has: it would be enough to know one number of theirs. The same again
     * is the same person.
     *
     * @throws IdentityRefusal they are of several persons, or are none or too many
     */
    public Identified identify(final List<Identity> given) throws IOException, SealException, IdentityRefusal {
        if (given.isEmpty()) {
            throw new IdentityRefusal(Reason.NOTHING);
        }
        if (given.size() > MOST) {
            throw new IdentityRefusal(Reason.TOO_MANY);
        }
        final Map<String, Identity> named = named(given);
        return locked(named.keySet(), () -> {
            final Set<Long> persons = new TreeSet<>();
            for (final String name : named.keySet()) {
                persons.addAll(linked(name));
            }
            if (persons.size() > 1) {
                throw new IdentityRefusal(Reason.LINKED_TO_OTHERS);
            }
            final Identity surest = given.stream().min(Comparator.comparing(Identity::kind)).orElseThrow();
            final long person = persons.isEmpty() ? somebodyNew(surest) : persons.iterator().next();
            final boolean isNew = persons.isEmpty() && get(person).identities().isEmpty();
            final Map<String, Identity> theirs = new LinkedHashMap<>(named);
            if (!isNew) {
                theirs.keySet().retainAll(sealed(person)); // also what was half done
                if (persons.isEmpty()) { // their key comes of it, and its link was lost
                    theirs.put(data.nameOf(surest), surest);
                }
            }
            add(person, theirs);
            return new Identified(person, isNew, named.entrySet().stream().filter(each -> !theirs.containsKey(each.getKey())).map(each -> each.getValue().kind()).toList());
        });
    }

    /** One more. @return as {@link #get} @throws IdentityRefusal it is another person's, they have as many as may be, or they were erased */
    public KnownPerson link(final long person, final Identity identity) throws IOException, SealException, IdentityRefusal {
        final Map<String, Identity> named = named(List.of(identity));
        return locked(named.keySet(), () -> {
            for (final String name : named.keySet()) {
                if (linked(name).stream().anyMatch(other -> other != person)) {
                    throw new IdentityRefusal(Reason.LINKED_TO_OTHERS);
                }
            }
            return add(person, named);
        });
    }

    /** Takes those of a kind away; again changes nothing. @return as {@link #get} @throws IdentityRefusal nothing would be left by which they are known, or they were erased */
    public KnownPerson unlink(final long person, final IdentityKind kind) throws IOException, SealException, IdentityRefusal {
        final Map<String, Identity> taken = named(get(person).identities().stream().filter(identity -> identity.kind() == kind).toList());
        return locked(taken.keySet(), () -> {
            synchronized (stripe(person)) {
                final KnownPerson known = get(person);
                final Map<String, Identity> kept = named(known.identities());
                if (!kept.keySet().removeAll(taken.keySet())) {
                    return known;
                }
                if (kept.isEmpty()) {
                    throw new IdentityRefusal(Reason.LAST);
                }
                for (final String name : taken.keySet()) {
                    links.add(data.nameOf(TAKEN_AWAY, name), person);
                }
                return write(person, known.profile(), kept);
            }
        });
    }

    /** In the place of the one of before. @return as {@link #get} @throws IdentityRefusal the person was erased */
    public KnownPerson putProfile(final long person, final Profile profile) throws IOException, SealException, IdentityRefusal {
        synchronized (stripe(person)) {
            return write(person, profile, named(get(person).identities()));
        }
    }

    /** Without profile and identities when nothing is known. @throws SealException the person was erased, or what is sealed is damaged */
    public KnownPerson get(final long person) throws IOException, SealException {
        synchronized (stripe(person)) { // or what is read here could be put in another's place meanwhile
            return read(person);
        }
    }

    private KnownPerson read(final long person) throws IOException, SealException {
        final List<Held> held = held(person);
        if (held.isEmpty()) {
            return new KnownPerson(person, null, List.of());
        }
        final KnownPerson known = KnownPerson.of(person, data.read(held.get(held.size() - 1)));
        final Map<String, Identity> identities = named(known.identities());
        for (final String name : List.copyOf(identities.keySet())) {
            if (!links.has(name, person)) { // half done
                identities.remove(name);
            }
        }
        return new KnownPerson(person, known.profile(), List.copyOf(identities.values()));
    }

    /** Before the person is erased: by what they are found, and that their key is nobody's any more. May be done again. */
    public void forget(final long person) throws IOException {
        links.add(erased(person), person); // first: from now on nothing leads to them
        for (final Held held : held(person)) {
            unlink(held, Set.of());
        }
    }

    private KnownPerson add(final long person, final Map<String, Identity> named) throws IOException, SealException, IdentityRefusal {
        synchronized (stripe(person)) {
            final KnownPerson known = get(person);
            final Map<String, Identity> all = named(known.identities());
            if (all.keySet().containsAll(named.keySet())) {
                return known;
            }
            all.putAll(named);
            if (all.size() > MOST) {
                throw new IdentityRefusal(Reason.TOO_MANY);
            }
            return write(person, known.profile(), all);
        }
    }

    private KnownPerson write(final long person, final Profile profile, final Map<String, Identity> identities) throws IOException, SealException, IdentityRefusal {
        refuseErased(person);
        final List<Held> before = held(person);
        final KnownPerson known = new KnownPerson(person, profile, List.copyOf(identities.values()));
        data.keep(new Owner(person, 0, nowMs.getAsLong()), Kind.IDENTITIES, known.bytes(), new JsonObject().put(FOUND_BY, new JsonArray(List.copyOf(identities.keySet()))));
        for (final String name : identities.keySet()) {
            links.add(name, person);
        }
        for (final Held old : before) {
            unlink(old, identities.keySet());
            data.drop(old);
        }
        if (isErased(person)) { // meanwhile, by another process, which has not seen this
            forget(person);
            for (final Held late : held(person)) {
                data.drop(late);
            }
            throw new IdentityRefusal(Reason.ERASED);
        }
        return known;
    }

    private void unlink(final Held held, final Set<String> kept) throws IOException {
        for (final String name : foundBy(held)) {
            if (!kept.contains(name)) {
                links.remove(name, held.owner().personKey());
            }
        }
    }

    /** Whose it is: one person's at most, unless a disk has lost something. */
    private List<Long> linked(final String name) throws IOException, SealException {
        final List<Long> persons = links.of(name);
        for (final long person : List.copyOf(persons)) {
            if (!sealed(person).contains(name) || isErased(person)) {
                persons.remove(person);
            }
        }
        return persons;
    }

    /** By the surest of what is given. */
    private long somebodyNew(final Identity surest) throws IOException, SealException {
        final String takenAway = data.nameOf(TAKEN_AWAY, data.nameOf(surest));
        int generation = 0;
        long person = data.personKey(surest, generation);
        while (links.has(takenAway, person) || isErased(person)) {
            person = data.personKey(surest, ++generation);
        }
        return person;
    }

    private void refuseErased(final long person) throws IOException, SealException, IdentityRefusal {
        if (isErased(person)) {
            throw new IdentityRefusal(Reason.ERASED);
        }
    }

    /** The mark stays when a key is made anew for what is said under the old one; who was erased before there were marks is known by the key's place alone. */
    private boolean isErased(final long person) throws IOException, SealException {
        if (links.has(erased(person), person)) {
            return true;
        }
        try {
            data.refuseErased(new Owner(person, 0, 0));
            return false;
        } catch (final SealException shut) {
            if (shut.isErased()) {
                return true;
            }
            throw shut;
        }
    }

    private String erased(final long person) {
        return data.nameOf(ERASED, HexFormat.of().toHexDigits(person));
    }

    private List<Held> held(final long person) throws IOException {
        return data.held(person).stream().filter(held -> held.kind() == Kind.IDENTITIES).toList();
    }

    /** Names of what somebody is said to have, linked or not yet. */
    private List<String> sealed(final long person) throws IOException {
        final List<Held> held = held(person);
        return held.isEmpty() ? List.of() : foundBy(held.get(held.size() - 1));
    }

    private static List<String> foundBy(final Held held) {
        return held.facts().getJsonArray(FOUND_BY).stream().map(String.class::cast).toList();
    }

    /** By the keyed hash of each, in their order. */
    private Map<String, Identity> named(final List<Identity> identities) {
        final Map<String, Identity> named = new LinkedHashMap<>();
        identities.forEach(identity -> named.put(data.nameOf(identity), identity));
        return named;
    }

    private static Object stripe(final long person) {
        return PERSONS[Math.floorMod(Long.hashCode(person), STRIPES)];
    }

    /** Something that is done while nobody else links or takes away these names. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, SealException, IdentityRefusal;
    }

    private static <T> T locked(final Collection<String> names, final Work<T> work) throws IOException, SealException, IdentityRefusal {
        final List<Lock> stripes = names.stream().map(name -> Math.floorMod(name.hashCode(), STRIPES)).distinct().sorted().map(stripe -> NAMES[stripe]).toList();
        stripes.forEach(Lock::lock);
        try {
            return work.run();
        } finally {
            stripes.forEach(Lock::unlock);
        }
    }
}
