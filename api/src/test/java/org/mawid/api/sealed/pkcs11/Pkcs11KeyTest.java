package org.mawid.api.sealed.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.UUID;
import javax.crypto.KeyGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.Seals;
import org.mawid.api.testkit.SoftHsm;

/** A master key in a token: it seals and opens there, is never given away, and a token that is away is not taken for damage. */
class Pkcs11KeyTest {
    private static final Owner YASMINE = new Owner(42, 17, 1_000);
    private static final byte[] CLEAR = "a person's key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BINDING = {7};

    @TempDir
    private Path folder;
    private SoftHsm token;
    private String label;

    @BeforeEach
    void begin() throws Exception {
        token = SoftHsm.token(folder);
        label = "mawid-" + UUID.randomUUID();
    }

    @Test
    void givenAKeyMadeInTheToken_whenFoundAgain_thenItOpensWhatItSealed_andNothingThatWasChanged() throws Exception {
        final byte[] sealed = Pkcs11Key.make(token.key(label)).encrypt(CLEAR, BINDING);
        final Pkcs11Key found = Pkcs11Key.open(token.key(label));
        assertThat(found.label()).isEqualTo(label);
        assertThat(found.decrypt(sealed, BINDING)).isEqualTo(CLEAR);
        assertThat(found.encrypt(CLEAR, BINDING)).isNotEqualTo(sealed);
        damaged(found, sealed, new byte[] {8});
        damaged(found, new byte[27], BINDING);
        for (int i = 0; i < sealed.length; i++) {
            final byte[] changed = sealed.clone();
            changed[i] ^= 1;
            damaged(found, changed, BINDING);
        }
    }

    @Test
    void givenALabelThatIsTaken_thenItsKeyIsLeftAlone() throws Exception {
        final byte[] sealed = Pkcs11Key.make(token.key(label)).encrypt(CLEAR, BINDING);
        assertThatThrownBy(() -> Pkcs11Key.make(token.key(label))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Pkcs11Key.open(token.key(label)).decrypt(sealed, BINDING)).isEqualTo(CLEAR);
    }

    @Test
    void givenATokenThatHasLetGo_whenUsed_thenItIsLoggedInToAgain() throws Exception {
        final Pkcs11Key key = Pkcs11Key.make(token.key(label));
        final byte[] sealed = key.encrypt(CLEAR, BINDING);
        key.logOut();
        assertThat(key.decrypt(sealed, BINDING)).isEqualTo(CLEAR);
        key.logOut();
        assertThat(key.decrypt(key.encrypt(CLEAR, BINDING), BINDING)).isEqualTo(CLEAR);
    }

    @Test
    void givenAPinThatIsRefused_thenItIsNeverTriedAgain_beforeARestart() throws Exception {
        final Pkcs11Key key = Pkcs11Key.make(token.key(label));
        final byte[] sealed = key.encrypt(CLEAR, BINDING);
        key.logOut();
        token.forgetPin();
        assertThatThrownBy(() -> key.decrypt(sealed, BINDING)).isInstanceOf(TokenException.class).hasMessageContainingAll("CKR_PIN_INCORRECT", "not tried again");
        token.rememberPin();
        assertThatThrownBy(() -> key.decrypt(sealed, BINDING)).isInstanceOf(TokenException.class).hasMessageContaining("not tried again");
        assertThat(Pkcs11Key.open(token.key(label)).decrypt(sealed, BINDING)).isEqualTo(CLEAR);
    }

    @Test
    void givenWhatIsNotAsItHasToBe_thenTheLineSaysWhat() throws Exception {
        Pkcs11Key.make(token.key(label));
        refused(token.key("nobody"), "has no secret key nobody: make it with mawid master-key --new");
        refused(token.key(label).replace(token.module().toString(), "/nowhere/lib.so"), "no token in slot", "/nowhere/lib.so");
        refused(token.key(label).replace("slot-id=" + token.slot(), "slot-id=1"), "slot 1");
        Files.setPosixFilePermissions(token.pinFile(), PosixFilePermissions.fromString("rw-r--r--"));
        refused(token.key(label), "set its mode to 0600");
        Files.delete(token.pinFile());
        refused(token.key(label), "it is not there");
    }

