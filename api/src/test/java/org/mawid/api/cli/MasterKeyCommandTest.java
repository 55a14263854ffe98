package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.Seals;

/** The operator makes a master key, and a year later another one. */
class MasterKeyCommandTest {
    private static final Owner SOMEBODY = new Owner(42, 1, 0);

    @TempDir
    private Path folder;

    @Test
    void givenNoKey_whenMade_thenOnlyItsOwnerReadsIt_andWhereToKeepACopyIsSaid() throws Exception {
        final Path file = folder.resolve("master.key");
        final Said said = Said.by(new MasterKeyCommand(), "--new", file);
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualToIgnoringNewLines("made " + file + ", master key " + MasterKey.read(file).id());
        assertThat(said.err()).contains("apart from the data", "mawid.person.master.key").doesNotContain(Files.readString(file).strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");

        final String before = Files.readString(file);
        final Said again = Said.by(new MasterKeyCommand(), "--new", file);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("is there already and was left as it is");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void givenAnotherKey_whenWrappedAnew_thenTheNewOneAloneOpens() throws Exception {
        final Path keys = folder.resolve("keys");
        final Path first = folder.resolve("first.key");
        final Path second = folder.resolve("second.key");
        final byte[] sealed = Seals.open(keys, List.of(MasterKey.make(first))).seal(SOMEBODY, Kind.MESSAGE, new byte[] {1, 2, 3});
        MasterKey.make(second);
        final Said said = Said.by(new MasterKeyCommand(), "--rewrap", keys, "--master", second, "--older", first);
        assertThat(said.code()).as("%s", said).isZero();
        assertThat(said.out()).startsWith("wrapped 1 keys with master key ");
        assertThat(Seals.open(keys, List.of(MasterKey.read(second))).open(SOMEBODY, Kind.MESSAGE, sealed)).containsExactly(1, 2, 3);
    }

    @Test
    void givenHalfAWish_thenItIsNotUnderstood_andAWrongFolderIsNamed() {
        assertThat(Said.by(new MasterKeyCommand()).code()).isEqualTo(2);
        assertThat(Said.by(new MasterKeyCommand(), "--rewrap", folder).code()).isEqualTo(2);
        final Said none = Said.by(new MasterKeyCommand(), "--rewrap", folder.resolve("none"), "--master", "a", "--older", "b");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("is no folder with keys");
    }
}
