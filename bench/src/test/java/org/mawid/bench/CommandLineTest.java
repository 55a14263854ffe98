package org.mawid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine bench = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));

    @Test
    void givenList_whenRun_thenEveryBenchmarkIsNamed() {
        assertThat(bench.execute("list")).isZero();
        assertThat(out.toString()).contains("jmh org.mawid.bench.micro.", "floors", "grpc", "http", "availability", "memory", "startup", "idle")
                .doesNotContain("empty-server");
    }

    @Test
    void givenAnUnknownName_whenRun_thenItIsRefused() {
        assertThat(bench.execute("no-such-benchmark")).isEqualTo(2);
        assertThat(out.toString()).contains("no-such-benchmark");
    }

    @Test
    void givenOptionsOfJmh_whenPassedOn_thenTheyAreJmhsToUnderstand() {
        final CommandLine.ParseResult parsed = bench.parseArgs("jmh", "Header", "-f", "1", "-jvmArgsAppend", "-Xmx1g", "-h").subcommand();

        assertThat(parsed.matchedPositionals()).singleElement()
                .satisfies(all -> assertThat(all.stringValues()).containsExactly("Header", "-f", "1", "-jvmArgsAppend", "-Xmx1g", "-h"));
    }

    @Test
    void givenAManifest_whenJmhForks_thenTheForkGetsItsExportsAndOpensBesideTheCallersFlags() {
        final Attributes manifest = new Attributes();
        manifest.putValue("Add-Exports", "java.base/jdk.internal.misc");
        manifest.putValue("Add-Opens", "java.base/java.lang java.base/sun.nio.ch");

        final List<String> flags = Jmh.flags(manifest);

        assertThat(flags).containsExactly(
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        assertThat(Jmh.withFlags(List.of("Header", "-jvmArgsAppend", "-Xmx1g"), List.of("-ea")))
                .containsExactly("Header", "-jvmArgsAppend", "-ea -Xmx1g");
        assertThat(Jmh.withFlags(List.of("Header"), List.of("-ea"))).containsExactly("Header", "-jvmArgsAppend", "-ea");
    }
}
