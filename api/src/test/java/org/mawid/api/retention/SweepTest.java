package org.mawid.api.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Contacts;
import org.mawid.api.contact.Language;
import org.mawid.api.contact.Topic;
import org.mawid.api.document.DocumentLimits;
import org.mawid.api.document.Documents;
import org.mawid.api.document.MalwareScan;
import org.mawid.api.person.Held;
import org.mawid.api.person.LegalHold;
import org.mawid.api.person.LegalHolds;
import org.mawid.api.person.PersonalData;
import org.mawid.api.retention.Tally.Fate;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.api.testkit.KilledDisk;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.DocumentKind;

/** What is over goes, on its day and not before; what is needed, or is held, stays; and no kill leaves a name without its bytes. */
class SweepTest {
    private static final long DAY = 86_400_000;
    private static final long YASMINE = 0xFEDC_BA98_7654_3210L;
    private static final long BADR = 7;
    private static final byte[] TEXT = "my number has changed".getBytes(StandardCharsets.UTF_8);
    private static final RetentionRules RULES = rules(Map.of(RetentionKind.DOCUMENTS, 10, RetentionKind.MESSAGES, 20, RetentionKind.NOTES, 3, RetentionKind.CONTACTS, 5, RetentionKind.ORPHANS, 2));

    @TempDir
    private Path folder;
    private Path root;
    private long nowMs = 1_000 * DAY;
    private final Map<Long, Long> ended = new HashMap<>();
    private final Map<Long, long[]> named = new HashMap<>();
    private boolean isBehind;
    private final MasterKey master = MasterKey.passing();
    private PersonalData data;
    private Contacts contacts;
    private LegalHolds holds;
    private Sweep.Tools tools;
    private Runnable atEachStep = () -> { };

    @BeforeEach
    void open() throws IOException {
        open(folder.resolve("data"));
    }

    private void open(final Path at) throws IOException {
        root = at;
        final Path persons = at.resolve("persons");
        data = new PersonalData(persons, Seals.open(at.resolve("keys"), List.of(master)), new FolderStore(persons.resolve("sealed")), () -> nowMs);
        contacts = new Contacts(persons, data, () -> nowMs);
        holds = new LegalHolds(persons);
        final Documents documents = new Documents(persons, data, MalwareScan.NONE, DocumentLimits.USUAL, () -> nowMs, Documents.Listener.NOBODY);
        tools = new Sweep.Tools(data, documents, contacts, holds, new Told(), isDryRun -> 0, steps -> atEachStep.run());
    }

    @Test
    void givenAnApplicationThatEnds_thenEachKindGoesOnItsDay_andNotAMillisecondBefore() throws Exception {
        final Held document = keep(YASMINE, 17, Kind.DOCUMENT);
        final Held message = keep(YASMINE, 17, Kind.MESSAGE);
        nowMs += 500 * DAY;
        sweep();
        assertThat(data.held(YASMINE)).hasSize(2);
        ended.put(17L, nowMs);
        nowMs += DAY / 2;
        sweep(); // sees it
        nowMs += 10 * DAY - 1;
        sweep();
        assertThat(data.held(YASMINE)).containsExactly(document, message);
        nowMs++;
        assertThat(sweep().of(RetentionKind.DOCUMENTS, Fate.DELETED)).isEqualTo(1);
        assertThat(data.held(YASMINE)).containsExactly(message);
        assertThat(sealed()).containsExactly(message.name());
        assertThat(data.read(message)).isEqualTo(TEXT);
    }

    @Test
    void givenAnApplicationThatIsOpenAgain_thenItsDaysBeginWhenItEndsOnceMore() throws Exception {
        keep(YASMINE, 17, Kind.NOTE);
        ended.put(17L, nowMs);
        sweep();
        ended.remove(17L);
        nowMs += 2 * DAY;
        sweep();
        ended.put(17L, nowMs);
        nowMs += 2 * DAY;
        sweep();
        nowMs += 3 * DAY - 1;
        sweep();
        assertThat(data.held(YASMINE)).hasSize(1);
        nowMs++;
        sweep();
        assertThat(data.held(YASMINE)).isEmpty();
    }

