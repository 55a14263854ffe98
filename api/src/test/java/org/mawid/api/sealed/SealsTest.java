package org.mawid.api.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sealed.SealException.Reason;

/** A key for each person: kept, given to nobody else, wrapped anew, destroyed. */
class SealsTest {
    private static final Owner YASMINE = new Owner(0x1234_5678_9abc_def0L, 17, 1_000);
    private static final Owner OMAR = new Owner(0x1234_5678_9abc_def1L, 18, 1_000);
    private static final byte[] TEXT = "the birth certificate is missing".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private Path keys;
    private Path masterFile;
    private MasterKey master;
    private Seals seals;

    @BeforeEach
    void open() throws IOException {
        keys = folder.resolve("data/keys");
        masterFile = folder.resolve("master.key");
        master = MasterKey.make(masterFile);
        seals = Seals.open(keys, List.of(master));
    }

    @Test
    void givenSomethingSealed_whenTheServerStartsAgain_thenItOpens_andNoTwoAreEqual() throws Exception {
        final byte[] sealed = seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        assertThat(Seals.open(keys, List.of(MasterKey.read(masterFile))).open(YASMINE, Kind.MESSAGE, sealed)).isEqualTo(TEXT);
        assertThat(seals.seal(YASMINE, Kind.MESSAGE, TEXT)).isNotEqualTo(sealed);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("birth");
    }

    @Test
    void givenSomethingSealed_thenItIsNobodyElses_nothingElse_andNotChanged() throws Exception {
        final byte[] sealed = seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        seals.seal(OMAR, Kind.MESSAGE, TEXT);
        refused(Reason.ERASED, () -> seals.open(OMAR, Kind.MESSAGE, sealed)); // of another key, as that of somebody who was erased is
        refused(Reason.DAMAGED, () -> seals.open(YASMINE, Kind.DOCUMENT, sealed));
        refused(Reason.DAMAGED, () -> seals.open(new Owner(YASMINE.personKey(), 18, 1_000), Kind.MESSAGE, sealed));
        for (int i = 5; i < sealed.length; i++) {
            final byte[] changed = sealed.clone();
            changed[i] ^= 1;
            refused(Reason.DAMAGED, () -> seals.open(YASMINE, Kind.MESSAGE, changed));
        }
        refused(Reason.NO_KEY, () -> seals.open(new Owner(5, 17, 1_000), Kind.MESSAGE, sealed));
    }

    @Test
    void givenAPersonErased_thenNothingOpens_noFileHasTheKey_andNothingOfBeforeIsSealedAgain() throws Exception {
        final byte[] sealed = seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        final String wrapped = Files.readString(keyOf(YASMINE)).split(" ")[2].strip();
        final Seals beside = Seals.open(keys, List.of(master));
        assertThat(beside.erase(YASMINE.personKey(), 2_000)).isTrue();
        refused(Reason.ERASED, () -> seals.open(YASMINE, Kind.MESSAGE, sealed));
        refused(Reason.ERASED, () -> seals.seal(YASMINE, Kind.MESSAGE, TEXT));
        assertThat(everyFile()).noneMatch(text -> text.contains(wrapped.substring(0, 20)) || text.contains(wrapped.substring(wrapped.length() - 20)));
        assertThat(seals.erase(YASMINE.personKey(), 3_000)).isFalse();
        assertThat(Files.readString(keyOf(YASMINE)).strip()).isEqualTo("erased 2000");
    }

    @Test
    void givenSomebodyErasedWhoAppliesAgain_thenTheyAreNew_andWhatWasStaysShut() throws Exception {
        final byte[] before = seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        seals.erase(YASMINE.personKey(), 2_000);
        final Owner again = new Owner(YASMINE.personKey(), 19, 2_001);
        assertThat(seals.open(again, Kind.MESSAGE, seals.seal(again, Kind.MESSAGE, TEXT))).isEqualTo(TEXT);
        refused(Reason.ERASED, () -> seals.open(YASMINE, Kind.MESSAGE, before));
    }

    @Test
    void givenAPersonOfWhomNothingWasSealed_whenErased_thenNothingOfBeforeIsSealedEither() throws Exception {
        assertThat(seals.erase(OMAR.personKey(), 2_000)).isFalse();
        refused(Reason.ERASED, () -> seals.seal(OMAR, Kind.DOCUMENT, TEXT));
    }

