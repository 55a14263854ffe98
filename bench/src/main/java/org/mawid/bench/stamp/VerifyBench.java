package org.mawid.bench.stamp;

import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampDocument;
import org.mawid.api.stamp.document.StampFacts;
import org.mawid.api.stamp.document.StampQr;
import org.mawid.api.stamp.document.StampVerifier;
import org.mawid.api.stamp.document.Verification;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a post can verify in a second without a server; finding the code in a picture, and drawing the page, apart. Each answer is looked at. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = "Stamps verified offline by one thread: signatures; QR codes read from a picture, and pages drawn, apart.",
        footer = {"", "Takes about 26 s.", "", "'perCpuSecond' counts only the time in which the thread had a processor: on a shared machine the steadier of the two.", "",
            "Examples:", "  bench verify --seconds 20"})
public final class VerifyBench implements Callable<Integer>, Planned {
    private static final long SEED = 42;
    private static final int STAMPS = 1_000;
    private static final int PICTURES = 20;
    /** The floor: a queue of a day in a minute. */
    private static final int FLOOR_PER_SECOND = 500;
    /** No longer than what is measured. */
    private static final int WARM_UP_SECONDS = 3;
    private static final double MAKING_SECONDS = 2;
    private static final int PARTS = 3;
    private static final String SECRET = "23K3-9QF2-T4VXH";

    @Mixin
    private Output output;

    @Mixin
    private final SecondsOption part = new SecondsOption(5);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final StampFacts[] stamps = new StampFacts[STAMPS];
    private final String[] tokens = new String[STAMPS];
    private final BufferedImage[] pictures = new BufferedImage[PICTURES];

    @Override
    public Integer call() throws Exception {
        output.progress("signing %,d stamps", STAMPS);
        final SigningKeys keys = SigningKeys.open(Engines.temporaryData(null).resolve(SigningKeys.FILE));
        make(new StampDocument(keys, "mawid"));
        final StampVerifier verifier = StampVerifier.of(keys.publicKeys());
        final JsonObject signatures = measured("signatures", i -> {
            if (!(verifier.verify(tokens[i % STAMPS]) instanceof Verification.Genuine genuine) || !genuine.facts().equals(stamps[i % STAMPS])) {
                throw new IllegalStateException("stamp " + i % STAMPS + " was not taken for genuine");
            }
        });
        final JsonObject codes = measured("pictures", i -> {
            if (!StampQr.read(pictures[i % PICTURES]).orElse("").equals(tokens[i % PICTURES])) {
                throw new IllegalStateException("the QR code of stamp " + i % PICTURES + " was not read");
            }
        });
        final JsonObject pages = measured("pages", i -> {
            if (StampDocument.pdf(stamps[i % STAMPS], tokens[i % STAMPS], SECRET, ZoneOffset.UTC).length == 0) {
                throw new IllegalStateException("no page");
            }
        });
        output.result(new JsonObject().put("benchmark", "verify")
                .put("load", new JsonObject().put("threads", 1).put("stamps", STAMPS).put("pictures", PICTURES).put("pictureWidth", pictures[0].getWidth())
                        .put("charactersEach", tokens[0].length()).put("algorithm", "ES256").put("seed", SEED))
                .put("leftOut", "reading files; the camera; unpacking PNG")
                .put("verificationsPerSecond", signatures.getDouble("perSecond")).put("floorPerSecond", FLOOR_PER_SECOND)
                .put("signatures", signatures).put("codes", codes).put("pages", pages));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + PARTS * (part.seconds() + Math.min(WARM_UP_SECONDS, part.seconds()));
    }

    private void make(final StampDocument document) throws IOException {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < STAMPS; i++) {
            final long issuedMs = 1_000 * random.nextLong(1_700_000_000, 1_800_000_000);
            stamps[i] = new StampFacts(Long.toString(random.nextLong(1_000_000_000_000_000L, 10_000_000_000_000_000L)), "1ZZZ-0001-AB2C9", random.nextInt(4), "MA-CG-PARIS",
                    "REGISTRATION", random.nextLong(100_000), random.nextLong(10_000), "EUR", 2, issuedMs, issuedMs + 60_000, 0);
            tokens[i] = document.token(stamps[i]);
        }
        for (int i = 0; i < PICTURES; i++) {
            pictures[i] = ImageIO.read(new ByteArrayInputStream(StampDocument.qr(tokens[i])));
        }
    }

    private JsonObject measured(final String what, final IntConsumer work) {
        repeat(what + ", warming up", work, Math.min(WARM_UP_SECONDS, part.seconds()));
        return repeat(what, work, part.seconds());
    }

    private JsonObject repeat(final String what, final IntConsumer work, final int seconds) {
        final long fromNs = System.nanoTime();
        final long untilNs = fromNs + seconds * 1_000_000_000L;
        final long fromCpuNs = threads.getCurrentThreadCpuTime();
        int done = 0;
        long nowNs = fromNs;
        while (nowNs < untilNs) {
            work.accept(done++);
            nowNs = System.nanoTime();
            output.progressPart(fromNs, untilNs - nowNs, "%s", what);
        }
        final long cpuNs = threads.getCurrentThreadCpuTime() - fromCpuNs;
        return new JsonObject().put("perSecond", Output.perSecond(done, nowNs - fromNs)).put("perCpuSecond", Output.perSecond(done, cpuNs))
                .put("cpuUsEach", Output.rounded(cpuNs / 1e3 / done));
    }
}