    @Test
    void givenContacts_thenTheyStayWhileAnyApplicationIsOpen_andNobodyIsFoundByThemAfterwards() throws Exception {
        contacts.put(YASMINE, ContactDetails.of("yasmine@example.org", "", Language.FRENCH, Set.of(Topic.OFFER)));
        named.put(YASMINE, new long[] {18, 17});
        ended.put(17L, nowMs);
        sweep();
        nowMs += 100 * DAY;
        sweep();
        assertThat(contacts.byEmail("yasmine@example.org")).containsExactly(YASMINE);
        ended.put(18L, nowMs);
        sweep();
        nowMs += 5 * DAY;
        final Tally tally = sweep();
        assertThat(tally.of(RetentionKind.CONTACTS, Fate.DELETED)).isEqualTo(1);
        assertThat(contacts.get(YASMINE)).isNull();
        assertThat(contacts.byEmail("yasmine@example.org")).isEmpty();
        assertThat(sealed()).isEmpty();
    }

    @Test
    void givenMoreApplicationsThanCanBeTold_orRecordsThatAreBehind_thenNothingIsDeleted() throws Exception {
        contacts.put(YASMINE, ContactDetails.of("yasmine@example.org", "", Language.FRENCH, Set.of()));
        named.put(YASMINE, null);
        keep(YASMINE, 17, Kind.NOTE);
        ended.put(17L, nowMs);
        sweep();
        nowMs += 100 * DAY;
        isBehind = true;
        assertThatThrownBy(this::sweep).isInstanceOf(ReadModelBehindException.class);
        assertThat(data.held(YASMINE)).hasSize(2);
        isBehind = false;
        sweep();
        assertThat(data.held(YASMINE)).extracting(Held::kind).containsExactly(Kind.CONTACTS);
    }

    @Test
    void givenALegalHold_thenNothingGoesUntilItEnds_andItOutlivesTheServer() throws Exception {
        keep(YASMINE, 17, Kind.NOTE);
        keep(BADR, 17, Kind.NOTE);
        ended.put(17L, nowMs);
        sweep();
        holds.put(YASMINE, new LegalHold(nowMs, nowMs + 50 * DAY, 4711));
        nowMs += 49 * DAY;
        open();
        assertThat(sweep().of(RetentionKind.NOTES, Fate.HELD)).isEqualTo(1);
        assertThat(data.held(YASMINE)).hasSize(1);
        assertThat(data.held(BADR)).isEmpty();
        assertThat(holds.of(YASMINE).reason()).isEqualTo(4711);
        nowMs += DAY;
        sweep();
        assertThat(data.held(YASMINE)).isEmpty();
        assertThat(holds.end(YASMINE)).isTrue();
        assertThat(holds.of(YASMINE)).isNull();
    }

    @Test
    void givenADryRun_thenItIsCountedAndNothingElseHappens() throws Exception {
        keep(YASMINE, 17, Kind.NOTE);
        ended.put(17L, nowMs);
        sweep();
        nowMs += 3 * DAY;
        final Tally tally = sweep(0, true);
        assertThat(tally.of(RetentionKind.NOTES, Fate.DELETED)).isEqualTo(1);
        assertThat(data.held(YASMINE)).hasSize(1);
        assertThat(sealed()).hasSize(1);
    }

    @Test
    void givenAnUploadThatNeverEnded_thenItGoesAfterADay() throws Exception {
        final Owner yasmine = new Owner(YASMINE, 17, 1_000);
        tools.documents().begin(List.of(yasmine), yasmine, 0, DocumentKind.NOT_SAID, 100);
        nowMs += DAY;
        sweep();
        assertThat(tools.documents().arriving(17)).hasSize(1);
        nowMs++;
        sweep();
        assertThat(tools.documents().arriving(17)).isEmpty();
    }

