package org.mawid.bench.micro;

import java.util.concurrent.TimeUnit;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A number of the core to its reference and back: as text for people, in the long form for packed batches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReferencesBenchmark {
    private final References references = References.of(1, new byte[32]);
    private final long longForm = references.longForm(ReferenceKind.HOLD, 1_234_567);
    private final String text = references.text(ReferenceKind.HOLD, 1_234_567);
    private long number;

    private long next() {
        number = number % 1_000_000 + 1;
        return number;
    }

    @Benchmark
    public long encodeLongForm() {
        return references.longForm(ReferenceKind.HOLD, next());
    }

    @Benchmark
    public long encodeLongFormOfStamp() {
        return references.longForm(ReferenceKind.STAMP, next());
    }

    @Benchmark
    public long decodeLongForm() {
        return references.number(ReferenceKind.HOLD, longForm);
    }

    @Benchmark
    public String encodeText() {
        return references.text(ReferenceKind.HOLD, next());
    }

    @Benchmark
    public long decodeText() {
        return references.number(ReferenceKind.HOLD, text);
    }
}
