package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing or wrong about the treasury is said at the start, by the setting's name and with what to give. */
class TreasurySettingsTest {
    @TempDir
    private Path folder;

    private Settings with(final String... more) throws IOException {
        final Map<String, String> flags = new HashMap<>(Map.of("mawid.data", "/d", "mawid.treasury.url", "https://treasury.example/online", "mawid.treasury.client", "mawid",
                "mawid.treasury.secret.file", Files.writeString(folder.resolve("secret"), "swordfish\n").toString(),
                "mawid.treasury.callback.secret.file", Files.writeString(folder.resolve("callback"), "a secret of sixteen bytes or more").toString()));
        for (int i = 0; i < more.length; i += 2) {
            flags.put(more[i], more[i + 1]);
        }
        return Settings.of(flags, Map.of(), null);
    }

    @Test
    void givenAllThatIsNeeded_whenRead_thenThereIsATreasury() throws IOException {
        assertThat(TreasuryLink.of(with())).isNotNull();
    }

    @Test
    void givenSettingsThatDoNotGoTogether_whenRead_thenItIsSaidWhichAndWhatToGive() {
        refused("mawid.treasury.client", "mawid.treasury.client", "");
        refused("mawid.treasury.secret.file", "mawid.treasury.secret.file", "");
        refused("mawid.treasury.callback.keys", "mawid.treasury.callback.secret.file", "");
        refused("give one of", "mawid.treasury.callback.keys", "/keys");
        refused("give both or none", "mawid.treasury.certificate", "/certificate");
        refused("give mawid.treasury.url as well", "mawid.treasury.url", "");
        refused("100 to 3600000", "mawid.treasury.round.ms", "99");
        refused("100 to 10000", "mawid.treasury.timeout.ms", "10001");
    }

    @Test
    void givenAnAddressWithoutTlsThatIsNotThisMachine_whenRead_thenItIsRefused() {
        refused("https://HOST", "mawid.treasury.url", "http://192.0.2.1:8080");
        refused("https://HOST", "mawid.treasury.token.url", "http://192.0.2.1/token");
        refused("https://HOST", "mawid.treasury.url", "treasury.example");
        assertThat(catching("mawid.treasury.url", "http://127.0.0.1:8080")).isNull();
    }

    @Test
    void givenFilesThatHoldSomethingElse_whenRead_thenTheyAreNamedAndNotQuoted() throws Exception {
        unreadable("mawid.treasury.secret.file", folder.resolve("nowhere").toString(), "no file that can be read");
        unreadable("mawid.treasury.secret.file", Files.writeString(folder.resolve("empty"), "\n").toString(), "holds no secret");
        unreadable("mawid.treasury.callback.secret.file", Files.writeString(folder.resolve("short"), "tuna").toString(), "16 bytes or more");
        final String keys = Files.writeString(folder.resolve("keys"), "{\"keys\":[]}").toString();
        assertThatThrownBy(() -> TreasuryLink.of(with("mawid.treasury.callback.secret.file", "", "mawid.treasury.callback.keys", keys)))
                .isInstanceOf(IOException.class).hasMessageContaining("mawid.treasury.callback.keys").hasMessageContaining("JWK Set");
        Files.writeString(Path.of(keys), new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("2026").generate()).toPublicJWKSet().toString());
        assertThat(TreasuryLink.of(with("mawid.treasury.callback.secret.file", "", "mawid.treasury.callback.keys", keys))).isNotNull();
    }

    private void unreadable(final String setting, final String file, final String why) {
        assertThatThrownBy(() -> TreasuryLink.of(with(setting, file))).isInstanceOf(IOException.class).hasMessageContaining(setting).hasMessageContaining(why).hasMessageNotContaining("tuna");
    }

    private void refused(final String told, final String setting, final String value) {
        assertThat(catching(setting, value)).as("%s=%s", setting, value).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(told);
    }

    private Throwable catching(final String setting, final String value) {
        try {
            with(setting, value);
            return null;
        } catch (final IllegalArgumentException | IOException refused) {
            return refused;
        }
    }
}
