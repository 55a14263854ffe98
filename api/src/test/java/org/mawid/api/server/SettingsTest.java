package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.Setting;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void givenFlagEnvironmentAndFile_whenAllSayOtherwise_thenTheFlagWinsThenTheEnvironmentThenTheFile() throws IOException {
        final Path file = Files.writeString(folder.resolve("mawid.properties"),
                "mawid.http.port=1001\nmawid.grpc.port=1002\nmawid.ring.entries=512\nmawid.data=/from/file\n");
        final Map<String, String> environment = Map.of("MAWID_HTTP_PORT", "2001", "MAWID_GRPC_PORT", "2002", "PATH", "/bin", "MAWID_HEAP", "1g");
        final Map<String, String> flags = Map.of("mawid.http.port", "3001");

        final Settings settings = Settings.of(flags, environment, file);

        assertThat(settings.port(EdgeSetting.HTTP_PORT)).isEqualTo(3001);
        assertThat(settings.port(EdgeSetting.GRPC_PORT)).isEqualTo(2002);
        assertThat(settings.engine().integer(Setting.RING_ENTRIES)).isEqualTo(512);
        assertThat(settings.engine().data()).isEqualTo(Path.of("/from/file"));
    }

    @Test
    void givenAMisspeltName_whenRead_thenItIsRefusedByNameWithTheNearestOne() throws IOException {
        final Path file = Files.writeString(folder.resolve("mawid.properties"), "mawid.htp.port=1\n");

        assertThatThrownBy(() -> Settings.of(Map.of("mawid.data", "/d"), Map.of(), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mawid.htp.port").hasMessageContaining(file.toString()).hasMessageContaining("mawid.http.port");
        assertThatThrownBy(() -> Settings.of(Map.of("mawid.data", "/d"), Map.of("MAWID_RING_ENTRY", "1"), null))
                .hasMessageContaining("MAWID_RING_ENTRY").hasMessageContaining("in the environment");
        assertThatThrownBy(() -> Settings.of(Map.of("mawid.data", "/d", "wait", "x"), Map.of(), null))
                .hasMessageContaining("wait").hasMessageContaining("on the command line");
    }

    @Test
    void givenAValueOutOfRange_whenRead_thenItIsRefusedWithItsRange() {
        for (final Map<String, String> flags : java.util.List.of(
                Map.of("mawid.data", "/d", "mawid.http.port", "65536"),
                Map.of("mawid.data", "/d", "mawid.http.port", "http"),
                Map.of("mawid.data", "/d", "mawid.insecure", "yes"),
                Map.of("mawid.data", "/d", "mawid.reply.timeout.ms", "5"),
                Map.of("mawid.data", "/d", "mawid.capability", "perhaps"),
                Map.of("mawid.data", "/d", "mawid.capability", "required", "mawid.records", "false"),
                Map.of("mawid.data", "/d", "mawid.capability.ttl.ms", "9999"),
                Map.of("mawid.data", "/d", "mawid.ring.entries", "1000"),
                Map.of("mawid.data", "/d", "mawid.ring.wait", "sometimes"))) {
            assertThatThrownBy(() -> Settings.of(flags, Map.of(), null)).as("%s", flags).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givenHalfOfTls_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> Settings.of(Map.of("mawid.data", "/d", "mawid.tls.key", "key.pem"), Map.of(), null))
                .hasMessageContaining("mawid.tls.certificate");
    }

    @Test
    void givenNoDataDirectory_whenRead_thenItIsAskedFor() {
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of(), null)).hasMessageContaining("--data DIR").hasMessageContaining("mawid.data")
                .hasMessageContaining("MAWID_DATA");
    }

    @Test
    void givenWhatTheLauncherTakesFromTheEnvironment_whenRead_thenItIsNoUnknownSetting() throws IOException {
        final Path launcher = Path.of(Files.exists(Path.of("api")) ? "api" : ".", "src/main/launcher/mawid");
        final Map<String, String> environment = new HashMap<>();
        final Matcher names = Pattern.compile("MAWID_[A-Z_]+").matcher(Files.readString(launcher));
        while (names.find()) {
            environment.put(names.group(), "1");
        }
        assertThat(environment).containsKey("MAWID_HEAP");
        assertThat(Settings.of(Map.of("mawid.data", "/d"), environment, null).engine().data()).isEqualTo(Path.of("/d"));
    }

    /** Tests start servers with the environment that they have. */
    @Test
    void givenTheSwitchesOfTheWholeCheck_whenAServerIsStartedWithThem_thenTheyAreNoUnknownSettings() throws IOException {
        final Path run = Path.of(Files.exists(Path.of("api")) ? "." : "..", ".ci/run");
        final Map<String, String> environment = new HashMap<>();
        final Matcher names = Pattern.compile("[A-Z]+_[A-Z_]*SKIP[A-Z_]*").matcher(Files.readString(run));
        while (names.find()) {
            environment.put(names.group(), "1");
        }
        assertThat(environment).hasSize(2);
        assertThat(Settings.of(Map.of("mawid.data", "/d"), environment, null).engine().data()).isEqualTo(Path.of("/d"));
    }

    @Test
    void givenNotifications_whenSomethingIsMissingOrInClear_thenItIsSaid() {
        refusedNotify("mawid.notify.from", Map.of("mawid.notify.smtp.url", "smtp://mail.example.org"));
        refusedNotify("mawid.person.master.key", Map.of("mawid.notify.smtp.url", "smtp://mail.example.org", "mawid.person.master.key", ""));
        refusedNotify("mawid.records", Map.of("mawid.notify.smtp.url", "smtp://mail.example.org", "mawid.records", "false"));
        refusedNotify("mawid.notify.smtp.url", Map.of("mawid.notify.smtp.url", "mail.example.org:25", "mawid.notify.from", "a@b.org"));
        refusedNotify("go together", Map.of("mawid.notify.smtp.url", "smtp://mail.example.org", "mawid.notify.from", "a@b.org", "mawid.notify.smtp.user", "us"));
        for (final String from : new String[] {"nobody", "a@b.org, c@d.org", "A <a@b.org> <c@d.org>", "A <a@b.org>\r\nBcc: c@d.org", "a@b.org\r\nBcc: c"}) {
            refusedNotify("mawid.notify.from", Map.of("mawid.notify.smtp.url", "smtp://mail.example.org", "mawid.notify.from", from));
        }
        refusedNotify("https://HOST/PATH, or http:// of this machine", Map.of("mawid.notify.sms.url", "http://sms.example.org/send", "mawid.notify.sms.token.file", "t"));
        refusedNotify("mawid.notify.sms.token.file", Map.of("mawid.notify.sms.url", "https://sms.example.org/send"));
        refusedNotify("mawid.notify.portal.url", Map.of("mawid.notify.sms.url", "https://sms.example.org/send", "mawid.notify.sms.token.file", "t", "mawid.notify.portal.url", "https://a.org/ b"));
        refusedNotify("is for notifications", Map.of("mawid.notify.portal.url", "https://a.org"));
        refusedNotify("mawid.notify.per.day", Map.of("mawid.notify.per.day", "0"));
    }

    private static void refusedNotify(final String saying, final Map<String, String> more) {
        final Map<String, String> given = new HashMap<>(Map.of("mawid.data", "/d", "mawid.person.master.key", "m"));
        given.putAll(more);
        assertThatThrownBy(() -> Settings.of(given, Map.of(), null)).as("%s", more).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(saying);
    }
}
