package org.mawid.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.identity.Identities.Identified;
import org.mawid.api.identity.IdentityRefusal.Reason;
import org.mawid.api.person.Findings;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Identity;
import org.mawid.api.sealed.IdentityKind;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;

/** Whoever comes with any of their numbers is the same person, and nobody else. */
class IdentitiesTest {
    private static final LocalDate BORN = LocalDate.of(2026, 3, 2);
    private static final Profile PROFILE = new Profile("El Fassi", "Yasmine", "", "", LocalDate.of(1990, 3, 2), "F", "MAR");

    @TempDir
    private Path folder;
    private final MasterKey master = MasterKey.passing();
    private long nowMs = 1_800_000_000_000L;
    private PersonalData data;
    private Identities identities;

    @BeforeEach
    void open() throws IOException {
        data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(master)), new FolderStore(folder.resolve("persons/sealed")), () -> nowMs);
        identities = new Identities(folder.resolve("persons"), data, () -> nowMs);
    }

    @Test
    void givenSomebodyWithTwoNumbers_thenEitherIsTheirs_alsoAfterARestart_andTheKeyComesOfTheSurest() throws Exception {
        final Identified first = identities.identify(List.of(passport("FRA", "24AB12345"), register("2024/000123")));
        assertThat(first).isEqualTo(new Identified(data.personKey(register("2024000123"), 0), true, List.of()));
        open();
        assertThat(identities.identify(List.of(passport("fra", "24-ab-12345")))).isEqualTo(new Identified(first.person(), false, List.of()));
        assertThat(identities.identify(List.of(passport("FRA", "24AB12345"), register("\u0662\u0660\u0662\u0664/000123")))).isEqualTo(new Identified(first.person(), false, List.of()));
        identities.link(first.person(), cnie("AB123456"));
        assertThat(identities.identify(List.of(cnie("ab 123-456")))).isEqualTo(new Identified(first.person(), false, List.of()));
        assertThat(identities.get(first.person()).identities()).extracting(Identity::number).containsExactly("24AB12345", "2024000123", "AB123456");
        assertThat(identities.identify(List.of(passport("ESP", "24AB12345"))).isNew()).isTrue();
    }

    @Test
    void givenANumberOfSomebodyAndOneThatNobodyHas_whenTheyAreIdentified_thenTheOtherIsNotTheirs_andIsSaidToBeNobodys() throws Exception {
        final Identified known = identities.identify(List.of(cnie("AB123456")));
        final List<Identity> both = List.of(passport("FRA", "24AB12345"), cnie("AB123456"));
        for (int i = 0; i < 2; i++) {
            assertThat(identities.identify(both)).isEqualTo(new Identified(known.person(), false, List.of(IdentityKind.PASSPORT)));
        }
        assertThat(identities.get(known.person()).identities()).extracting(Identity::number).containsExactly("AB123456");
        final Identified other = identities.identify(List.of(passport("FRA", "24AB12345")));
        assertThat(other.isNew()).as("it leads to nobody").isTrue();
        assertThat(other.person()).isNotEqualTo(known.person());
        refused(Reason.LINKED_TO_OTHERS, () -> identities.identify(both));
    }

    @Test
    void givenTheNumberThatAKeyComesOf_whenItsLinkIsLost_thenItLeadsToThemAgain_andTakesNothingWithIt() throws Exception {
        final long person = identities.identify(List.of(register("2024000123"), cnie("AB123456"))).person();
        final Findings links = new Findings(folder.resolve("persons").resolve(Identities.FOLDER));
        links.remove(data.nameOf(register("2024000123")), person);
        identities.putProfile(person, PROFILE); // what is not linked is not kept
        assertThat(identities.identify(List.of(register("2024000123"), passport("FRA", "24AB12345")))).isEqualTo(new Identified(person, false, List.of(IdentityKind.PASSPORT)));
        assertThat(identities.get(person).identities()).extracting(Identity::number).containsExactly("AB123456", "2024000123");
        assertThat(identities.get(person).profile()).isEqualTo(PROFILE);
    }

    @Test
    void givenANewborn_whenTheyAreGivenANumber_thenTheyAreTheSamePerson_andTheirTwinIsAnother() throws Exception {
        final long parent = identities.identify(List.of(cnie("AB123456"))).person();
        final long child = identities.identify(List.of(Identity.newborn(parent, BORN, 1))).person();
        final long twin = identities.identify(List.of(Identity.newborn(parent, BORN, 2))).person();
        assertThat(Set.of(parent, child, twin)).hasSize(3);
        assertThat(identities.identify(List.of(register("2026/000777"), Identity.newborn(parent, BORN, 1)))).isEqualTo(new Identified(child, false, List.of(IdentityKind.REGISTER)));
        identities.link(child, register("2026/000777"));
        assertThat(identities.identify(List.of(register("2026000777"), Identity.newborn(parent, BORN, 1)))).isEqualTo(new Identified(child, false, List.of()));
    }

    @Test
    void givenNumbersOfTwoPersons_thenRefused_andNothingIsLinked() throws Exception {
        final long one = identities.identify(List.of(cnie("AB123456"))).person();
        final long two = identities.identify(List.of(register("2024000123"))).person();
        refused(Reason.LINKED_TO_OTHERS, () -> identities.identify(List.of(cnie("AB123456"), register("2024000123"), passport("FRA", "24AB12345"))));
        refused(Reason.LINKED_TO_OTHERS, () -> identities.link(one, register("2024000123")));
        assertThat(identities.identify(List.of(passport("FRA", "24AB12345"))).isNew()).isTrue();
        assertThat(identities.get(two).identities()).hasSize(1);
        refused(Reason.NOTHING, () -> identities.identify(List.of()));
        refused(Reason.TOO_MANY, () -> identities.identify(IntStream.range(0, 17).mapToObj(i -> passport("FRA", "24AB123" + i + i)).toList()));
    }

    @Test
    void givenANumberTakenAway_thenWhoeverComesWithItIsSomebodyNew_andTheLastOneStays() throws Exception {
        final long person = identities.identify(List.of(cnie("AB123456"))).person();
        refused(Reason.LAST, () -> identities.unlink(person, IdentityKind.CNIE));
        identities.link(person, register("2024000123"));
        assertThat(identities.unlink(person, IdentityKind.CNIE).identities()).extracting(Identity::kind).containsExactly(IdentityKind.REGISTER);
        assertThat(identities.unlink(person, IdentityKind.CNIE).identities()).hasSize(1);
        open();
        final Identified other = identities.identify(List.of(cnie("AB123456")));
        assertThat(other.isNew()).isTrue();
        assertThat(other.person()).isNotEqualTo(person);
        refused(Reason.LINKED_TO_OTHERS, () -> identities.link(person, cnie("AB123456")));
    }

    @Test
    void givenAProfile_thenItIsSealedWithTheNumbers_andEitherIsKeptWhenTheOtherChanges() throws Exception {
        final long person = identities.identify(List.of(cnie("AB123456"))).person();
        identities.putProfile(person, PROFILE);
        identities.link(person, passport("FRA", "24AB12345"));
        open();
        final KnownPerson known = identities.get(person);
        assertThat(known.profile()).isEqualTo(PROFILE);
        assertThat(known.json(false).encode()).contains("*****456", "******345").doesNotContain("AB123456");
        assertThat(known.json(true).getJsonArray("identities").getJsonObject(0).getString("number")).isEqualTo("AB123456");
        assertThat(data.held(person)).hasSize(1);
        assertThat(known + PROFILE.toString() + known.identities()).doesNotContain("Fassi", "AB1");
    }

    @Test
    void givenSomebodyErased_whenTheyComeAgain_thenTheyAreSomebodyNew_howeverOften_andWhateverIsSaidUnderTheOldKey() throws Exception {
        final Set<Long> persons = new HashSet<>();
        for (int life = 0; life < 4; life++) {
            final Identified person = identities.identify(List.of(cnie("AB123456"), passport("FRA", "24AB12345")));
            assertThat(person.isNew()).isTrue();
            assertThat(persons.add(person.person())).as("key of life %s", life).isTrue();
            identities.forget(person.person());
            if (life % 2 == 0) {
                assertThat(identities.identify(List.of(passport("FRA", "24AB12345"))).person()).as("before the key is destroyed").isNotEqualTo(person.person());
                identities.forget(identities.identify(List.of(passport("FRA", "24AB12345"))).person());
            }
            data.erase(person.person(), nowMs);
            nowMs += 1_000;
            data.keep(new Owner(person.person(), 0, nowMs), Kind.CONTACTS, new byte[1], new JsonObject().put("foundBy", new JsonArray()));
            refused(Reason.ERASED, () -> identities.putProfile(person.person(), PROFILE));
            refused(Reason.ERASED, () -> identities.link(person.person(), register("2024000123")));
            open();
        }
        final long last = identities.identify(List.of(cnie("AB123456"))).person();
        data.erase(last, nowMs + 1); // by a program that knows no marks
        assertThat(identities.identify(List.of(cnie("AB123456"))).person()).isNotEqualTo(last);
    }

    @Test
    void givenAServerKilledBetweenAnyTwoFiles_whenTheSameIsDoneAgain_thenItIsDone() throws Exception {
        final List<Identity> given = List.of(cnie("AB123456"), passport("FRA", "24AB12345"), register("2024000123"));
        final long person = data.personKey(given.get(2), 0);
        final Findings links = new Findings(folder.resolve("persons").resolve(Identities.FOLDER));
        for (int done = 0; done <= given.size(); done++) {
            identities.identify(given);
            for (final Identity undone : given.subList(done, given.size())) {
                links.remove(data.nameOf(undone), person);
            }
            assertThat(identities.get(person).identities()).as("of these %s are linked", done).hasSize(done);
            assertThat(identities.identify(given).person()).isEqualTo(person);
            assertThat(identities.get(person).identities()).hasSize(given.size());
        }
        links.remove(data.nameOf(given.get(0)), person);
        final long other = identities.identify(given.subList(0, 1)).person();
        identities.putProfile(person, PROFILE);
        assertThat(identities.get(person).identities()).as("what was not linked has become another's").hasSize(2);
        assertThat(identities.identify(given.subList(0, 1)).person()).isEqualTo(other).isNotEqualTo(person);
    }

    @Test
    void givenIdentitiesAtRandom_thenPersonsAreThoseOfANaiveUnion_andNoTwoShareOne() throws Exception {
        final long seed = Long.getLong("seed", 20_261_128L);
        final Random random = new Random(seed);
        final List<Identity> all = pool();
        final Map<String, Long> naive = new HashMap<>();
        for (int i = 0; i < 120; i++) {
            final List<Identity> given = some(random, all);
            final Set<Long> persons = new HashSet<>();
            given.forEach(identity -> persons.add(naive.getOrDefault(identity.number(), 0L)));
            persons.remove(0L);
            final String what = "seed " + seed + ", call " + i;
            if (random.nextInt(6) == 0 && persons.size() == 1) {
                takeAway(persons.iterator().next(), given.get(0).kind(), naive, what);
            } else if (persons.size() > 1) {
                assertThatThrownBy(() -> identities.identify(given)).as(what).isInstanceOfSatisfying(IdentityRefusal.class, no -> assertThat(no.reason()).isEqualTo(Reason.LINKED_TO_OTHERS));
            } else {
                final Identified found = identities.identify(given);
                assertThat(found.isNew()).as(what).isEqualTo(persons.isEmpty());
                assertThat(persons.isEmpty() ? !naive.containsValue(found.person()) : persons.contains(found.person())).as(what).isTrue();
                assertThat(found.notLinked()).as(what).hasSize(found.isNew() ? 0 : (int) given.stream().distinct().filter(identity -> !naive.containsKey(identity.number())).count());
                if (found.isNew()) {
                    given.forEach(identity -> naive.put(identity.number(), found.person()));
                } else if (random.nextBoolean()) {
                    link(found.person(), given.get(0), naive);
                }
            }
        }
        for (final long person : new HashSet<>(naive.values())) {
            final Set<String> theirs = new HashSet<>();
            naive.forEach((number, whose) -> theirs.addAll(whose == person ? Set.of(number) : Set.of()));
            assertThat(identities.get(person).identities()).as("seed %s", seed).extracting(Identity::number).containsExactlyInAnyOrderElementsOf(theirs);
        }
    }

    /** One of nobody's, or theirs already. */
    private void link(final long person, final Identity identity, final Map<String, Long> naive) throws Exception {
        identities.link(person, identity);
        naive.put(identity.number(), person);
    }

    private void takeAway(final long person, final IdentityKind kind, final Map<String, Long> naive, final String what) throws Exception {
        final List<Identity> theirs = identities.get(person).identities();
        final List<Identity> taken = theirs.stream().filter(identity -> identity.kind() == kind).toList();
        if (taken.size() == theirs.size()) {
            assertThatThrownBy(() -> identities.unlink(person, kind)).as(what).isInstanceOfSatisfying(IdentityRefusal.class, no -> assertThat(no.reason()).isEqualTo(Reason.LAST));
        } else {
            assertThat(identities.unlink(person, kind).identities()).as(what).hasSize(theirs.size() - taken.size()).noneMatch(identity -> identity.kind() == kind);
            taken.forEach(identity -> naive.remove(identity.number()));
        }
    }

    @Test
    void givenManyAtOnceInTwoServers_thenAllAgree() throws Exception {
        final Identities other = new Identities(folder.resolve("persons"), data, () -> nowMs);
        final ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                final Identity shared = cnie("ROUND" + round);
                final List<Callable<Identified>> calls = new ArrayList<>();
                for (int i = 0; i < 7; i++) {
                    final List<Identity> given = new ArrayList<>(List.of(shared, passport("FRA", "P" + round + "OF" + i), register("R" + round + "OF" + i)));
                    Collections.rotate(given, i);
                    final Identities server = i % 2 == 0 ? identities : other;
                    calls.add(() -> server.identify(given));
                }
                final Set<Long> persons = new HashSet<>();
                int fresh = 0;
                for (final Future<Identified> answer : threads.invokeAll(calls)) {
                    persons.add(answer.get().person());
                    fresh += answer.get().isNew() ? 1 : 0;
                }
                assertThat(persons).hasSize(1);
                assertThat(fresh).isEqualTo(1);
            }
        } catch (final ExecutionException tooMany) {
            throw new AssertionError(tooMany.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givenFilesAndTheirNames_thenNoneHasANumberOrAName() throws Exception {
        final long person = identities.identify(List.of(cnie("AB123456"))).person();
        identities.putProfile(person, PROFILE);
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file + Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("AB123456", "Fassi", "Yasmine");
            }
        }
    }

    private static List<Identity> pool() {
        final List<Identity> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(register("REG" + i));
            all.add(cnie("CNI" + i));
            all.add(passport("FRA", "PAS" + i));
            all.add(Identity.newborn(i + 1, BORN, 1));
        }
        return all.stream().filter(identity -> identity.number().length() >= 4).toList();
    }

    private static List<Identity> some(final Random random, final List<Identity> all) {
        final List<Identity> given = new ArrayList<>();
        final int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            given.add(all.get(random.nextInt(all.size())));
        }
        return given;
    }

    private static Identity register(final String number) {
        return of("REGISTER_NUMBER", "MAR", number);
    }

    private static Identity cnie(final String number) {
        return of("CNIE", "MAR", number);
    }

    private static Identity passport(final String country, final String number) {
        return of("PASSPORT", country, number);
    }

    private static Identity of(final String kind, final String country, final String number) {
        try {
            return IdentityJson.read(new JsonObject().put("kind", kind).put("country", country).put("number", number), BORN);
        } catch (final IdentityRefusal no) {
            throw new AssertionError(no);
        }
    }

    private static void refused(final Reason reason, final ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(IdentityRefusal.class, no -> assertThat(no.reason()).isEqualTo(reason));
    }
}
