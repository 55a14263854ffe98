package org.mawid.bench.micro;

import java.util.concurrent.TimeUnit;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A search over sixty days at one desk with its seats. Its answer is all that it allocates. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AvailabilityBenchmark {
    private static final int DAYS = 60;

    @Param({"1", "2"})
    private int persons;

    /** Asked in turn. */
    @Param({"150"})
    private int posts;

    private Engine engine;
    private int post;

    @Setup
    public void makeNetwork() throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(Engines.temporaryData(null).resolve("data")).with(Setting.RECORDS, false)
                .with(Setting.SNAPSHOT_AT_STOP, false));
        Engines.make(engine, new ModelNetwork(posts, DAYS, 192, 4), new Commands(3));
    }

    @TearDown
    public void stop() {
        engine.close();
    }

    private Availability.Query next(final int limit) {
        post = (post + 1) % posts;
        return new Availability.Query(new int[] {ModelNetwork.deskId(post)}, ModelNetwork.FIRST_DAY, DAYS, persons, 4, 0, limit, ModelNetwork.START_MS);
    }

    @Benchmark
    public Availability.DayCounts countStarts() {
        return engine.readModel().availability().countsPerDay(next(1));
    }

    @Benchmark
    public Availability.Slots firstTen() {
        return engine.readModel().availability().firstStarts(next(10));
    }
}
