package org.mawid.bench.micro;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.mawid.api.capability.CapabilityCodec;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.ReferenceKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A capability of one service at one post: given with every application that is read, and checked before every search and hold. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CapabilityBenchmark {
    private static final long HOLDER = 0xA1;
    private static final long UNTIL_MS = 1_772_186_400_000L;

    private final CapabilityCodec codec = new CapabilityCodec(ReferenceKeys.of(1, new byte[32]));
    private final SortedSet<Integer> services = new TreeSet<>(List.of(21));
    private final SortedSet<Integer> posts = new TreeSet<>(List.of(69));
    private final String token = codec.write(HOLDER, 4_711, UNTIL_MS, services, posts);

    @Benchmark
    public String mint() {
        return codec.write(HOLDER, 4_711, UNTIL_MS, services, posts);
    }

    @Benchmark
    public CapabilityTrouble check() {
        return codec.read(token, HOLDER, UNTIL_MS - 1);
    }
}