    @Test
    void givenSealedThingsInNoBook_thenTheyGoWhenTheyAreOld_andWhatIsBeingWrittenStays() throws Exception {
        final Held kept = keep(YASMINE, 17, Kind.MESSAGE);
        age(kept.name(), nowMs - 9 * DAY);
        final String old = orphan(nowMs - 2 * DAY);
        final String fresh = orphan(nowMs - 2 * DAY + 1);
        final List<Tally> tallies = new ArrayList<>();
        for (int share = 0; share < Sweep.SHARES; share++) {
            tallies.add(sweep(share, false));
        }
        assertThat(sealed()).containsExactlyInAnyOrder(kept.name(), fresh).doesNotContain(old);
        assertThat(tallies.stream().mapToLong(tally -> tally.of(RetentionKind.ORPHANS, Fate.DELETED)).sum()).isEqualTo(1);
    }

    @Test
    void givenNoBookAtAll_orOneThatCannotBeRead_thenTheStoreIsLeftAlone() throws Exception {
        final String old = orphan(nowMs - 9 * DAY);
        final int share = Character.digit(old.charAt(0), 16);
        sweep(share, false);
        assertThat(sealed()).containsExactly(old);
        keep(YASMINE, 17, Kind.MESSAGE);
        final Path book = root.resolve("persons/book/fed/fedcba9876543210");
        final byte[] damaged = Files.readAllBytes(book);
        damaged[20] ^= 1;
        Files.write(book, damaged);
        assertThat(sweep(share, false).isWhole()).isFalse();
        assertThat(sealed()).contains(old);
    }

