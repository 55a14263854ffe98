package org.mawid.bench.micro;

import java.util.concurrent.TimeUnit;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A number of the core to its reference and back: as text for people, in the long form for packed batches, and as many as a batch has. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ReferencesBenchmark {
    private static final int MANY = 750;

    private final References references = References.of(1, new byte[32]);
    private final long longForm = references.longForm(ReferenceKind.HOLD, 1_234_567);
    private final String text = references.text(ReferenceKind.HOLD, 1_234_567);
    private final ManyReferences many = new ManyReferences(references);
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
    @OperationsPerInvocation(MANY)
    public long encodeManyLongForms() {
        many.clear();
        for (int i = 0; i < MANY; i++) {
            many.add(ReferenceKind.HOLD, next());
        }
        many.toLongForms();
        return many.get(MANY - 1);
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public long decodeManyLongForms() {
        many.clear();
        for (int i = 0; i < MANY; i++) {
            many.add(ReferenceKind.HOLD, longForm);
        }
        many.toNumbers();
        return many.get(MANY - 1);
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