    @Test
    void givenAKeyThatCanBeReadOutOfTheToken_thenItIsNotTaken() throws Exception {
        final Provider loose = Security.getProvider("SunPKCS11").configure("--name = loose\nlibrary = " + token.module() + "\nslot = " + token.slot()
                + "\nattributes(*,CKO_SECRET_KEY,*) = {\n CKA_TOKEN = true\n CKA_SENSITIVE = false\n CKA_EXTRACTABLE = true\n}\n");
        final KeyStore keys = KeyStore.getInstance("PKCS11", loose);
        keys.load(null, token.pin());
        final KeyGenerator generator = KeyGenerator.getInstance("AES", loose);
        generator.init(256);
        keys.setEntry("loose", new KeyStore.SecretKeyEntry(generator.generateKey()), null);
        refused(token.key("loose"), "can be read out of it");
    }

    @Test
    void givenPersonsOfAFilesMasterKey_whenWrappedWithTheTokens_thenTheTokenAloneOpens_andWhileItIsAwayNothingIsCalledDamaged() throws Exception {
        final Path keys = folder.resolve("keys");
        final Path file = folder.resolve("master.key");
        final byte[] sealed = Seals.open(keys, List.of(MasterKey.make(file))).seal(YASMINE, Kind.MESSAGE, CLEAR);
        final Pkcs11Key key = Pkcs11Key.make(token.key(label));
        assertThat(Seals.open(keys, MasterKey.all(token.key(label), List.of(file.toString()))).rewrap()).isEqualTo(1);
        Files.delete(file);
        final Seals seals = Seals.open(keys, List.of(new MasterKey(key.label(), key)));
        assertThat(seals.open(YASMINE, Kind.MESSAGE, sealed)).isEqualTo(CLEAR);
        key.logOut();
        Files.delete(token.pinFile());
        assertThatThrownBy(() -> seals.open(YASMINE, Kind.MESSAGE, sealed)).isExactlyInstanceOf(IOException.class).hasMessageContaining("does not let us in");
        token.rememberPin();
        assertThat(seals.open(YASMINE, Kind.MESSAGE, sealed)).isEqualTo(CLEAR);
    }

    @Test
    void givenTheSameKeyTwice_thenItIsRefused() throws Exception {
        Pkcs11Key.make(token.key(label));
        assertThatThrownBy(() -> MasterKey.all(token.key(label), List.of(token.key(label)))).isInstanceOf(IOException.class).hasMessageContaining("two master keys are called " + label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs11:", "pkcs11:object=a?module-path=/a&pin-source=file:/a", "pkcs11:slot-id=x;object=a?module-path=/a&pin-source=file:/a", "pkcs11:slot-id=9999999999;object=a?module-path=/a&pin-source=/a",
        "pkcs11:slot-id=1;object=a b?module-path=/a&pin-source=/a", "pkcs11:slot-id=1;object=a?module-path=a&pin-source=/a", "pkcs11:slot-id=1;object=a?module-path=/a%0Aslot=2&pin-source=/a",
        "pkcs11:slot-id=1;object=a?module-path=/a&pin-source=a", "pkcs11:slot-id=1;object=a;token=t?module-path=/a&pin-source=/a", "pkcs11:slot-id=1;slot-id=2;object=a?module-path=/a&pin-source=/a",
        "pkcs11:slot-id=1;object=%zz?module-path=/a&pin-source=/a", "pkcs11:slot-id=1;object=a?module-path=/a&pin-value=4321"})
    void givenNoAddress_thenItIsRefusedInOneLine_andNoPinIsTold(final String text) {
        assertThatThrownBy(() -> Pkcs11Key.open(text)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("not a key's address, pkcs11:slot-id=N").message().doesNotContain("\n", "4321");
    }

    private static void damaged(final Pkcs11Key key, final byte[] sealed, final byte[] binding) {
        assertThatThrownBy(() -> key.decrypt(sealed, binding)).isInstanceOf(GeneralSecurityException.class).isNotInstanceOf(TokenException.class);
    }

    private static void refused(final String key, final String... words) {
        assertThatThrownBy(() -> Pkcs11Key.open(key)).isInstanceOf(IOException.class).hasMessageContainingAll(words).message().doesNotContain("\n");
    }
}