    /** The disk is copied before each step of a sweep, as a kill there would leave it; each copy is swept by another server. */
    @Test
    void givenAServerKilledAtAnyStep_thenEveryNameHasItsBytes_andTheNextSweepEndsIt() throws Exception {
        for (final Kind kind : List.of(Kind.DOCUMENT, Kind.THUMBNAIL, Kind.MESSAGE, Kind.NOTE)) {
            keep(YASMINE, 17, kind);
            keep(BADR, 18, kind);
        }
        contacts.put(YASMINE, ContactDetails.of("yasmine@example.org", "", Language.FRENCH, Set.of()));
        named.put(YASMINE, new long[] {17});
        ended.put(17L, nowMs);
        sweep();
        nowMs += 20 * DAY;
        final List<Path> killed = new ArrayList<>();
        atEachStep = () -> {
            try {
                killed.add(KilledDisk.copy(root, folder.resolve("killed" + killed.size())));
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        };
        sweep();
        atEachStep = () -> { };
        assertThat(killed).hasSizeGreaterThan(5);
        final Set<String> left = new HashSet<>(sealed());
        for (final Path disk : killed) {
            open(disk);
            for (final Held held : data.held(YASMINE)) {
                assertThat(data.read(held)).isNotEmpty();
            }
            sweep();
            assertThat(data.held(YASMINE)).isEmpty();
            assertThat(data.held(BADR)).hasSize(4);
            assertThat(sealed()).isEqualTo(left);
            assertThat(contacts.byEmail("yasmine@example.org")).isEmpty();
        }
    }

    @Test
    void givenAServerKilledBetweenItsNoteAndTheBook_thenWhatTheBookNamesKeepsItsBytes() throws Exception {
        final Held message = keep(YASMINE, 17, Kind.MESSAGE);
        try (RetentionFile file = file()) {
            file.going(List.of(message));
        }
        sweep();
        assertThat(data.read(message)).isEqualTo(TEXT);
        try (RetentionFile file = file()) {
            assertThat(file.going()).isEmpty();
        }
    }

    /** Random things, ends, holds and days against a rule that anybody can read. */
    @Test
    void givenAnything_thenWhatIsLeftIsWhatTheNaiveRuleLeaves() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            open(folder.resolve("seed" + seed));
            ended.clear();
            try (RetentionFile file = file()) {
                new Naive(new Random(seed), "seed " + seed).run(file);
            }
        }
    }

    private final class Naive {
        private final Random random;
        private final String seed;
        private final Map<Kind, Integer> days = Map.of(Kind.DOCUMENT, 10, Kind.MESSAGE, 20, Kind.NOTE, 3);
        private final Map<Long, Long> seenEnded = new HashMap<>();
        private final Map<Long, Long> heldUntil = new HashMap<>();
        private final Set<Held> expected = new HashSet<>();

        Naive(final Random random, final String seed) {
            this.random = random;
            this.seed = seed;
        }

        void run(final RetentionFile file) throws Exception {
            for (int step = 0; step < 40; step++) {
                nowMs += random.nextLong(2 * DAY);
                final long person = 1 + random.nextInt(4);
                final long application = 1 + random.nextInt(6);
                switch (random.nextInt(4)) {
                    case 0, 1 -> expected.add(keep(person, application, List.of(Kind.DOCUMENT, Kind.MESSAGE, Kind.NOTE).get(random.nextInt(3))));
                    case 2 -> ended.put(application, nowMs);
                    default -> {
                        heldUntil.put(person, nowMs + random.nextLong(30 * DAY));
                        holds.put(person, new LegalHold(nowMs, heldUntil.get(person), 1));
                    }
                }
                sweep(file, step % Sweep.SHARES, false);
                expected.forEach(held -> {
                    if (ended.containsKey(held.owner().application())) {
                        seenEnded.putIfAbsent(held.owner().application(), nowMs);
                    }
                });
                expected.removeIf(this::isOver);
                final Set<Held> left = new HashSet<>();
                for (long each = 1; each <= 4; each++) {
                    left.addAll(data.held(each));
                }
                assertThat(left).as("%s, step %d", seed, step).isEqualTo(expected);
                assertThat(sealed()).as("%s, step %d", seed, step).hasSize(expected.size());
            }
        }

        private boolean isOver(final Held held) {
            final Long seen = seenEnded.get(held.owner().application());
            return seen != null && nowMs >= Math.max(seen, held.atMs()) + days.get(held.kind()) * DAY && nowMs >= heldUntil.getOrDefault(held.owner().personKey(), 0L);
        }
    }

    private Held keep(final long person, final long application, final Kind kind) throws Exception {
        return data.keep(new Owner(person, application, 1_000), kind, TEXT, new JsonObject());
    }

    private Tally sweep() throws IOException {
        return sweep(0, false);
    }

    private Tally sweep(final int share, final boolean isDryRun) throws IOException {
        try (RetentionFile file = file()) {
            return sweep(file, share, isDryRun);
        }
    }

    private Tally sweep(final RetentionFile file, final int share, final boolean isDryRun) throws IOException {
        return new Sweep(tools, RULES, file, nowMs, share, isDryRun).run(Progress.NOBODY, () -> false);
    }

    private RetentionFile file() throws IOException {
        return RetentionFile.open(root.resolve("persons/retention"));
    }

    private String orphan(final long putMs) throws IOException {
        try (FolderStore store = new FolderStore(root.resolve("persons/sealed"))) {
            final String name = store.put(Long.toString(putMs).getBytes(StandardCharsets.US_ASCII));
            age(name, putMs);
            return name;
        }
    }

    private void age(final String name, final long putMs) throws IOException {
        Files.setLastModifiedTime(root.resolve("persons/sealed").resolve(name.substring(0, 2)).resolve(name), FileTime.fromMillis(putMs));
    }

    private Set<String> sealed() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("persons/sealed"))) {
            return new HashSet<>(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList());
        }
    }

    private static RetentionRules rules(final Map<RetentionKind, Integer> days) {
        final Map<RetentionKind, Integer> all = new EnumMap<>(RetentionKind.class);
        Arrays.stream(RetentionKind.values()).forEach(kind -> all.put(kind, days.getOrDefault(kind, 0)));
        return new RetentionRules(all);
    }

    private final class Told implements ApplicationEnds {
        @Override
        public void begin() {
            if (isBehind) {
                throw new ReadModelBehindException("being rebuilt");
            }
        }

        @Override
        public boolean isEnded(final long application, final long submittedMs) {
            return ended.containsKey(application);
        }

        @Override
        public long[] of(final long person) {
            return named.containsKey(person) ? named.get(person) : new long[0];
        }
    }
}