    @Test
    void givenADamagedKey_thenItIsSaidWhichFile_andItCanBeErased() throws Exception {
        seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        final String whole = Files.readString(keyOf(YASMINE));
        final String otherEnd = whole.substring(0, whole.length() - 8) + (whole.charAt(whole.length() - 8) == 'A' ? 'B' : 'A') + whole.substring(whole.length() - 7);
        for (final String damaged : List.of(whole.substring(0, whole.length() / 2), "", "key", otherEnd)) {
            Files.writeString(keyOf(YASMINE), damaged);
            assertThatThrownBy(() -> seals.seal(YASMINE, Kind.MESSAGE, TEXT)).isInstanceOf(SealException.class).hasMessageContaining(keyOf(YASMINE).toString());
        }
        assertThat(seals.erase(YASMINE.personKey(), 2_000)).isTrue();
        refused(Reason.ERASED, () -> seals.seal(YASMINE, Kind.MESSAGE, TEXT));
    }

    @Test
    void givenAKeyOfSomebodyElse_thenItIsNotTakenInItsPlace() throws Exception {
        seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        seals.seal(OMAR, Kind.MESSAGE, TEXT);
        Files.write(keyOf(OMAR), Files.readAllBytes(keyOf(YASMINE)));
        refused(Reason.DAMAGED, () -> seals.seal(OMAR, Kind.MESSAGE, TEXT));
    }

    @Test
    void givenAnotherMasterKey_whenWrappedAnew_thenTheOldOneOpensNothing_andTheErasedStayErased() throws Exception {
        final byte[] sealed = seals.seal(YASMINE, Kind.MESSAGE, TEXT);
        seals.seal(OMAR, Kind.MESSAGE, TEXT);
        seals.erase(OMAR.personKey(), 2_000);
        final MasterKey second = MasterKey.passing();
        refused(Reason.MASTER_KEY_MISSING, () -> Seals.open(keys, List.of(second)).open(YASMINE, Kind.MESSAGE, sealed));
        final Seals both = Seals.open(keys, List.of(second, master));
        assertThat(both.open(YASMINE, Kind.MESSAGE, sealed)).isEqualTo(TEXT);
        assertThat(both.rewrap()).isEqualTo(1);
        assertThat(both.rewrap()).isZero();
        assertThat(Seals.open(keys, List.of(second)).open(YASMINE, Kind.MESSAGE, sealed)).isEqualTo(TEXT);
        refused(Reason.MASTER_KEY_MISSING, () -> seals.open(YASMINE, Kind.MESSAGE, sealed));
        refused(Reason.ERASED, () -> both.seal(OMAR, Kind.MESSAGE, TEXT));
    }

    @Test
    void givenFilesThatOthersCanRead_thenRefusedAndWhatToDo() throws Exception {
        for (final Path file : List.of(masterFile, keys.resolve(IdentityKey.FILE))) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(() -> Seals.open(keys, List.of(MasterKey.read(masterFile)))).isInstanceOf(IOException.class).hasMessage(file + " can be read or run by others than its owner: set its mode to 0600");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyOf(sealedFor(YASMINE))))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("rwx------");
    }

    @Test
    void givenAMasterKeysFile_thenItIsNeverWrittenOver_andAnotherTextIsNone() throws Exception {
        assertThatThrownBy(() -> MasterKey.make(masterFile)).isInstanceOf(FileAlreadyExistsException.class);
        Files.writeString(masterFile, "0123");
        assertThatThrownBy(() -> MasterKey.read(masterFile)).isInstanceOf(IOException.class).hasMessageContaining("is no key").hasMessageNotContaining("0123");
    }

    private Owner sealedFor(final Owner owner) throws Exception {
        seals.seal(owner, Kind.MESSAGE, TEXT);
        return owner;
    }

    private static void refused(final Reason reason, final ThrowingCallable doing) {
        assertThatThrownBy(doing).isInstanceOfSatisfying(SealException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private Path keyOf(final Owner owner) {
        final String digits = String.format("%016x", owner.personKey());
        return keys.resolve("persons").resolve(digits.substring(0, 3)).resolve(digits);
    }

    private List<String> everyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> {
                try {
                    return Files.readString(file, StandardCharsets.ISO_8859_1);
                } catch (final IOException e) {
                    throw new AssertionError(e);
                }
            }).toList();
        }
    }
}
