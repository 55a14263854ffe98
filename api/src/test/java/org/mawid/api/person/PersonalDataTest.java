package org.mawid.api.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.api.sealed.store.SealedStore;

/** What is held of a person is in their book, opens, and is gone when they are erased, whatever happened in between. */
class PersonalDataTest {
    private static final Owner YASMINE = new Owner(0xFEDC_BA98_7654_3210L, 17, 1_000);
    private static final byte[] TEXT = "my number has changed".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private final MasterKey master = MasterKey.passing();
    private boolean storeIsDown;
    private PersonalData data;

    @BeforeEach
    void open() throws IOException {
        data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(master)), new Faulty(new FolderStore(folder.resolve("persons/sealed"))), () -> 5_000);
    }

    @Test
    void givenThingsKept_whenOpenedAgain_thenEachIsThereInItsOrder() throws Exception {
        final Held first = keep(1);
        final Held second = keep(2);
        open();
        assertThat(data.held(YASMINE.personKey())).containsExactly(first, second);
        assertThat(data.read(first)).isEqualTo(TEXT);
        final Held restated = data.restate(first, new JsonObject().put("n", 7));
        data.drop(second);
        open();
        assertThat(data.held(YASMINE.personKey())).containsExactly(restated);
        assertThatThrownBy(() -> data.read(second)).isInstanceOf(IOException.class);
        assertThat(data.held(4)).isEmpty();
    }

    @Test
    void givenALineThatAKilledServerHasNotFinished_thenItIsCutOff_andOneThatIsDamagedIsSaid() throws Exception {
        final Held first = keep(1);
        final byte[] whole = Files.readAllBytes(book());
        keep(2);
        final byte[] both = Files.readAllBytes(book());
        for (int length = whole.length; length < both.length; length++) {
            Files.write(book(), java.util.Arrays.copyOf(both, length));
            assertThat(data.held(YASMINE.personKey())).containsExactly(first);
        }
        final Held third = keep(3);
        assertThat(data.held(YASMINE.personKey())).containsExactly(first, third);
        final byte[] damaged = Files.readAllBytes(book());
        damaged[20] ^= 1;
        Files.write(book(), damaged);
        assertThatThrownBy(() -> data.held(YASMINE.personKey())).isInstanceOf(IOException.class).hasMessageContaining(book().toString());
    }

    @Test
    void givenAPersonErased_thenNothingIsHeld_nothingIsLeftInTheStore_andOthersKeepTheirs() throws Exception {
        final Held text = keep(1);
        keep(2);
        final Owner omar = new Owner(3, 18, 1_000);
        final Held his = data.keep(omar, Kind.MESSAGE, TEXT, new JsonObject());
        assertThat(data.erase(YASMINE.personKey(), 9_000)).isEqualTo(new PersonalData.Erased(true, 2, 0));
        assertThat(data.held(YASMINE.personKey())).isEmpty();
        assertThatThrownBy(() -> data.read(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> keep(3)).isInstanceOf(SealException.class);
        assertThat(sealed()).isEqualTo(1);
        assertThat(data.read(his)).isEqualTo(TEXT);
        assertThat(data.erase(YASMINE.personKey(), 9_001)).isEqualTo(new PersonalData.Erased(false, 0, 0));
    }

    @Test
    void givenAStoreThatIsDown_whenErased_thenTheKeyIsGoneAtOnce_andTheRestTheNextTime() throws Exception {
        final Held text = keep(1);
        storeIsDown = true;
        assertThat(data.erase(YASMINE.personKey(), 9_000)).isEqualTo(new PersonalData.Erased(true, 0, 1));
        storeIsDown = false;
        assertThatThrownBy(() -> data.read(text)).isInstanceOf(SealException.class);
        assertThat(data.erase(YASMINE.personKey(), 9_001)).isEqualTo(new PersonalData.Erased(false, 1, 0));
        assertThat(sealed()).isZero();
    }

    @Test
    void givenTheBook_thenNothingOfWhatIsHeldStandsInIt() throws Exception {
        keep(1);
        assertThat(Files.readString(book())).contains("MESSAGE").doesNotContain("number has");
        Files.writeString(book(), "x", StandardOpenOption.APPEND);
        assertThat(data.held(YASMINE.personKey())).hasSize(1);
    }

    private Held keep(final int number) throws IOException, SealException {
        return data.keep(YASMINE, Kind.MESSAGE, TEXT, new JsonObject().put("n", number));
    }

    private Path book() {
        return folder.resolve("persons/book/fed/fedcba9876543210");
    }

    private long sealed() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("persons/sealed"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** A store that is down when the test says so. */
    private final class Faulty implements SealedStore {
        private final SealedStore store;

        Faulty(final SealedStore store) {
            this.store = store;
        }

        private SealedStore up() throws IOException {
            if (storeIsDown) {
                throw new IOException("down");
            }
            return store;
        }

        @Override
        public String put(final byte[] sealed) throws IOException {
            return up().put(sealed);
        }

        @Override
        public byte[] get(final String name) throws IOException {
            return up().get(name);
        }

        @Override
        public void delete(final String name) throws IOException {
            up().delete(name);
        }

        @Override
        public void list(final int digit, final Found found) throws IOException {
            up().list(digit, found);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
