package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What {@code mawid inspect --json} says of a directory that nobody serves. */
record Inspected(int exitCode, JsonObject report) {
    static Inspected of(final Path data) throws Exception {
        final Path out = Files.createTempFile(data.getParent(), "inspect", ".json");
        final Path err = Files.createTempFile(data.getParent(), "inspect", ".err");
        final List<String> command = new ArrayList<>(List.of(Server.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(ClassArchive.options());
        command.addAll(List.of("-jar", Server.JAR.toString(), "inspect", "--data", data.toString(), "--json"));
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("inspect ends").isTrue();
        final String json = Files.readString(out);
        assertThat(json).as("inspect said %s", Files.readString(err)).isNotEmpty();
        return new Inspected(process.exitValue(), new JsonObject(json));
    }

    /** The same, of a directory that must be whole. */
    static Inspected whole(final Path data) throws Exception {
        final Inspected inspected = of(data);
        assertThat(inspected.exitCode).as("%s", inspected.report.encodePrettily()).isZero();
        assertThat(inspected.report.getBoolean("whole")).isTrue();
        return inspected;
    }

    long position() {
        return report.getLong("position");
    }

    /** Log time of the last position, ms since 1970-01-01 UTC. */
    long nowMs() {
        return report.getLong("nowMs");
    }

    String stateHash() {
        return report.getString("stateHash");
    }

    /** @param name as {@code appointments.CONFIRMED} */
    long count(final String name) {
        return report.getJsonObject("counts").getLong(name);
    }

    /** State hash by position, found by replaying, where a snapshot was kept and at the end. */
    TreeMap<Long, String> hashes() {
        final TreeMap<Long, String> hashes = new TreeMap<>();
        final JsonArray snapshots = report.getJsonArray("snapshots");
        for (int i = 0; i < snapshots.size(); i++) {
            hashes.put(snapshots.getJsonObject(i).getLong("position"), snapshots.getJsonObject(i).getString("stateHash"));
        }
        hashes.put(position(), stateHash());
        return hashes;
    }
}
