package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.DataDirectory;
import org.mawid.grpc.CloseTerminal;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.Request;

/** A newcomer's first minute, in a process of its own: what it prints is pasted into a shell, and works. */
class DemoProcessTest {
    private static final Pattern READY = Pattern.compile("ready http=127\\.0\\.0\\.1:(\\d+) grpc=127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern ISSUER = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/token");
    private static final Pattern APPLICATION = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/v1/applications/[^'/]+");
    private static final int PARIS = 69;

    @TempDir
    private Path folder;

    @Test
    void givenTheDemo_whenItsLinesArePasted_thenOneAppointmentIsConfirmedAndItsStampPaid_andTheJavaOfTheReadmeMakesAnother_andNobodyDoesAnythingWithoutAToken() throws Exception {
        assumeTrue(has("curl") && has("sh") || System.getenv("CI_SKIP_NOTHING") != null, "needs curl and sh");
        Process server = mawid("serve", "--demo", "--data", folder.resolve("data").toString(), "--http-port", "0", "--grpc-port", "0");
        try {
            final Matcher ready = ready(server);
            final List<String> paste = printed();
            assertThat(paste).as("%s", err()).hasSize(13);
            assertStory(pasted(paste));
            assertThat(err()).doesNotContain("warning: nobody is asked");
            assertTokensAreAskedFor(paste);

            final String booked = FirstHold.book(Integer.parseInt(ready.group(2)), PARIS, 1, 0x5EEDL, get(issuer() + "?role=officer&post=MA-CG-PARIS", null).body());
            assertWhoClosesATerminal(ready);
            assertThat(booked).matches("\\S+ at \\S+Z, stamp \\d{16}");
            end(server);

            server = mawid("serve", "--demo", "--no-roles", "--data", folder.resolve("data").toString(), "--http-port", "0", "--grpc-port", "0");
            ready(server);
            assertThat(printed()).as("%s", err()).hasSize(11).noneMatch(line -> line.contains("TOKEN"));
            assertThat(err()).contains("warning: nobody is asked");
            assertStory(pasted(printed()));
            end(server);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void givenADemoThatOthersCouldReach_thenItDoesNotStart_andSaysInOneLineWhatToDo() throws Exception {
        for (final String[] how : new String[][] {{}, {"--roles"}, {"--insecure"}}) {
            final List<String> arguments = new ArrayList<>(List.of("serve", "--demo", "--data", folder.resolve("data").toString(), "--bind", "0.0.0.0"));
            arguments.addAll(List.of(how));
            final Process server = mawid(arguments.toArray(String[]::new));
            assertThat(server.waitFor()).isEqualTo(2);
            assertThat(err().lines()).singleElement().satisfies(line -> assertThat(line).contains("loopback only, not on 0.0.0.0", "give mawid.oidc.issuer and mawid.oidc.audience of a real one", "--no-roles"));
            assertThat(out()).isEmpty();
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    private Matcher ready(final Process server) throws Exception {
        await().atMost(120, TimeUnit.SECONDS).until(() -> !server.isAlive() || out().contains("ready "));
        assertThat(out().lines()).as("%s", err()).hasSize(1);
        final Matcher ready = READY.matcher(out().strip());
        assertThat(ready.matches()).as(out()).isTrue();
        return ready;
    }

    private void end(final Process server) throws Exception {
        server.destroy(); // SIGTERM
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).as("%s", err()).isZero();
        assertThat(out().lines()).hasSize(1);
    }

    private List<String> printed() throws Exception {
        return err().lines().filter(line -> line.matches("(curl|TOKEN=|CAPABILITY=|HOLD=|APPOINTMENT=|STAMP=|PAYMENT=).*")).toList();
    }

    private String pasted(final List<String> lines) throws Exception {
        final Process shell = new ProcessBuilder("sh", "-c", String.join("\n", lines)).directory(folder.toFile()).redirectErrorStream(true).start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void assertStory(final String said) throws Exception {
        assertThat(said).containsPattern("\"slots\":\\[\\{").containsPattern("hold \\S+").containsPattern("appointment \\S+")
                .containsPattern("\"appointment\":\"[^\"]+\",\"start\"").containsPattern("stamp \\d{16}").contains("\"state\":\"APPROVED\"").contains("VALID")
                .doesNotContain("curl:").doesNotContain("MALFORMED").doesNotContain("FORBIDDEN");
        assertThat(Files.readString(folder.resolve("stamp.pdf"), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        Files.delete(folder.resolve("stamp.pdf"));
    }

    /** The same lines without one are refused, and another person's application is as one that nobody has. */
    private void assertTokensAreAskedFor(final List<String> paste) throws Exception {
        assertThat(pasted(paste.stream().filter(line -> !line.startsWith("TOKEN=")).toList())).contains("UNAUTHENTICATED").doesNotContain("\"slots\"").doesNotContain("\"appointment\":");
        Files.deleteIfExists(folder.resolve("stamp.pdf"));
        final String application = paste.stream().map(APPLICATION::matcher).filter(Matcher::find).map(Matcher::group).findFirst().orElseThrow();
        assertThat(get(application, null).statusCode()).isEqualTo(401);
        assertThat(get(application, get(issuer() + "?role=officer&post=MA-CG-PARIS", null).body()).statusCode()).isEqualTo(200);
        final String another = get(issuer() + "?role=applicant&person=00000000000000a1", null).body();
        final HttpResponse<String> theirs = get(application, another);
        assertThat(theirs.statusCode()).isEqualTo(404);
        final String unused = References.open(new DataDirectory(folder.resolve("data")).edge().resolve("reference.key")).text(ReferenceKind.APPLICATION, 999_999);
        final HttpResponse<String> nobodys = get(application.substring(0, application.lastIndexOf('/') + 1) + unused, another);
        assertThat(theirs.body()).contains("APPLICATION_UNKNOWN").isEqualTo(nobodys.body());
        assertThat(get(application, get(issuer() + "?role=officer&post=MA-CG-LYON", null).body()).statusCode()).as("another post's officer").isEqualTo(404);
    }

    /** Who acts is who the token says, also where what is done is no command yet. */
    private void assertWhoClosesATerminal(final Matcher ready) throws Exception {
        final String token = get(issuer() + "?role=post-accountant&post=MA-CG-PARIS", null).body();
        final HttpRequest.Builder closing = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ready.group(1) + "/v1/terminals/1/closing")).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"date\":\"" + LocalDate.now(ZoneOffset.UTC) + "\"}"));
        final HttpClient http = HttpClient.newHttpClient();
        final HttpResponse<String> asAnother = http.send(closing.copy().header("Mawid-Actor", "0000000000000009").build(), BodyHandlers.ofString());
        assertThat(asAnother.body()).contains("FORBIDDEN");
        final HttpResponse<String> closed = http.send(closing.build(), BodyHandlers.ofString());
        assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
        assertThat(closed.body()).contains("\"agrees\":true");

        final Metadata bearer = new Metadata();
        bearer.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(ready.group(2))).usePlaintext().build();
        try {
            final var ledger = LedgerServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer));
            final CloseTerminal again = CloseTerminal.newBuilder().setRequest(Request.newBuilder().setIdHigh(7).setIdLow(7)).setTerminalId(1).setEpochDay((int) LocalDate.now(ZoneOffset.UTC).toEpochDay()).build();
            assertThatThrownBy(() -> ledger.closeTerminal(again.toBuilder().setRequest(again.getRequest().toBuilder().setActor(9)).build())).hasMessageContaining("PERMISSION_DENIED");
            assertThat(ledger.closeTerminal(again).getNothingToClose()).isTrue();
        } finally {
            channel.shutdownNow();
        }
    }

    private String issuer() throws Exception {
        final Matcher told = ISSUER.matcher(err());
        assertThat(told.find()).as("%s", err()).isTrue();
        return told.group();
    }

    /** @param token null = none */
    private static HttpResponse<String> get(final String url, final String token) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return HttpClient.newHttpClient().send((token == null ? request : request.header("Authorization", "Bearer " + token)).build(), BodyHandlers.ofString());
    }

    private Process mawid(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> flag.startsWith("--add-")).forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "org.mawid.api.Main")); // it lives for seconds
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile()).start();
    }

    private String out() throws Exception {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws Exception {
        return Files.readString(folder.resolve("err"));
    }

    private static boolean has(final String program) {
        for (final String path : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(path, program))) {
                return true;
            }
        }
        return false;
    }
}
